/// The requests that wait in a replica, in the order of their arrival.
struct WaitingRequests: Sendable {
    private var requests: [ModelRequest] = []
    private var head = 0

    var count: Int { requests.count - head }
    var first: ModelRequest? { head < requests.count ? requests[head] : nil }
    var all: ArraySlice<ModelRequest> { requests[head...] }

    mutating func append(_ request: ModelRequest) { requests.append(request) }

    mutating func removeFirst() {
        head += 1
        // What has left is dropped now and then, so that the cost of it is spread.
        guard head > 64, head * 2 > requests.count else { return }
        requests.removeFirst(head)
        head = 0
    }

    mutating func removeAll() {
        requests.removeAll(keepingCapacity: true)
        head = 0
    }
}
