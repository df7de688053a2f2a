/// Why a pod cannot be bound to a node: the plugin of the scheduler that rejects it.
package enum NodeRejection: Sendable, Hashable {
    case notReady
    case taint(NodeTaint)
    case nodeAffinity
    case resources([String])
    /// The node lacks the topology key of a constraint or of a term.
    case topologyKey(String)
    case spread(String)
    case podAffinity
    case podAntiAffinity

    /// Whether the node may accept the pod once others are preempted.
    var isResolvable: Bool {
        switch self {
        case .resources, .spread, .podAntiAffinity: true
        case .notReady, .taint, .nodeAffinity, .topologyKey, .podAffinity: false
        }
    }
}
