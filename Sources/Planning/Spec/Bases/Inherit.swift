import Diagnostics
import YAML

/// Lays a spec over the bases that it extends, the nearest first; nil if one of them is not a base.
func inherit(_ document: Node, from bases: [SourceFile], _ report: inout Report) -> Node? {
    var document = document
    for file in bases {
        guard let base = baseSpec(in: file, &report) else { return nil }
        guard let spec = document["spec"] else { continue }
        let whole = laid(spec, over: base)
        let entries = (document.entries ?? []).map { entry in
            entry.key == "spec" ? Node.Entry(entry.key, entry.keyRange, whole) : entry
        }
        document = Node(.mapping(entries), document.range)
    }
    return document
}

/// Lays a value over that of a base: mappings key by key, models and teams by name, patches after those of the base; everything else
/// replaces the value of the base.
///
/// A key without a value (`budget: ~`) removes that of the base. What is inherited keeps its place in the base's file.
func laid(_ own: Node, over base: Node) -> Node {
    guard let ownEntries = own.entries, let baseEntries = base.entries else { return own }
    var merged: [Node.Entry] = []
    for entry in baseEntries where entry.key != "extends" {
        guard let mine = ownEntries.first(where: { $0.key == entry.key }) else {
            merged.append(entry)
            continue
        }
        if mine.value.isNull { continue }
        let value =
            switch entry.key {
            case "models", "teams": laidByName(mine.value, over: entry.value)
            case "patches": appended(mine.value, to: entry.value)
            default: laid(mine.value, over: entry.value)
            }
        merged.append(Node.Entry(mine.key, mine.keyRange, value))
    }
    merged += ownEntries.filter { mine in mine.key == "extends" || baseEntries.allSatisfy { $0.key != mine.key } }
    return Node(.mapping(merged), own.range)
}

/// Lays models or teams over the base's of the same name; the others follow in their order.
private func laidByName(_ own: Node, over base: Node) -> Node {
    guard let ownItems = own.items, let baseItems = base.items else { return own }
    func name(_ item: Node) -> String? { item["name"]?.scalar?.text }
    let known = Set(baseItems.compactMap(name))
    let inherited = baseItems.map { item in
        ownItems.first { name($0) != nil && name($0) == name(item) }.map { laid($0, over: item) } ?? item
    }
    return Node(.sequence(inherited + ownItems.filter { !known.contains(name($0) ?? "") }), own.range)
}

/// The items of a base, and then those of the spec.
private func appended(_ own: Node, to base: Node) -> Node {
    guard let ownItems = own.items, let baseItems = base.items else { return own }
    return Node(.sequence(baseItems + ownItems), own.range)
}

/// The `spec` of a base; nil if the file is not a base, which is reported.
private func baseSpec(in file: SourceFile, _ report: inout Report) -> Node? {
    guard let documents = readYAML(file, &report) else { return nil }
    let found = documents.filter { !$0.isNull }
    guard let document = found.first, found.count == 1, document["kind"]?.scalar?.text == SpecFormat.baseKind else {
        let kind = found.first?["kind"]
        report.error(
            "not-a-base", "`\(file.path)` is not a `\(SpecFormat.baseKind)`",
            at: kind?.range ?? SourceRange(file, 0, 0),
            help: [
                "start a base with `apiVersion: \(SpecFormat.apiVersion)` and `kind: \(SpecFormat.baseKind)`, in a file of its own"
            ])
        return nil
    }
    for entry in document.entries ?? [] where !["apiVersion", "kind", "metadata", "spec"].contains(entry.key) {
        report.error(
            "unknown-key", "a base has no key `\(entry.key)`", at: entry.keyRange, label: "unknown",
            help: ["the keys of a base are `apiVersion`, `kind`, `metadata` and `spec`"])
    }
    guard let spec = document["spec"], spec.entries != nil else {
        report.error(
            "wrong-shape", "`spec` of the base must be a mapping", at: document["spec"]?.start ?? document.start,
            help: ["write what clusters share, as in the `spec` of a cluster"])
        return nil
    }
    if let include = spec.entries?.first(where: { $0.key == "include" }) {
        report.error(
            "include-in-base", "a base cannot include files", at: include.keyRange, label: "only in a cluster spec",
            help: ["set `include` in each cluster that serves the models of these files"])
        return nil
    }
    return spec
}
