/// Finds which of some differences patches can remove without breaking a rule.
func accepted(_ all: [Difference], _ compiles: ([Difference]) -> Bool) -> [Difference] {
    var order: [String] = []
    var groups: [String: [Int]] = [:]
    for (index, difference) in all.enumerated() {
        let concern = difference.concern ?? "\(index)"
        if groups[concern] == nil { order.append(concern) }
        groups[concern, default: []].append(index)
    }
    // Selectors come first: they cannot be changed later.
    let units = ([selection] + order.filter { $0 != selection }).compactMap { groups[$0] }
    // The operations of a patch keep their order, because each changes the indices of the next.
    func some(_ kept: [[Int]]) -> [Difference] { kept.flatMap { $0 }.sorted().map { all[$0] } }
    return some(accepted([], units[...]) { compiles(some($0)) })
}

/// Finds them by halves, beside those that are kept already.
private func accepted(
    _ kept: [[Int]], _ rest: ArraySlice<[Int]>, _ compiles: ([[Int]]) -> Bool
) -> [[Int]] {
    if rest.isEmpty || compiles(kept + rest) { return kept + rest }
    if rest.count == 1 { return kept }
    let middle = rest.startIndex + rest.count / 2
    return accepted(accepted(kept, rest[..<middle], compiles), rest[middle...], compiles)
}

private let selection = "selection"

extension Difference {
    /// Whether it is a label that is selected, or what selects it.
    var isOfSelection: Bool { concern == selection }

    /// What it has to be kept together with: labels and what selects them, volumes and their mounts, ports and their names.
    fileprivate var concern: String? {
        let words = Set(path)
        if words.contains("selector") || path.starts(with: ["spec", "template", "metadata", "labels"])
            || path.starts(with: ["metadata", "labels", "stowage.dev/model"])
        {
            return selection
        }
        if !words.isDisjoint(with: ["volumes", "volumeMounts", "initContainers"]) { return "volumes" }
        return words.isDisjoint(with: ["ports", "targetPort", "readinessProbe", "livenessProbe", "startupProbe"])
            ? nil : "ports"
    }
}
