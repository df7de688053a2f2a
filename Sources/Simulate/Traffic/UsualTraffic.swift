/// The traffic of a model as its spec says it.
package struct UsualTraffic: Sendable, Hashable {
    /// Hours of a week with more traffic, in the local time of the cluster.
    package struct BusinessHours: Sendable, Hashable {
        /// Days from Monday, 0.
        package let days: [Int]
        /// Seconds since midnight.
        package let from: Double
        package let to: Double

        package init(days: [Int], from: Double, to: Double) {
            (self.days, self.from, self.to) = (days, from, to)
        }
    }

    package let steady: Double
    package let peak: Double
    /// Requests per second in business hours outside of the peak hour.
    package let busy: Double
    /// Seconds from steady to peak load.
    package let ramp: Double
    package let hours: BusinessHours?

    package init(steady: Double, peak: Double, busy: Double, ramp: Double, hours: BusinessHours?) {
        self.steady = steady
        self.peak = peak
        self.busy = busy
        self.ramp = ramp
        self.hours = hours
    }

    /// The traffic of some days from Monday on: steady, busy in business hours, and at peak for an hour in the middle of them.
    ///
    /// Without business hours, the hour is at noon of each day.
    package func week(days count: Int) -> LoadCurve {
        var points = [LoadCurve.Point(0, steady)]
        for day in 0..<max(1, count) {
            let midnight = Double(day) * 86_400
            if let hours, !hours.days.contains(day % 7) { continue }
            let from = midnight + (hours?.from ?? 43_200 - ramp)
            let length = hours.map { $0.to > $0.from ? $0.to - $0.from : $0.to + 86_400 - $0.from } ?? 3600 + 2 * ramp
            let base = hours == nil ? steady : busy
            let rise = min(ramp, length / 4)
            let middle = from + length / 2
            let half = min(1800, length / 8)
            points += [
                LoadCurve.Point(from, steady), LoadCurve.Point(from + rise / 2, base),
                LoadCurve.Point(middle - half - rise, base), LoadCurve.Point(middle - half, peak),
                LoadCurve.Point(middle + half, peak), LoadCurve.Point(middle + half + rise, base),
                LoadCurve.Point(from + length, base), LoadCurve.Point(from + length + rise, steady),
            ]
        }
        // Hours that run into those of the next day overlap: the later points win.
        var ordered: [LoadCurve.Point] = []
        for point in points {
            while let last = ordered.last, last.time > point.time { ordered.removeLast() }
            ordered.append(point)
        }
        return LoadCurve(ordered)
    }
}
