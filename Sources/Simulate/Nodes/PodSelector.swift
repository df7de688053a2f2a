import Groundwork

/// A selector of pods by their labels and namespaces.
struct PodSelector: Sendable, Hashable {
    private let requirements: LabelRequirements
    private let isSet: Bool
    /// Nil for every namespace.
    private let namespaces: Set<String>?

    init(reading term: ManifestValue, namespace: String) {
        let selector = term["labelSelector"]
        isSet = selector != nil && selector?.isNull != true
        requirements = LabelRequirements(selecting: selector)
        let named = term["namespaces"]?.items?.compactMap(\.text) ?? []
        // Labels of namespaces are not simulated: a selector of namespaces selects all.
        namespaces = term["namespaceSelector"] != nil ? nil : Set(named.isEmpty ? [namespace] : named)
    }

    /// Reads `{matchLabels, matchExpressions}`.
    init(selecting selector: ManifestValue, namespace: String) {
        requirements = LabelRequirements(selecting: selector)
        isSet = true
        namespaces = [namespace]
    }

    func matches(_ spec: PodPlacementSpec) -> Bool {
        isSet && namespaces?.contains(spec.namespace) != false && requirements.accepts(spec.labels)
    }
}

/// A term of affinity or anti-affinity between pods.
struct PodAffinityTerm: Sendable, Hashable {
    let selector: PodSelector
    let topologyKey: String
    /// 1 to 100 for a preference; 0 for a requirement.
    private(set) var weight: Int

    /// The same as a requirement.
    var required: PodAffinityTerm {
        var term = self
        term.weight = 0
        return term
    }

    init(reading term: ManifestValue, namespace: String, weight: Int = 0) {
        selector = PodSelector(reading: term, namespace: namespace)
        topologyKey = term["topologyKey"]?.text ?? ""
        self.weight = weight
    }
}

/// A topology spread constraint.
struct SpreadConstraint: Sendable, Hashable {
    let selector: PodSelector
    let topologyKey: String
    let maxSkew: Int
    let minDomains: Int
    /// Whether a pod stays pending if it would exceed the skew.
    private(set) var isRequired: Bool
    /// Whether nodes count that the pod's node affinity excludes.
    let ignoresAffinity: Bool
    /// Whether nodes count whose taints the pod does not tolerate.
    let ignoresTaints: Bool

    /// The same as a requirement.
    var required: SpreadConstraint {
        var constraint = self
        constraint.isRequired = true
        return constraint
    }

    init(reading value: ManifestValue, namespace: String) {
        selector = PodSelector(reading: value, namespace: namespace)
        topologyKey = value["topologyKey"]?.text ?? ""
        maxSkew = value["maxSkew"]?.integer ?? 1
        minDomains = value["minDomains"]?.integer ?? 1
        isRequired = value["whenUnsatisfiable"]?.text != "ScheduleAnyway"
        ignoresAffinity = value["nodeAffinityPolicy"]?.text == "Ignore"
        ignoresTaints = value["nodeTaintsPolicy"]?.text != "Honor"
    }

    /// A constraint that the scheduler adds for pods of workloads that have none.
    init(selector: PodSelector, topologyKey: String, maxSkew: Int) {
        self.selector = selector
        self.topologyKey = topologyKey
        self.maxSkew = maxSkew
        minDomains = 1
        isRequired = false
        ignoresAffinity = false
        ignoresTaints = true
    }
}

extension LabelRequirements {
    /// Reads `{matchLabels, matchExpressions}`.
    fileprivate init(selecting selector: ManifestValue?) {
        self.init(reading: selector?["matchExpressions"]?.items)
        for entry in selector?["matchLabels"]?.entries ?? [] {
            add(entry.key, LabelValues([entry.value.text ?? ""]))
        }
    }
}
