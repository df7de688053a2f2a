import Groundwork

extension DisruptionLimit {
    /// Reads a PodDisruptionBudget; nil for one without a bound.
    package init?(reading object: ManifestValue) {
        let namespace = object.at("metadata", "namespace")?.text ?? "default"
        guard let spec = object["spec"], let selector = spec["selector"] else { return nil }
        func read(_ field: String, _ count: (Int) -> Bound, _ share: (Int) -> Bound) -> Bound? {
            guard let value = spec[field] else { return nil }
            if let number = value.integer { return count(number) }
            guard let text = value.text, text.hasSuffix("%") else { return nil }
            return Int(text.dropLast()).map(share)
        }
        guard
            let bound = read("minAvailable", Bound.available, Bound.availableShare)
                ?? read("maxUnavailable", Bound.unavailable, Bound.unavailableShare)
        else { return nil }
        self.bound = bound
        self.selector = PodSelector(selecting: selector, namespace: namespace)
    }
}
