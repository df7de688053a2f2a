import Diagnostics
import YAML

/// Reads a cluster spec from its texts and compares its values with each other; nil if anything in it is wrong.
package func understand(_ source: SpecSource, _ report: inout Report) -> ClusterSpec? {
    guard let spec = readSpec(source, &report) else { return nil }
    check(spec, &report)
    return report.hasErrors ? nil : spec
}

/// Reads the values of a cluster spec, each on its own; nil if one of them cannot be read.
///
/// The checks compare values with each other, so they need every value to be readable.
func readSpec(_ source: SpecSource, _ report: inout Report) -> ClusterSpec? {
    let file = source.file
    guard let documents = readYAML(file, &report), let own = soleSpec(documents, file, &report) else { return nil }
    guard let inherited = inherit(own, from: source.bases, &report),
        let whole = include(source.included, in: inherited, &report)
    else { return nil }
    let document = withTeamDefaults(whole)
    let start = document.entries?.first?.keyRange ?? document.range
    var reader = FieldReader(reading: document.entries ?? [], name: .document, at: start, report: report)
    reader.companions = source.companions
    var spec = ClusterSpec(&reader)
    spec.source = source
    reader.finish(ClusterSpec.init(_:))
    report = reader.report
    return report.hasErrors ? nil : spec
}

/// Finds the one cluster spec among a file's documents, and rejects the others.
private func soleSpec(_ documents: [Node], _ file: SourceFile, _ report: inout Report) -> Node? {
    var spec: Node?
    for document in documents where !document.isNull {
        guard document.entries != nil else {
            report.error(
                "wrong-shape", "the document must be a mapping, not \(document.yamlType)", at: document.start,
                label: document.yamlType, help: ["start the spec with `apiVersion: \(SpecFormat.apiVersion)`"])
            continue
        }
        let kind = document["kind"]
        if let kind, kind.scalar?.text == SpecFormat.baseKind {
            report.error(
                "base-alone", "a `\(SpecFormat.baseKind)` cannot be compiled on its own", at: kind.range,
                label: "only for `extends`",
                help: ["pass the specs that have `extends: …`, or their folder"])
        } else if let kind, kind.scalar?.text == SpecFormat.modelsKind {
            report.error(
                "models-alone", "`\(SpecFormat.modelsKind)` cannot be compiled on their own", at: kind.range,
                label: "only for `include`",
                help: ["pass the specs that have `include: […]`, or their folder"])
        } else if let first = spec {
            let place = kind?.range ?? document.start
            if kind?.scalar?.text == SpecFormat.kind {
                report.error(
                    "second-cluster", "the file contains two cluster specs", at: place, label: "second spec",
                    notes: [Diagnostic.Note("the first is here", at: first["kind"]?.range ?? first.start)],
                    help: ["move the second into a file of its own"])
            } else {
                reportForeign(document, place, &report)
            }
        } else if let word = kind?.scalar?.text, word != SpecFormat.kind, documents.count > 1 {
            reportForeign(document, kind?.range ?? document.start, &report)
        } else {
            spec = document
        }
    }
    if spec == nil, !report.hasErrors {
        report.error(
            "empty-spec", "the file contains no cluster spec", at: SourceRange(file, 0, 0),
            help: ["run `stowage init` to write a commented one"])
    }
    return report.hasErrors ? nil : spec
}

private func reportForeign(_ document: Node, _ place: SourceRange, _ report: inout Report) {
    let kind = document["kind"]?.scalar.map { "a `\($0.text)`" } ?? "another document"
    report.error(
        "second-document", "the file contains \(kind) besides the cluster spec", at: place,
        help: ["keep one `\(SpecFormat.kind)` in the file, and write a template to add objects"])
}
