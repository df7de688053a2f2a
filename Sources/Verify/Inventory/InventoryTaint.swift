import Diagnostics
import Groundwork

extension Inventory {
    /// A taint of a pool's nodes.
    struct Taint: Sendable {
        let key: String
        let value: String
        let effect: String
        let place: SourceRange

        init(_ taint: ManifestValue) {
            key = taint["key"]?.text ?? ""
            value = taint["value"]?.text ?? ""
            effect = taint["effect"]?.text ?? ""
            place = (taint["key"] ?? taint).place
        }

        /// The taint as kubectl writes it.
        var words: String { value.isEmpty ? "\(key):\(effect)" : "\(key)=\(value):\(effect)" }
        /// Whether it keeps pods off the node, and is not only a preference.
        var repels: Bool { effect != "PreferNoSchedule" }
    }

    /// A toleration of a pod.
    struct Toleration: Sendable {
        private let key: String?
        private let value: String
        private let effect: String?
        private let anyValue: Bool

        init(_ toleration: ManifestValue) {
            key = toleration["key"]?.text
            value = toleration["value"]?.text ?? ""
            effect = toleration["effect"]?.text
            anyValue = toleration["operator"]?.text == "Exists"
        }

        /// Tells whether it tolerates a taint.
        func covers(_ taint: Taint) -> Bool {
            guard effect.map({ $0 == taint.effect }) ?? true else { return false }
            guard let key, !key.isEmpty else { return anyValue }
            return key == taint.key && (anyValue || value == taint.value)
        }
    }
}

extension Inventory.Pod {
    /// The first taint of a pool that the pod does not tolerate.
    func obstacle(of pool: Inventory.Pool) -> Inventory.Taint? {
        pool.taints.first { taint in
            let isImplied = taint.effect == "NoSchedule" && implied.contains(taint.key)
            return taint.repels && !isImplied && !tolerations.contains { $0.covers(taint) }
        }
    }
}
