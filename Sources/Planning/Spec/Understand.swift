import Diagnostics
import YAML

/// Reads a cluster spec from its texts and compares its values with each other; nil if anything in it is wrong.
package func understand(_ source: SpecSource, _ report: inout Report) -> ClusterSpec? {
    guard let spec = readSpec(source, &report) else { return nil }
    check(spec, &report)
    return report.hasErrors ? nil : spec
}

/// Reads the values of a cluster spec, each by itself; nil if one of them cannot be read.
///
/// The checks compare values with each other: one that could not be read would make them speak of its stand-in.
func readSpec(_ source: SpecSource, _ report: inout Report) -> ClusterSpec? {
    let file = source.file
    guard let documents = readYAML(file, &report), let own = soleSpec(documents, file, &report) else { return nil }
    guard let document = inherit(own, from: source.bases, &report) else { return nil }
    let start = document.entries?.first?.keyRange ?? document.range
    var reader = FieldReader(reading: document.entries ?? [], name: .document, at: start, report: report)
    var spec = ClusterSpec(&reader)
    spec.source = source
    reader.finish(ClusterSpec.init(_:))
    report = reader.report
    return report.hasErrors ? nil : spec
}

/// Finds the one cluster spec among a file's documents, and refuses the others.
private func soleSpec(_ documents: [Node], _ file: SourceFile, _ report: inout Report) -> Node? {
    var spec: Node?
    for document in documents where !document.isNull {
        guard document.entries != nil else {
            report.error(
                "wrong-shape", "the document is \(document.shape), and a mapping is expected", at: document.start,
                label: document.shape, help: ["a cluster spec starts with `apiVersion: \(SpecFormat.apiVersion)`"])
            continue
        }
        let kind = document["kind"]
        if let kind, kind.scalar?.text == SpecFormat.baseKind {
            report.error(
                "base-alone", "a `\(SpecFormat.baseKind)` describes no cluster", at: kind.range,
                label: "only others extend it",
                help: ["name the specs that have `extends: …`, or their folder"])
        } else if let first = spec {
            let place = kind?.range ?? document.start
            if kind?.scalar?.text == SpecFormat.kind {
                report.error(
                    "second-cluster", "the file holds two cluster specs", at: place, label: "the second",
                    notes: [Diagnostic.Note("the first is here", at: first["kind"]?.range ?? first.start)],
                    help: ["a file describes one cluster: move the second into its own"])
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
            "empty-spec", "the file holds no cluster spec", at: SourceRange(file, 0, 0),
            help: ["`stowage init` writes a commented one to start from"])
    }
    return report.hasErrors ? nil : spec
}

private func reportForeign(_ document: Node, _ place: SourceRange, _ report: inout Report) {
    let kind = document["kind"]?.scalar.map { "a `\($0.text)`" } ?? "something else"
    report.error(
        "foreign-document", "\(kind) stands beside the cluster spec", at: place,
        help: ["a spec's file holds nothing but one `\(SpecFormat.kind)`; to add objects, write a template"])
}
