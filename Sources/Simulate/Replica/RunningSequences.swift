/// The running sequences of a replica, the one that ends first at the top of a heap.
struct RunningSequences: Sendable {
    struct Sequence: Sendable {
        /// The tokens that each running sequence of the replica must have produced when this one ends.
        let end: Double
        let begun: Double
        /// Seconds from its arrival to its first token.
        let latency: Double
        let request: ModelRequest
    }

    private var heap: [Sequence] = []

    var count: Int { heap.count }
    var isEmpty: Bool { heap.isEmpty }
    var first: Sequence? { heap.first }
    var all: [Sequence] { heap }

    mutating func insert(_ sequence: Sequence) {
        heap.append(sequence)
        var place = heap.count - 1
        while place > 0 {
            let parent = (place - 1) / 2
            guard heap[place].end < heap[parent].end else { return }
            heap.swapAt(place, parent)
            place = parent
        }
    }

    mutating func removeFirst() -> Sequence? {
        guard let last = heap.popLast() else { return nil }
        guard let first = heap.first else { return last }
        heap[0] = last
        var place = 0
        while true {
            var least = place
            let left = 2 * place + 1
            if left < heap.count, heap[left].end < heap[least].end { least = left }
            if left + 1 < heap.count, heap[left + 1].end < heap[least].end { least = left + 1 }
            guard least != place else { return first }
            heap.swapAt(place, least)
            place = least
        }
    }

    mutating func removeAll() { heap.removeAll(keepingCapacity: true) }
}
