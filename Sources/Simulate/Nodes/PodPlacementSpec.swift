import Groundwork

/// A preferred term of node affinity.
struct NodePreference: Sendable, Hashable {
    let weight: Int
    let requirements: LabelRequirements
}

/// What the scheduler and Karpenter read of a pod.
package struct PodPlacementSpec: Sendable, Hashable {
    /// Until when Karpenter must not disrupt the pod's node.
    enum Protection: Sendable, Hashable {
        case unprotected, always
        /// The milliseconds after the pod started.
        case since(Int)
    }

    package var namespace: String
    package var labels: [String: String]
    package var requests: ResourceAmounts
    var nodeSelector = LabelRequirements()
    /// Required node affinity: one of the terms must hold; nil without any.
    var nodeTerms: [LabelRequirements]?
    var nodePreferences: [NodePreference] = []
    var tolerations: [PodToleration] = []
    var affinity: [PodAffinityTerm] = []
    var antiAffinity: [PodAffinityTerm] = []
    var spreads: [SpreadConstraint] = []
    /// The pods of its workload, over which the scheduler spreads pods without constraints of their own.
    var workload: PodSelector?
    package var priority = 0
    /// Whether it may preempt pods of lower priority.
    package var preempts = true
    /// Milliseconds between deletion and end.
    package var grace = 30_000
    var protection = Protection.unprotected
    package var isDaemon = false

    package init(namespace: String = "default", labels: [String: String] = [:], requests: ResourceAmounts) {
        self.namespace = namespace
        self.labels = labels
        self.requests = requests
        self.requests["pods"] = 1000
    }

    /// Tells whether node selector and required node affinity accept a node's labels.
    func accepts(_ labels: [String: String]) -> Bool {
        nodeSelector.accepts(labels) && (nodeTerms?.contains { $0.accepts(labels) } ?? true)
    }
}
