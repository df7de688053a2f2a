/// What an HPA recommended before, in slots that are used again.
///
/// A slot is overwritten when it is older than every window, and the last such slot first; the list never shrinks.
struct Recommendations: Sendable, Hashable {
    private struct Slot: Sendable, Hashable {
        let replicas: Int32
        let time: VirtualTime
    }

    private var slots: [Slot] = []

    var isEmpty: Bool { slots.isEmpty }

    /// Records the replicas of the first reconcile.
    mutating func begin(_ replicas: Int32, at now: VirtualTime) { slots = [Slot(replicas: replicas, time: now)] }

    /// Gives the greatest recommendation of a window, and records a new one; without `behavior`.
    ///
    /// A recommendation as old as the window still counts.
    mutating func greatest(_ wanted: Int32, window: Int, at now: VirtualTime) -> Int32 {
        var greatest = wanted
        var free: Int?
        let cutoff = now - window
        for index in slots.indices {
            if slots[index].time < cutoff {
                free = index
            } else {
                greatest = max(greatest, slots[index].replicas)
            }
        }
        store(wanted, now, in: free)
        return greatest
    }

    /// Gives the least and greatest recommendations of two windows, and records a new one; with `behavior`.
    ///
    /// A recommendation as old as a window does not count any more.
    mutating func range(_ wanted: Int32, up: Int, down: Int, at now: VirtualTime) -> (least: Int32, greatest: Int32) {
        var (least, greatest) = (wanted, wanted)
        var free: Int?
        let (upCutoff, downCutoff) = (now - up, now - down)
        for index in slots.indices {
            let slot = slots[index]
            if slot.time > upCutoff { least = min(least, slot.replicas) }
            if slot.time > downCutoff { greatest = max(greatest, slot.replicas) }
            if slot.time < upCutoff, slot.time < downCutoff { free = index }
        }
        store(wanted, now, in: free)
        return (least, greatest)
    }

    private mutating func store(_ replicas: Int32, _ now: VirtualTime, in free: Int?) {
        let slot = Slot(replicas: replicas, time: now)
        if let free { slots[free] = slot } else { slots.append(slot) }
    }
}
