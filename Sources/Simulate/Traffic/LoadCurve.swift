/// Requests per second over time: straight lines between points, and the last rate after them.
package struct LoadCurve: Sendable, Hashable {
    /// The rate at a time.
    package struct Point: Sendable, Hashable {
        /// Seconds since the start.
        package let time: Double
        package let rate: Double

        package init(_ time: Double, _ rate: Double) {
            self.time = time
            self.rate = rate
        }
    }

    /// In the order of time; two at one time are a jump.
    package let points: [Point]

    package init(_ points: [Point]) { self.points = points }

    /// A rate that does not change.
    package static func constant(_ rate: Double) -> LoadCurve { LoadCurve([Point(0, rate)]) }

    /// The rate at a time; before the first point, that of the first.
    package func rate(at time: Double) -> Double {
        guard let first = points.first, let last = points.last else { return 0 }
        if time <= first.time { return first.rate }
        if time >= last.time { return last.rate }
        let place = segment(at: time)
        let (left, right) = (points[place], points[place + 1])
        guard right.time > left.time else { return right.rate }
        return left.rate + (right.rate - left.rate) * (time - left.time) / (right.time - left.time)
    }

    /// The same with every rate multiplied.
    package func scaled(by factor: Double) -> LoadCurve {
        LoadCurve(points.map { Point($0.time, $0.rate * factor) })
    }

    /// The index of the last point at or before a time that is not before the first.
    private func segment(at time: Double) -> Int {
        var (low, high) = (0, points.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if points[middle].time <= time { low = middle } else { high = middle - 1 }
        }
        return low
    }
}

/// The times at which requests arrive at random, at the rate of a curve.
struct RandomArrivals: Sendable {
    private let curve: LoadCurve
    private var place = -1
    private(set) var time: Double

    init(_ curve: LoadCurve, from start: Double) {
        self.curve = curve
        time = start
        while place + 1 < curve.points.count, curve.points[place + 1].time <= start { place += 1 }
    }

    /// The next arrival; nil if none follows.
    mutating func next(_ numbers: inout SeededNumbers) -> Double? {
        // The rate's integral from one arrival to the next is exponentially distributed.
        var left = numbers.exponential()
        while true {
            let rate = curve.rate(at: time, after: place)
            guard place + 1 < curve.points.count else {
                guard rate > 0 else { return nil }
                time += left / rate
                return time
            }
            let end = curve.points[place + 1]
            let length = end.time - time
            let last = place < 0 ? rate : end.rate
            let area = (rate + last) / 2 * length
            if area >= left, length > 0 {
                let slope = (last - rate) / length
                // The root of rate × t + slope × t² ÷ 2 = left, in a form that is exact for a small slope.
                time += 2 * left / (rate + (rate * rate + 2 * slope * left).squareRoot())
                return time
            }
            left -= max(0, area)
            time = end.time
            place += 1
            while place + 1 < curve.points.count, curve.points[place + 1].time <= time { place += 1 }
        }
    }
}

extension LoadCurve {
    /// The rate at a time that is at or after the point with an index, and before the next.
    fileprivate func rate(at time: Double, after place: Int) -> Double {
        guard place >= 0 else { return points.first?.rate ?? 0 }
        guard place + 1 < points.count else { return points[place].rate }
        let (left, right) = (points[place], points[place + 1])
        guard right.time > left.time else { return right.rate }
        return left.rate + (right.rate - left.rate) * (time - left.time) / (right.time - left.time)
    }
}
