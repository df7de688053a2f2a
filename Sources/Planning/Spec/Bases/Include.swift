import Diagnostics
import Groundwork
import YAML

/// Adds the models of included files to those of a spec, each with the team that its file names; nil if that leaves none.
func include(_ files: [SourceFile], in document: Node, _ report: inout Report) -> Node? {
    guard !files.isEmpty, let spec = document["spec"] else { return document }
    var homes: [String: Traced<String>] = [:]
    var models: [Node] = []
    for file in files {
        for part in teamFiles(in: file, &report) {
            let home = homes[part.team.value]
            if let home, home.range?.file !== file {
                report.error(
                    "team-in-two-files", "two files have models of the team `\(part.team.value)`", at: part.team.range,
                    label: "second file", notes: [.init("the first is this one", at: home.range)],
                    help: ["keep the models of a team in one file, which its owners review"])
            }
            homes[part.team.value] = home ?? part.team
            models += part.models.map { owned($0, by: part.team, &report) }
        }
    }
    let own = spec["models"]
    if own == nil, models.isEmpty { return nil }
    // What is no list stays, and is reported when it is read.
    if let own, own.items == nil { return document }
    let all = Node(.sequence((own?.items ?? []) + models), own?.range ?? spec.range)
    let key = spec.entries?.first { $0.key == "models" || $0.key == "include" }?.keyRange ?? spec.range
    return document.replacing("spec", by: spec.replacing("models", by: all, at: key), at: spec.range)
}

/// The documents of an included file; what is none is reported.
private func teamFiles(in file: SourceFile, _ report: inout Report) -> [TeamFile] {
    guard let documents = readYAML(file, &report) else { return [] }
    let filled = documents.filter { !$0.isNull }
    if filled.isEmpty {
        report.error(
            "not-team-models", "`\(file.path)` contains no `\(SpecFormat.modelsKind)`", at: SourceRange(file, 0, 0),
            help: ["start it with `apiVersion: \(SpecFormat.apiVersion)` and `kind: \(SpecFormat.modelsKind)`"])
    }
    return filled.compactMap { teamFile(in: $0, &report) }
}

/// Reads a document of an included file; nil if it has mistakes, which are reported.
private func teamFile(in document: Node, _ report: inout Report) -> TeamFile? {
    guard let entries = document.entries else {
        report.error(
            "wrong-shape", "the document must be a mapping, not \(document.yamlType)", at: document.start,
            label: document.yamlType, help: ["start it with `apiVersion: \(SpecFormat.apiVersion)`"])
        return nil
    }
    if let kind = document["kind"], kind.scalar?.text != SpecFormat.modelsKind {
        report.error(
            "not-team-models", "an included document must have the kind `\(SpecFormat.modelsKind)`", at: kind.start,
            label: "another kind", help: ["use `include` only for files with the models of teams"])
        return nil
    }
    var reader = FieldReader(
        reading: entries, name: .document, at: entries.first?.keyRange ?? document.range, report: Report())
    let part = TeamFile(&reader)
    reader.finish(TeamFile.init(_:))
    report.add(reader.report)
    return reader.report.hasErrors ? nil : part
}

/// A model with the team of its file; one that names another team is reported.
private func owned(_ model: Node, by team: Traced<String>, _ report: inout Report) -> Node {
    guard let entries = model.entries, let range = team.range else { return model }
    if let named = model["team"] {
        if named.scalar?.text != team.value {
            report.error(
                "model-of-another-team", "a model in the file of the team `\(team.value)` sets another `team`",
                at: named.range, label: "not `\(team.value)`",
                notes: [.init("the file names its team here", at: range)],
                help: ["remove `team`, or move the model to the file of its team"])
        }
        return model
    }
    let named = Node(.scalar(Node.Scalar(team.value, .doubleQuoted)), range)
    return Node(.mapping(entries + [Node.Entry("team", range, named)]), model.range)
}

extension Node {
    /// The mapping with another value under a key, which is added if missing.
    func replacing(_ key: String, by value: Node, at keyRange: SourceRange) -> Node {
        var entries = entries ?? []
        if let index = entries.firstIndex(where: { $0.key == key }) {
            entries[index] = Entry(key, entries[index].keyRange, value)
        } else {
            entries.append(Entry(key, keyRange, value))
        }
        return Node(.mapping(entries), range)
    }
}
