import Groundwork

/// A taint of a node.
package struct NodeTaint: Sendable, Hashable {
    package enum Effect: String, Sendable {
        case noSchedule = "NoSchedule"
        case preferNoSchedule = "PreferNoSchedule"
        case noExecute = "NoExecute"
    }

    package let key: String
    package let value: String
    package let effect: Effect

    package init(_ key: String, _ value: String = "", _ effect: Effect = .noSchedule) {
        (self.key, self.value, self.effect) = (key, value, effect)
    }

    /// Reads a taint of a NodePool; nil without key or effect.
    init?(reading value: ManifestValue) {
        guard let key = value["key"]?.text, let effect = value["effect"]?.text.flatMap(Effect.init) else { return nil }
        self.init(key, value["value"]?.text ?? "", effect)
    }

    /// What Karpenter puts on a node that it is about to remove.
    package static let disrupted = NodeTaint("karpenter.sh/disrupted")
}

/// A toleration of a pod.
struct PodToleration: Sendable, Hashable {
    /// Nil for every key.
    let key: String?
    /// Nil for every value.
    let value: String?
    /// Nil for every effect.
    let effect: NodeTaint.Effect?

    init(key: String?, value: String? = nil, effect: NodeTaint.Effect? = nil) {
        (self.key, self.value, self.effect) = (key, value, effect)
    }

    init(reading toleration: ManifestValue) {
        let key = toleration["key"]?.text ?? ""
        let isExists = toleration["operator"]?.text == "Exists"
        self.init(
            key: key.isEmpty ? nil : key, value: isExists ? nil : toleration["value"]?.text ?? "",
            effect: toleration["effect"]?.text.flatMap(NodeTaint.Effect.init))
    }

    func tolerates(_ taint: NodeTaint) -> Bool {
        (key == nil || key == taint.key) && (value == nil || value == taint.value)
            && (effect == nil || effect == taint.effect)
    }
}

extension [PodToleration] {
    /// The first taint that keeps a pod from being scheduled, or evicts it.
    func firstUntolerated(_ taints: [NodeTaint]) -> NodeTaint? {
        taints.first { taint in taint.effect != .preferNoSchedule && !contains { $0.tolerates(taint) } }
    }

    /// How many taints that only advise against a node are not tolerated.
    func advised(_ taints: [NodeTaint]) -> Int {
        taints.count { taint in taint.effect == .preferNoSchedule && !contains { $0.tolerates(taint) } }
    }
}
