import Groundwork

/// A NodePool of Karpenter, as far as its nodes depend on it.
package struct KarpenterPool: Sendable {
    /// When nodes with pods are consolidated.
    enum Policy: String, Sendable {
        case whenEmpty = "WhenEmpty"
        case whenUnderutilized = "WhenEmptyOrUnderutilized"
        case balanced = "Balanced"
    }

    package let name: String
    let weight: Int
    let requirements: LabelRequirements
    let labels: [String: String]
    let taints: [NodeTaint]
    let startupTaints: [NodeTaint]
    /// The most that the nodes of the pool may have together; `nodes` counts them.
    let limit: PoolLimit
    let policy: Policy
    /// Milliseconds; nil for `Never`.
    let consolidateAfter: Int?
    let expireAfter: Int?
    let terminationGrace: Int?
    let budgets: [DisruptionBudget]
    let nodeClass: String
    /// What the simulation does not follow.
    package let unsupported: [String]

    /// Reads a NodePool; nil for another object, and for a pool with a fixed number of nodes.
    package init?(reading object: ManifestValue) {
        guard object["kind"]?.text == "NodePool", let name = object.at("metadata", "name")?.text,
            let spec = object["spec"], let template = spec["template"], spec["replicas"] == nil
        else { return nil }
        self.name = name
        weight = spec["weight"]?.integer ?? 0
        let nodes = template["spec"]
        var labels: [String: String] = [:]
        for entry in template.at("metadata", "labels")?.entries ?? [] { labels[entry.key] = entry.value.text }
        self.labels = labels
        var requirements = LabelRequirements(reading: nodes?["requirements"]?.items)
        requirements.add(LabelRequirements(labels))
        requirements.add(LabelRequirements(["karpenter.sh/nodepool": name]))
        self.requirements = requirements
        taints = (nodes?["taints"]?.items ?? []).compactMap { NodeTaint(reading: $0) }
        startupTaints = (nodes?["startupTaints"]?.items ?? []).compactMap { NodeTaint(reading: $0) }
        limit = PoolLimit(reading: spec["limits"])
        let disruption = spec["disruption"]
        policy = disruption?["consolidationPolicy"]?.text.flatMap(Policy.init) ?? .whenUnderutilized
        consolidateAfter = milliseconds(disruption?["consolidateAfter"], default: 0)
        expireAfter = milliseconds(nodes?["expireAfter"], default: 720 * 3_600_000)
        terminationGrace = milliseconds(nodes?["terminationGracePeriod"], default: nil)
        let budgets = disruption?["budgets"]?.items.map { $0.compactMap { DisruptionBudget(reading: $0) } }
        self.budgets = budgets ?? [DisruptionBudget.standard]
        nodeClass = nodes?.at("nodeClassRef", "name")?.text ?? ""
        var unsupported: [String] = []
        if policy == .balanced { unsupported.append("the consolidation policy Balanced: only empty nodes are removed") }
        let hasLeast = nodes?["requirements"]?.items?.contains { $0["minValues"] != nil } ?? false
        if hasLeast { unsupported.append("minValues: it is ignored") }
        self.unsupported = unsupported
    }
}

/// The milliseconds of a duration of Go; nil for `Never`.
private func milliseconds(_ value: ManifestValue?, default missing: Int?) -> Int? {
    guard let text = value?.text else { return missing }
    return queryDuration(text).map { Int($0 * 1000) }
}
