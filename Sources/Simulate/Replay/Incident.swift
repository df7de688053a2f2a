/// Something that happens to a simulated cluster from outside.
package struct Incident: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// All nodes of a zone end, and it offers none until the incident ends.
        case lostZone(String)
        /// EC2 takes back all spot nodes of a pool, or of all pools.
        case spotInterruption(pool: String?)
        /// Spot nodes are taken back, and no others are offered until the incident ends.
        case spotGone
        case prometheusDown
        /// EC2 has no nodes of a type.
        case noCapacity(type: String)
        /// A new template of a model's Deployments.
        case rollout(model: String?)
    }

    package let time: VirtualTime
    package let kind: Kind
    /// Milliseconds; nil for the rest of the simulation.
    package let length: Int?

    package init(at time: VirtualTime, _ kind: Kind, length: Int? = nil) {
        self.time = time
        self.kind = kind
        self.length = length
    }

    /// The incident in a few words.
    package var words: String {
        switch kind {
        case .lostZone(let zone): "zone \(zone) is lost"
        case .spotInterruption(let pool): "spot nodes\(pool.map { " of \($0)" } ?? "") are interrupted"
        case .spotGone: "spot capacity is gone"
        case .prometheusDown: "Prometheus is down"
        case .noCapacity(let type): "EC2 has no \(type)"
        case .rollout(let model): "rollout\(model.map { " of \($0)" } ?? "")"
        }
    }

    func holds(at now: VirtualTime) -> Bool {
        time <= now && length.map { now < time + $0 } ?? true
    }
}
