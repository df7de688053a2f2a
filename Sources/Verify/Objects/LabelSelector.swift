import Groundwork

/// A label selector.
struct LabelSelector: Sendable {
    let labels: Labels
    let requirements: [LabelRequirement]

    /// Reads `{matchLabels, matchExpressions}`.
    init(_ selector: ManifestValue) {
        labels = Labels(selector["matchLabels"])
        requirements = selector["matchExpressions"]?.items?.compactMap { LabelRequirement($0) } ?? []
    }

    /// Reads the plain labels of a Service's selector.
    init(labels: ManifestValue) { self.init(Labels(labels)) }

    init(_ labels: Labels) {
        self.labels = labels
        requirements = []
    }

    var isEmpty: Bool { labels.pairs.isEmpty && requirements.isEmpty }

    /// Tells whether labels meet every requirement.
    func matches(_ other: Labels) -> Bool {
        labels.pairs.allSatisfy { other[$0.key] == $0.value }
            && requirements.allSatisfy { $0.accepts(other[$0.key]) }
    }
}

/// Numbered label sets, found by their rarest label instead of a search.
struct LabelIndex: Sendable {
    private var sets: [Labels] = []
    private var byNamespace: [String: Members] = [:]

    private struct Members {
        var all: [Int] = []
        var byPair: [Labels.Pair: [Int]] = [:]
    }

    /// Adds the next label set; its number is the count of those before it.
    mutating func append(_ labels: Labels, in namespace: String) {
        let number = sets.count
        sets.append(labels)
        byNamespace[namespace, default: Members()].all.append(number)
        for pair in labels.pairs { byNamespace[namespace]?.byPair[pair, default: []].append(number) }
    }

    /// The namespaces that have any set, sorted.
    var namespaces: [String] { byNamespace.keys.sorted() }

    /// Finds the first set of a namespace that a selector matches and that meets a condition.
    func first(
        matching selector: LabelSelector, in namespace: String, where condition: (Int) -> Bool = { _ in true }
    ) -> Int? {
        candidates(selector, namespace).first { selector.matches(sets[$0]) && condition($0) }
    }

    /// Finds all sets of a namespace that a selector matches.
    func all(matching selector: LabelSelector, in namespace: String) -> [Int] {
        candidates(selector, namespace).filter { selector.matches(sets[$0]) }
    }

    private func candidates(_ selector: LabelSelector, _ namespace: String) -> [Int] {
        guard let members = byNamespace[namespace] else { return [] }
        var rarest = members.all
        for pair in selector.labels.pairs {
            guard let holders = members.byPair[pair] else { return [] }
            if holders.count < rarest.count { rarest = holders }
        }
        return rarest
    }
}
