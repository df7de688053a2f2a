import Diagnostics
import Groundwork
import Planning

extension PatchTargetSpec {
    /// Tells whether it selects an object.
    func admits(_ object: RenderedObject) -> Bool { criteria.allSatisfy { $0.admits(object) } }

    /// What has to be met, in the order in which a mistake is most likely.
    fileprivate var criteria: [PatchCriterion] {
        let all: [(String, Traced<String>?, (RenderedObject) -> String?)] = [
            ("kind", kind, { $0.kind }), ("group", group, { $0.group }), ("version", version, { $0.version }),
            ("model", model, { $0.model }), ("namespace", namespace, { $0.namespace }), ("name", name, { $0.name }),
        ]
        return all.compactMap { key, wanted, read in
            wanted.map { PatchCriterion(key: key, wanted: $0, read: read) }
        }
    }
}

/// One requirement of a target.
private struct PatchCriterion {
    let key: String
    let wanted: Traced<String>
    let read: (RenderedObject) -> String?

    func admits(_ object: RenderedObject) -> Bool {
        guard let value = read(object) else { return false }
        return key == "name" || key == "namespace" ? isMatch(value, wanted.value) : value == wanted.value
    }
}

/// Reports a target that selects nothing, at the first requirement that no object meets together with those before it.
func nothingFound(for target: PatchTargetSpec, among objects: [RenderedObject]) -> Diagnostic {
    var rest = objects
    for criterion in target.criteria {
        let next = rest.filter { criterion.admits($0) }
        if next.isEmpty { return nothingFound(criterion, target, among: rest) }
        rest = next
    }
    return Diagnostic(.error, "patch-target-not-found", "a patch is for no object", at: target.range)
}

private func nothingFound(
    _ criterion: PatchCriterion, _ target: PatchTargetSpec, among objects: [RenderedObject]
) -> Diagnostic {
    var values: [String] = []
    for value in objects.compactMap({ criterion.read($0) }) where !value.isEmpty && !values.contains(value) {
        values.append(value)
    }
    let (wanted, place) = (criterion.wanted.value, criterion.wanted.range)
    var help: [Help] = []
    if let close = closest(to: wanted, among: values) { help.append(Help(meaning: close, at: place)) }
    let kind = criterion.key == "kind" ? "object" : target.kind?.value ?? "object"
    if values.isEmpty {
        help.append("remove `\(criterion.key)` from the target")
    } else {
        let shown = Array(values.sorted().prefix(mostValues))
        let list = enumerated(shown, "or") + (values.count > shown.count ? ", …" : "")
        help.append("the \(criterion.key) of a generated \(kind) is \(list)")
    }
    return Diagnostic(
        .error, "patch-target-not-found",
        "a patch is for the \(criterion.key) `\(wanted)`, which no generated \(kind) has", at: place,
        label: "changes nothing", help: help)
}

/// How many values a line of help lists.
private let mostValues = 24

/// Tells whether a text is a pattern's, in which `*` stands for any text.
private func isMatch(_ text: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else { return text == pattern }
    guard text.hasPrefix(first), text.utf8.count >= first.utf8.count + last.utf8.count, text.hasSuffix(last) else {
        return false
    }
    var rest = text.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
        guard let range = rest.firstRange(of: part) else { return false }
        rest = rest[range.upperBound...]
    }
    return true
}
