/// One sample of a series.
package struct SeriesSample: Sendable {
    /// Milliseconds.
    package let time: Int
    package let value: Double

    package init(time: Int, value: Double) {
        self.time = time
        self.value = value
    }

    /// Whether it ends its series instead of giving a value.
    package var isStale: Bool { value.bitPattern == Double.staleMarker.bitPattern }
}

extension Double {
    /// The NaN that Prometheus writes where a series ends.
    package static let staleMarker = Double(bitPattern: 0x7ff0_0000_0000_0002)
}

/// The samples of all series, in memory.
package struct SeriesStore: Sendable {
    /// A series, with its samples in the order of time.
    package struct Series: Sendable {
        package let labels: SeriesLabels
        package fileprivate(set) var samples: [SeriesSample] = []
        var hasMarkers = false
    }

    package private(set) var series: [Series] = []
    private var places: [SeriesLabels: Int] = [:]
    private var placesByName: [String: [Int]] = [:]

    package init() {}

    /// Appends a sample; one that is not later than the last of its series is dropped.
    package mutating func append(_ value: Double, to labels: SeriesLabels, at time: Int) {
        let place = place(of: labels)
        if let last = series[place].samples.last, last.time >= time { return }
        let sample = SeriesSample(time: time, value: value)
        series[place].hasMarkers = series[place].hasMarkers || sample.isStale
        series[place].samples.append(sample)
    }

    /// Ends a series, as Prometheus does when a target no longer serves it.
    package mutating func end(_ labels: SeriesLabels, at time: Int) {
        guard places[labels] != nil else { return }
        append(.staleMarker, to: labels, at: time)
    }

    /// Removes the samples before a time, which no later query reads.
    package mutating func drop(before time: Int) {
        for place in series.indices {
            let kept = series[place].samples.firstIndex(atOrAfter: time)
            if kept > 0 { series[place].samples.removeFirst(kept) }
        }
    }

    /// The series that may have a name; all of them without one.
    func candidates(_ name: String?) -> [Int] {
        if let name { placesByName[name] ?? [] } else { Array(series.indices) }
    }

    private mutating func place(of labels: SeriesLabels) -> Int {
        if let place = places[labels] { return place }
        let place = series.count
        series.append(Series(labels: labels))
        places[labels] = place
        placesByName[labels.name, default: []].append(place)
        return place
    }
}

extension [SeriesSample] {
    /// The index of the first sample at or after a time.
    func firstIndex(atOrAfter time: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].time < time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
