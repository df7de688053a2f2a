import Groundwork

extension Incident {
    /// The events as they are written.
    package static let kinds = [
        "lost-zone=ZONE", "spot-interruption", "spot-interruption=POOL", "spot-gone", "prometheus-down",
        "no-capacity=TYPE", "rollout", "rollout=MODEL",
    ]

    /// Reads `30m lost-zone=us-east-1a` or `14:00 prometheus-down=10m`; a length may follow as `+20m`.
    ///
    /// A time of day is that of the first day.
    package init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 2, let time = Incident.milliseconds(words[0]) else { return nil }
        var event = words[1]
        var length: Int?
        if let plus = event.lastIndex(of: "+") {
            guard let seconds = queryDuration(String(event[event.index(after: plus)...])), seconds > 0 else {
                return nil
            }
            length = Int(seconds * 1000)
            event = event[..<plus]
        }
        let parts = event.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let subject = parts.count == 2 ? String(parts[1]) : nil
        guard subject?.isEmpty != true else { return nil }
        let kind: Kind
        switch (parts[0], subject) {
        case ("lost-zone", let zone?): kind = .lostZone(zone)
        case ("spot-interruption", let pool): kind = .spotInterruption(pool: pool)
        case ("spot-gone", nil): kind = .spotGone
        case ("no-capacity", let type?): kind = .noCapacity(type: type)
        case ("rollout", let model): kind = .rollout(model: model)
        case ("prometheus-down", let duration):
            kind = .prometheusDown
            if let duration {
                guard let seconds = queryDuration(duration), seconds > 0 else { return nil }
                length = Int(seconds * 1000)
            }
        default: return nil
        }
        self.init(at: VirtualTime(milliseconds: time), kind, length: length)
    }

    /// The milliseconds of `14:00` or `30m`.
    private static func milliseconds(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard let hours = Int(parts[0]), let minutes = Int(parts[1]), (0..<24).contains(hours),
                (0..<60).contains(minutes)
            else { return nil }
            return (hours * 60 + minutes) * 60_000
        }
        return queryDuration(String(text)).map { Int($0 * 1000) }
    }
}
