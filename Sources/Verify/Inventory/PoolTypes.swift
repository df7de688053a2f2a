import Groundwork

/// The instance types with NVIDIA GPUs that requirements allow, as Karpenter resolves them.
struct PoolTypes: Sendable {
    /// Those of the catalog.
    let types: [InstanceType]
    /// Whether the requirements allow no other type with NVIDIA GPUs: none of the values that they list is unknown.
    let isComplete: Bool

    /// Resolves requirements and labels that a pool sets.
    init(_ requirements: [LabelRequirement], _ labels: Labels = Labels([])) {
        let set = labels.pairs.map { LabelRequirement($0.key, .among, [$0.value]) }
        let relevant = (requirements + set).filter { isTypeLabel($0.key) }
        isComplete = relevant.allSatisfy { requirement in
            requirement.relation != .among
                || requirement.values.allSatisfy { isKnown($0, as: requirement.key) }
        }
        let named = relevant.first { $0.key == "node.kubernetes.io/instance-type" && $0.relation == .among }
        let candidates = named.map { $0.values.compactMap { Catalog.instanceType(named: $0) } } ?? Catalog.instanceTypes
        types = candidates.filter { type in relevant.allSatisfy { type.meets($0) } }
    }

    private init(types: [InstanceType], isComplete: Bool) {
        self.types = types
        self.isComplete = isComplete
    }

    /// Those that also meet one of some terms.
    func narrowed(to terms: [[LabelRequirement]]) -> PoolTypes {
        let relevant = terms.map { $0.filter { isTypeLabel($0.key) } }
        if relevant.contains(where: \.isEmpty) { return self }
        let rest = types.filter { type in relevant.contains { $0.allSatisfy { type.meets($0) } } }
        let isKnownAll = relevant.joined().allSatisfy { requirement in
            requirement.relation != .among || requirement.values.allSatisfy { isKnown($0, as: requirement.key) }
        }
        return PoolTypes(types: rest, isComplete: isComplete && isKnownAll)
    }

    /// The types, if there are any and all are known.
    var known: [InstanceType]? { isComplete && !types.isEmpty ? types : nil }

    /// The GPUs of one node; nil if its types differ or are unknown.
    var gpusPerNode: Int? {
        guard let first = known?.first?.gpuCount, types.allSatisfy({ $0.gpuCount == first }) else { return nil }
        return first
    }
}

/// Tells whether the catalog knows the values of a label.
private func isTypeLabel(_ key: String) -> Bool {
    switch key {
    case "node.kubernetes.io/instance-type", "kubernetes.io/arch": true
    default: key.hasPrefix("karpenter.k8s.aws/instance-")
    }
}

/// Tells whether a value of a label is that of a type in the catalog, or surely not that of a type with NVIDIA GPUs.
private func isKnown(_ value: String, as key: String) -> Bool {
    switch key {
    case "node.kubernetes.io/instance-type":
        if Catalog.instanceType(named: value) != nil { return true }
        return !mayHaveGPUs(String(value.prefix { $0 != "." }))
    case "karpenter.k8s.aws/instance-family":
        return !mayHaveGPUs(value) || !Catalog.instanceTypes(ofFamily: value).isEmpty
    default: return true
    }
}

/// Tells whether a family may have NVIDIA GPUs: it is called `g…`, `gr…` or `p…`, and is not known to have others or none.
private func mayHaveGPUs(_ family: String) -> Bool {
    let letters = family.prefix { $0.isLetter }
    guard letters == "g" || letters == "gr" || letters == "p" else { return false }
    return family != "g4ad"
}

extension InstanceType {
    /// Tells whether its nodes meet a requirement on a label, or may, if the catalog does not say.
    func meets(_ requirement: LabelRequirement) -> Bool {
        switch nodeLabel(requirement.key) {
        case .value(let value): requirement.accepts(value)
        case .absent: requirement.accepts(nil)
        case .unknown: true
        }
    }
}
