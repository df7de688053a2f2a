import Groundwork

/// A shape that the load takes over time.
package enum LoadShape: Sendable, Hashable {
    /// As the spec says: steady, business hours, an hour at peak.
    case usual
    case steady
    /// From steady to a multiple of it, or to peak, within a minute; back after some seconds if it ends.
    case surge(times: Double?, at: Double, length: Double?)
    /// A rise from steady at night to peak in the afternoon, and back.
    case day
    /// From steady to peak in the time of the ramp, and down at once, again and again.
    case sawtooth
    /// Two minutes at peak in every twenty.
    case burst

    /// The kinds as they are written.
    package static let kinds = ["usual", "steady", "surge:x4@10m", "surge:peak@10m+30m", "day", "sawtooth", "burst"]

    /// Reads one of the kinds.
    package init?(_ text: String) {
        switch text {
        case "usual": self = .usual
        case "steady": self = .steady
        case "day": self = .day
        case "sawtooth": self = .sawtooth
        case "burst": self = .burst
        default:
            guard text.hasPrefix("surge:") else { return nil }
            let parts = text.dropFirst("surge:".count).split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count <= 2, let height = parts.first else { return nil }
            var times: Double?
            if height != "peak" {
                guard height.hasPrefix("x"), let number = Double(height.dropFirst()), number > 0, number <= 1000 else {
                    return nil
                }
                times = number
            }
            let moments = parts.count == 2 ? parts[1].split(separator: "+", omittingEmptySubsequences: false) : ["10m"]
            guard moments.count <= 2, let at = queryDuration(String(moments[0])) else { return nil }
            var length: Double?
            if moments.count == 2 {
                guard let seconds = queryDuration(String(moments[1])), seconds > 0 else { return nil }
                length = seconds
            }
            self = .surge(times: times, at: at, length: length)
        }
    }

    /// The rate over a number of seconds.
    package func curve(_ traffic: UsualTraffic, seconds: Double) -> LoadCurve {
        let (steady, peak) = (traffic.steady, traffic.peak)
        func point(_ time: Double, _ rate: Double) -> LoadCurve.Point { LoadCurve.Point(time, rate) }
        switch self {
        case .usual: return traffic.week(days: Int(seconds / 86_400) + 1)
        case .steady: return .constant(steady)
        case .surge(let times, let at, let length):
            let high = times.map { $0 * steady } ?? peak
            var points = [point(0, steady), point(at, steady), point(at + 60, high)]
            if let length { points += [point(at + 60 + length, high), point(at + 120 + length, steady)] }
            return LoadCurve(points)
        case .day:
            // A cosine in steps of half an hour, lowest at four in the morning.
            let points = (0...Int(seconds / 1800) + 1).map { step -> LoadCurve.Point in
                let hour = Double(step) / 2 - 4
                return point(Double(step) * 1800, steady + (peak - steady) * (1 - cosine(hour / 24)) / 2)
            }
            return LoadCurve(points)
        case .sawtooth:
            let length = max(60, traffic.ramp)
            return LoadCurve(
                (0...Int(seconds / length)).flatMap { tooth -> [LoadCurve.Point] in
                    let start = Double(tooth) * length
                    return [point(start, steady), point(start + length, peak)]
                })
        case .burst:
            return LoadCurve(
                (0...Int(seconds / 1200)).flatMap { turn -> [LoadCurve.Point] in
                    let start = Double(turn) * 1200 + 600
                    return [
                        point(start, steady), point(start + 10, peak), point(start + 120, peak),
                        point(start + 130, steady),
                    ]
                })
        }
    }
}

/// The cosine of a number of turns, by Bhaskara's formula on each half turn: off by at most 0.002.
private func cosine(_ turns: Double) -> Double {
    let turn = turns - turns.rounded(.down)
    func half(_ position: Double) -> Double {
        // The sine over half a turn.
        let product = position * (0.5 - position) * 4
        return 4 * product / (1.25 - product)
    }
    let shifted = turn + 0.25
    let place = shifted >= 1 ? shifted - 1 : shifted
    return place < 0.5 ? half(place) : -half(place - 0.5)
}
