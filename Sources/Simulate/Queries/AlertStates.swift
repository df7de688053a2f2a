/// An alert that is pending or firing.
package struct Alert: Sendable {
    package enum State: String, Sendable { case pending, firing }

    package let labels: SeriesLabels
    package fileprivate(set) var state = State.pending
    package fileprivate(set) var value: Double
    /// Since when its query returns it, in milliseconds.
    package let activeSince: Int
    /// Since when its query no longer returns it although it fires.
    fileprivate var keptSince: Int?
}

/// The alerts of one rule.
struct AlertStates: Sendable {
    /// In the order in which they became active.
    private(set) var active: [Alert] = []

    /// Takes what the rule's query returned at a time.
    mutating func update(_ elements: [QuerySample], _ time: Int, wait: Int, keep: Int) {
        for element in elements {
            if let place = active.firstIndex(where: { $0.labels == element.labels }) {
                active[place].value = element.value
            } else {
                active.append(Alert(labels: element.labels, value: element.value, activeSince: time))
            }
        }
        let present = Set(elements.map(\.labels))
        active = active.compactMap { alert in
            var alert = alert
            if present.contains(alert.labels) {
                alert.keptSince = nil
            } else {
                guard alert.state == .firing, keep > 0 else { return nil }
                let since = alert.keptSince ?? time
                guard time - since < keep else { return nil }
                alert.keptSince = since
            }
            if alert.state == .pending, time - alert.activeSince >= wait { alert.state = .firing }
            return alert
        }
    }

    /// The series `ALERTS` and `ALERTS_FOR_STATE`.
    func samples(at time: Int) -> [QuerySample] {
        active.flatMap { alert in
            var state = alert.labels
            state[SeriesLabels.metric] = "ALERTS"
            state["alertstate"] = alert.state.rawValue
            var since = alert.labels
            since[SeriesLabels.metric] = "ALERTS_FOR_STATE"
            return [
                QuerySample(state, 1, at: time),
                QuerySample(since, Double(alert.activeSince / 1000), at: time),
            ]
        }
    }
}
