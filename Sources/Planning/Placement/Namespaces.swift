import Groundwork

/// The namespaces of models, each once, in the order of the models.
package func namespaces(of models: [Placement]) -> [Traced<String>] {
    var seen: Set<String> = []
    return models.map(\.spec.namespace).filter { seen.insert($0.value).inserted }
}

extension Placement {
    /// The namespace of its objects.
    package var namespace: String { spec.namespace.value }
}

extension PromQL.Matcher {
    /// Series of the namespaces of models; the names of models are unique, so no more is needed to find their pods.
    static func namespaces(of models: [Placement]) -> PromQL.Matcher {
        let names = Planning.namespaces(of: models).map(\.value).sorted()
        return names.count == 1 ? .equals("namespace", names[0]) : .matches("namespace", names.joined(separator: "|"))
    }
}
