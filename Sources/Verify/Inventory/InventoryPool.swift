import Diagnostics
import Groundwork

extension Inventory {
    /// A NodePool, whose nodes Karpenter starts, or a managed node group.
    ///
    /// A class, because rules pass it on far more often than they read it.
    final class Pool: Sendable {
        let object: KubernetesObject
        /// The managed node group in eksctl's file; nil for a NodePool.
        let group: ManifestValue?
        /// The labels that all of its nodes have.
        let labels: Labels
        let requirements: [LabelRequirement]
        /// The requirements of a NodePool, as written.
        let written: [ManifestValue]
        let taints: [Taint]
        let startupTaints: [Taint]
        /// The instance types with NVIDIA GPUs that it allows.
        let gpuTypes: PoolTypes
        /// Whether its nodes have NVIDIA GPUs; nil if the pool does not determine it.
        let hasGPUs: Bool?

        init(_ object: KubernetesObject) {
            let template = object.spec?["template"]
            let spec = template?["spec"]
            self.object = object
            group = nil
            let own = Labels.Pair(key: "karpenter.sh/nodepool", value: object.name)
            labels = Labels(Labels(template?["metadata"]?["labels"]).pairs + [own])
            written = spec?["requirements"]?.items ?? []
            requirements = written.compactMap { LabelRequirement(ofNodes: $0) }
            taints = spec?["taints"]?.items?.map { Taint($0) } ?? []
            startupTaints = spec?["startupTaints"]?.items?.map { Taint($0) } ?? []
            gpuTypes = PoolTypes(requirements, labels)
            hasGPUs =
                taints.contains { $0.key == "nvidia.com/gpu" } || object.spec?["limits"]?["nvidia.com/gpu"] != nil
                ? true : requirements.gpus(gpuTypes)
        }

        /// Reads a managed node group of an eksctl file.
        init(group: ManifestValue, of object: KubernetesObject) {
            self.object = object
            self.group = group
            labels = Labels(group["labels"])
            let types = group["instanceTypes"]?.texts ?? group["instanceType"]?.text.map { [$0] }
            requirements = types.map { [LabelRequirement("node.kubernetes.io/instance-type", .among, $0)] } ?? []
            written = []
            taints = group["taints"]?.items?.map { Taint($0) } ?? []
            startupTaints = []
            gpuTypes = PoolTypes(requirements)
            hasGPUs = requirements.gpus(gpuTypes)
        }

        var name: String { group?["name"]?.text ?? object.name }
        /// The pool in messages, for example "NodePool `a`".
        var words: String { group == nil ? object.words : "node group `\(name)`" }
        /// Whether its nodes run regardless of pending pods.
        var isStatic: Bool { group != nil || object.spec?["replicas"] != nil }

        /// What is known about a label of the pool's nodes.
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
            if group != nil, key.hasPrefix("karpenter.") { return .absent }
            return stand ?? (isWellKnown(key) || (runtime && isSetOnNodes(key)) ? .anything : .absent)
        }

        /// Tells whether a node of the pool may meet a requirement; with `runtime`, also by labels that agents set later.
        func admits(_ requirement: LabelRequirement, runtime: Bool = false) -> Bool {
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

        /// Tells whether a node of the pool may meet all requirements.
        func admits(_ requirements: [LabelRequirement], runtime: Bool = false) -> Bool {
            requirements.allSatisfy { admits($0, runtime: runtime) }
        }

        /// Whether EKS Auto Mode runs its nodes, which brings the device plugin.
        var isAutoMode: Bool {
            object.spec?["template"]?["spec"]?["nodeClassRef"]?["group"]?.text == "eks.amazonaws.com"
        }
    }
}

/// Tells whether Karpenter derives the values of a label from the instance type.
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
