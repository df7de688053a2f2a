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

    /// A place in the heap: only this moves when sequences change their order.
    private struct Entry {
        let end: Double
        let slot: Int
    }

    private var heap: [Entry] = []
    private var slots: [Sequence] = []
    private var free: [Int] = []

    var count: Int { heap.count }
    var isEmpty: Bool { heap.isEmpty }
    /// The end of the sequence that ends first.
    var firstEnd: Double? { heap.first?.end }
    var all: [Sequence] { heap.map { slots[$0.slot] } }

    mutating func insert(_ sequence: Sequence) {
        let entry: Entry
        if let slot = free.popLast() {
            slots[slot] = sequence
            entry = Entry(end: sequence.end, slot: slot)
        } else {
            entry = Entry(end: sequence.end, slot: slots.count)
            slots.append(sequence)
        }
        heap.append(entry)
        var place = heap.count - 1
        while place > 0 {
            let parent = (place - 1) / 2
            guard entry.end < heap[parent].end else { break }
            heap[place] = heap[parent]
            place = parent
        }
        heap[place] = entry
    }

    mutating func removeFirst() -> Sequence? {
        guard let last = heap.popLast() else { return nil }
        let first = heap.first ?? last
        free.append(first.slot)
        if !heap.isEmpty { sink(last) }
        return slots[first.slot]
    }

    /// Puts an entry in place of the first, as deep as it belongs.
    private mutating func sink(_ entry: Entry) {
        let count = heap.count
        var place = 0
        while true {
            var least = place
            var end = entry.end
            let left = 2 * place + 1
            if left < count, heap[left].end < end { (least, end) = (left, heap[left].end) }
            if left + 1 < count, heap[left + 1].end < end { least = left + 1 }
            guard least != place else { break }
            heap[place] = heap[least]
            place = least
        }
        heap[place] = entry
    }

    mutating func removeAll() {
        heap.removeAll(keepingCapacity: true)
        slots.removeAll(keepingCapacity: true)
        free.removeAll(keepingCapacity: true)
    }
}
