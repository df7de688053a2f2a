/// The requests that wait in a replica, in the order of their arrival.
struct WaitingRequests: Sendable {
    private var requests: [ModelRequest] = []
    private var head = 0
    /// The tokens of their prompts.
    private(set) var tokens = 0.0

    var count: Int { requests.count - head }
    var first: ModelRequest? { head < requests.count ? requests[head] : nil }
    var all: ArraySlice<ModelRequest> { requests[head...] }

    mutating func append(_ request: ModelRequest) {
        requests.append(request)
        tokens += request.input
    }

    mutating func removeFirst() {
        tokens -= requests[head].input
        head += 1
        if head == requests.count { tokens = 0 }
        // What has left is dropped now and then, so that the cost of it is spread.
        guard head > 64, head * 2 > requests.count else { return }
        requests.removeFirst(head)
        head = 0
    }

    mutating func removeAll() {
        requests.removeAll(keepingCapacity: true)
        (head, tokens) = (0, 0)
    }
}
