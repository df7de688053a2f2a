/// A moment of a simulation, in milliseconds since its start; moments before the start are negative.
package struct VirtualTime: Sendable, Hashable, Comparable {
    package let milliseconds: Int

    package init(milliseconds: Int) { self.milliseconds = milliseconds }

    package static let start = VirtualTime(milliseconds: 0)
    /// A moment that does not come.
    package static let never = VirtualTime(milliseconds: .max)

    /// A number of seconds after the start.
    package static func seconds(_ seconds: Int) -> VirtualTime { VirtualTime(milliseconds: seconds * 1000) }

    /// Whole seconds since the start, rounded down.
    package var wholeSeconds: Int { milliseconds >= 0 ? milliseconds / 1000 : -((999 - milliseconds) / 1000) }

    package static func < (left: VirtualTime, right: VirtualTime) -> Bool { left.milliseconds < right.milliseconds }

    /// A moment some milliseconds later.
    package static func + (left: VirtualTime, right: Int) -> VirtualTime {
        VirtualTime(milliseconds: left.milliseconds + right)
    }

    /// A moment some milliseconds earlier.
    package static func - (left: VirtualTime, right: Int) -> VirtualTime {
        VirtualTime(milliseconds: left.milliseconds - right)
    }

    /// The milliseconds between two moments.
    package static func - (left: VirtualTime, right: VirtualTime) -> Int { left.milliseconds - right.milliseconds }
}
