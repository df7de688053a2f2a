import Groundwork

/// What clocks show in a time zone.
package struct ZoneClock: Sendable, Hashable {
    /// A change of the offset.
    package struct Change: Sendable, Hashable {
        package let from: Instant
        /// The minutes that clocks are ahead of UTC from then on.
        package let offset: Int

        package init(from: Instant, offset: Int) {
            self.from = from
            self.offset = offset
        }
    }

    private let offset: Int
    private let changes: [Change]

    /// A zone with an offset in minutes, and its changes in the order of time.
    package init(offset: Int, changes: [Change] = []) {
        self.offset = offset
        self.changes = changes
    }

    /// A zone by its name in the database; nil for an unknown one.
    ///
    /// The table has no dates of daylight saving time: without changes, a zone keeps its least offset, which is its standard time.
    package init?(_ name: String, changes: [Change] = []) {
        guard let row = Catalog.timeZones.first(where: { $0.name == name }) else { return nil }
        self.init(offset: row.least, changes: changes)
    }

    /// What a clock shows, in seconds since the beginning of 1970.
    package func local(_ instant: Instant) -> Int {
        let current = changes.last { $0.from.seconds <= instant.seconds }?.offset ?? offset
        return instant.seconds + current * 60
    }
}
