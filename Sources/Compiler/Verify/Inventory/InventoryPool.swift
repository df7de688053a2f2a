import Diagnostics

extension Inventory {
    /// A NodePool: the nodes that Karpenter may start.
    struct Pool: Sendable {
        let object: Object
        /// The labels that all of its nodes carry.
        let labels: Labels
        let requirements: [Requirement]
        let taints: [Taint]
        let startupTaints: [Taint]
        /// Whether its nodes have NVIDIA GPUs; nil where the pool does not say.
        let hasGPUs: Bool?

        init(_ object: Object) {
            let template = object.spec?["template"]
            let spec = template?["spec"]
            self.object = object
            let own = Labels.Pair(key: "karpenter.sh/nodepool", value: object.name)
            labels = Labels(Labels(template?["metadata"]?["labels"]).pairs + [own])
            requirements = spec?["requirements"]?.items?.compactMap { Requirement($0) } ?? []
            taints = spec?["taints"]?.items?.map { Taint($0) } ?? []
            startupTaints = spec?["startupTaints"]?.items?.map { Taint($0) } ?? []
            hasGPUs =
                taints.contains { $0.key == "nvidia.com/gpu" } || object.spec?["limits"]?["nvidia.com/gpu"] != nil
                ? true : requirements.lazy.compactMap(\.saysOfGPUs).first
        }

        var name: String { object.name }
        /// Whether its nodes are a fixed number, started without a look at pods.
        var isStatic: Bool { object.spec?["replicas"] != nil }

        /// What a node of the pool says of a label.
        private enum Stand { case among([String]), notAmong([String]), anything, absent }

        private func stand(on key: String, runtime: Bool) -> Stand {
            if let value = labels[key] { return .among([value]) }
            var stand: Stand?
            for requirement in requirements where requirement.key == key {
                switch requirement.relation {
                case .among: return .among(requirement.values)
                case .notAmong: stand = .notAmong(requirement.values)
                case .absent: return .absent
                case .exists, .greater, .less, .atLeast, .atMost: stand = stand ?? .anything
                }
            }
            return stand ?? (isWellKnown(key) || (runtime && isSetOnNodes(key)) ? .anything : .absent)
        }

        /// Tells whether a node of the pool may meet a demand; with `runtime`, also by labels that agents set later.
        func admits(_ requirement: Requirement, runtime: Bool = false) -> Bool {
            switch stand(on: requirement.key, runtime: runtime) {
            case .among(let values): values.contains { requirement.accepts($0) }
            case .absent: requirement.accepts(nil)
            case .anything: true
            case .notAmong(let values):
                switch requirement.relation {
                case .among: requirement.values.contains { !values.contains($0) }
                case .absent: false
                case .notAmong, .exists, .greater, .less, .atLeast, .atMost: true
                }
            }
        }

        /// Tells whether a node of the pool may meet all demands.
        func admits(_ requirements: [Requirement], runtime: Bool = false) -> Bool {
            requirements.allSatisfy { admits($0, runtime: runtime) }
        }
    }
}

/// Tells whether Karpenter knows the values of a label from the instance type, without being told.
func isWellKnown(_ key: String) -> Bool {
    guard let slash = key.utf8.firstIndex(of: UInt8(ascii: "/")) else { return false }
    let domain = key[..<slash]
    return domain == "karpenter.k8s.aws" || domain == "topology.k8s.aws" || domain == "kubernetes.io"
        || domain.hasSuffix(".kubernetes.io") || key == "karpenter.sh/capacity-type"
}

/// Tells whether a label is one that NVIDIA's agents or node feature discovery set on running nodes.
func isSetOnNodes(_ key: String) -> Bool {
    key.hasPrefix("nvidia.com/") || key.hasPrefix("feature.node.kubernetes.io/")
}
