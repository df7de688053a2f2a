/// A pod as Karpenter schedules it: its preferences are requirements until they cannot be met, and are dropped one by one.
struct RelaxedPod {
    private let spec: PodPlacementSpec
    private var terms: [LabelRequirements]
    private var preferences: [NodePreference]
    private var affinity: [PodAffinityTerm]
    private var antiAffinity: [PodAffinityTerm]
    private var spreads: [SpreadConstraint]
    private var toleratesAdvice = false

    init(_ spec: PodPlacementSpec) {
        self.spec = spec
        terms = spec.nodeTerms ?? []
        preferences = spec.nodePreferences.stablySorted { $0.weight > $1.weight }
        affinity = spec.affinity.filter { $0.weight > 0 }.stablySorted { $0.weight > $1.weight }
        antiAffinity = spec.antiAffinity.filter { $0.weight > 0 }.stablySorted { $0.weight > $1.weight }
        spreads = spec.spreads.filter { !$0.isRequired }
    }

    /// Drops the next preference, in Karpenter's order; false if there is none left.
    mutating func relax(dropsAdvice: Bool) -> Bool {
        if terms.count > 1 {
            terms.removeFirst()
        } else if !affinity.isEmpty {
            affinity.removeFirst()
        } else if !antiAffinity.isEmpty {
            antiAffinity.removeFirst()
        } else if !preferences.isEmpty {
            preferences.removeFirst()
        } else if !spreads.isEmpty {
            spreads.removeFirst()
        } else if dropsAdvice, !toleratesAdvice {
            toleratesAdvice = true
        } else {
            return false
        }
        return true
    }

    /// The pod with what is left as requirements.
    var strict: PodPlacementSpec {
        var strict = spec
        strict.nodeTerms = nil
        if let term = terms.first { strict.nodeSelector.add(term) }
        if let preference = preferences.first { strict.nodeSelector.add(preference.requirements) }
        strict.nodePreferences = []
        strict.affinity = (spec.affinity.filter { $0.weight == 0 } + affinity).map(\.required)
        strict.antiAffinity = (spec.antiAffinity.filter { $0.weight == 0 } + antiAffinity).map(\.required)
        strict.spreads = (spec.spreads.filter(\.isRequired) + spreads).map(\.required)
        if toleratesAdvice { strict.tolerations.append(PodToleration(key: nil, effect: .preferNoSchedule)) }
        return strict
    }
}

extension Array {
    /// Sorts without changing the order of equals.
    fileprivate func stablySorted(_ isBefore: (Element, Element) -> Bool) -> [Element] {
        self.enumerated().sorted { left, right in
            if isBefore(left.element, right.element) { return true }
            return !isBefore(right.element, left.element) && left.offset < right.offset
        }.map(\.element)
    }
}
