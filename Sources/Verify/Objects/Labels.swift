import Groundwork

/// The labels of an object, a pod or a node.
struct Labels: Sendable {
    /// One label.
    struct Pair: Hashable, Sendable {
        let key: String
        let value: String
    }

    let pairs: [Pair]

    init(_ pairs: [Pair]) { self.pairs = pairs }

    init(_ mapping: ManifestValue?) {
        pairs = mapping?.entries?.map { Pair(key: $0.key, value: $0.value.text ?? "") } ?? []
    }

    subscript(key: String) -> String? { pairs.first { $0.key == key }?.value }
}

/// A requirement on one label, as written in selectors, node affinity and NodePools.
struct LabelRequirement: Sendable {
    enum Relation: String, Sendable {
        case among = "In", notAmong = "NotIn", exists = "Exists", absent = "DoesNotExist"
        case greater = "Gt", less = "Lt", atLeast = "Gte", atMost = "Lte"
    }

    let key: String
    let relation: Relation
    let values: [String]

    /// A requirement on a label; a deprecated node label counts as its successor, as for Karpenter.
    init(_ key: String, _ relation: Relation, _ values: [String] = []) {
        self.key = key.contains(".beta.") || key.hasPrefix("beta.") ? successors[key] ?? key : key
        self.relation = relation
        self.values = values
    }

    /// Reads `{key, operator, values}`; nil if it is not a requirement.
    init?(_ value: ManifestValue) {
        guard let key = value["key"]?.text, let relation = value["operator"]?.text.flatMap(Relation.init(rawValue:))
        else { return nil }
        self.init(key, relation, value["values"]?.texts ?? [])
    }

    /// Reads a requirement on the labels of nodes, under the names that Karpenter gives them.
    init?(ofNodes value: ManifestValue) {
        guard let requirement = LabelRequirement(value) else { return nil }
        self.init(nodeLabel(requirement.key), requirement.relation, requirement.values)
    }

    /// Tells whether a label's value, nil if there is no such label, meets the requirement.
    func accepts(_ value: String?) -> Bool {
        switch relation {
        case .among: value.map { values.contains($0) } ?? false
        case .notAmong: value.map { !values.contains($0) } ?? true
        case .exists: value != nil
        case .absent: value == nil
        case .greater: compares(value, >)
        case .less: compares(value, <)
        case .atLeast: compares(value, >=)
        case .atMost: compares(value, <=)
        }
    }

    private func compares(_ value: String?, _ holds: (Int, Int) -> Bool) -> Bool {
        guard let value = value.flatMap({ Int($0) }), let bound = values.first.flatMap({ Int($0) }) else {
            return false
        }
        return holds(value, bound)
    }
}

/// The successors of the deprecated labels of nodes: NormalizedLabels of Karpenter, pkg/apis/v1/labels.go.
private let successors = [
    "beta.kubernetes.io/arch": "kubernetes.io/arch",
    "beta.kubernetes.io/instance-type": "node.kubernetes.io/instance-type",
    "beta.kubernetes.io/os": "kubernetes.io/os",
    "failure-domain.beta.kubernetes.io/region": "topology.kubernetes.io/region",
    "failure-domain.beta.kubernetes.io/zone": "topology.kubernetes.io/zone",
]

extension ManifestValue {
    /// The scalars of a list as strings.
    var texts: [String]? { items?.compactMap(\.text) }

    /// The integer of a scalar, even in quotes, within bounds that no sum or product of counts overflows.
    var count: Int? { (integer ?? text.flatMap { Int($0) }).map { min(max($0, -1_000_000), 1_000_000) } }
}

/// Tells whether a controller sets a label on each pod that it creates, so that no template has it.
func isSetByController(_ key: String) -> Bool {
    switch key {
    case "pod-template-hash", "controller-revision-hash", "pod-template-generation", "job-name", "controller-uid",
        "apps.kubernetes.io/pod-index", "statefulset.kubernetes.io/pod-name", "rollouts-pod-template-hash":
        return true
    default:
        let domain = key.prefix { $0 != "/" }
        return [
            "leaderworkerset.sigs.k8s.io", "batch.kubernetes.io", "jobset.sigs.k8s.io", "ray.io",
            "serving.kserve.io", "serving.knative.dev", "training.kubeflow.org", "kubevirt.io", "cnpg.io",
            "strimzi.io", "eventing.knative.dev", "operator.prometheus.io", "postgres-operator.crunchydata.com",
        ].contains { domain == $0 }
    }
}
