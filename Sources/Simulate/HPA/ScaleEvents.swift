/// The changes in one direction that an HPA made before, for its policies.
///
/// A change is marked once it is older than the longest period of its own direction, when the next one is stored. The mark stays, also
/// if an edit lengthens the periods, and the last marked one is overwritten first. Until then it counts wherever it is young enough.
struct ScaleEvents: Sendable, Hashable {
    private struct Event: Sendable, Hashable {
        let change: Int32
        let time: VirtualTime
        var isOutdated = false
    }

    private var events: [Event] = []

    /// The sum of the changes younger than a period.
    func sum(within period: Int, at now: VirtualTime) -> Int32 {
        let cutoff = now - period
        var sum: Int32 = 0
        for event in events where event.time > cutoff { sum &+= event.change }
        return sum
    }

    /// Stores a change.
    mutating func store(_ change: Int32, longestPeriod: Int, at now: VirtualTime) {
        let cutoff = now - longestPeriod
        var free: Int?
        for index in events.indices {
            if events[index].time < cutoff { events[index].isOutdated = true }
            if events[index].isOutdated { free = index }
        }
        let event = Event(change: change, time: now)
        if let free { events[free] = event } else { events.append(event) }
    }
}
