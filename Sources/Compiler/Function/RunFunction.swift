import Diagnostics
import Groundwork
import Planning
import YAML

/// Runs as a KRM function on a ResourceList from kustomize, kpt and others: the cluster spec is its `functionConfig`.
///
/// The output is always a ResourceList. After an error it has the input items, and the errors in `results`.
/// https://github.com/kubernetes-sigs/kustomize/blob/master/cmd/config/docs/api-conventions/functions-spec.md
package func answer(
    to input: SourceFile, with templates: TemplateLibrary, _ report: inout Report
) -> [UInt8] {
    guard let list = ResourceList(reading: input, &report) else {
        return ResourceList.empty.written(results: results(of: report.diagnostics, for: nil))
    }
    guard let spec = list.spec(&report) else {
        return list.written(results: results(of: report.diagnostics, for: nil))
    }
    reportFiles(of: spec, &report)
    let made = report.hasErrors ? nil : compile(SpecSource(spec.file), with: templates, &report)
    let findings = results(of: report.diagnostics, for: spec)
    guard let made, !report.hasErrors else { return list.written(results: findings) }
    return list.adding(objects(of: made)).written(results: findings)
}

/// Rejects settings that name other files, of which a function reads none.
private func reportFiles(of spec: FunctionSpec, _ report: inout Report) {
    for entry in spec.node["spec"]?.entries ?? [] where ["extends", "include"].contains(entry.key) {
        report.error(
            "file-in-function", "`\(entry.key)` cannot be used in `functionConfig`", at: entry.keyRange,
            label: "a function reads no files",
            help: ["write what those files contain into the spec, or commit what `stowage generate` writes"])
    }
}

/// The objects of a compilation as items of a ResourceList, each with the path of its file.
private func objects(of made: Compilation) -> [Node] {
    made.manifests.filter(\.isForTheCluster).flatMap { manifest in
        var bytes: [UInt8] = []
        write(manifest, cluster: made.spec.name.value, to: &bytes)
        var discarded = Report()
        let documents = readYAML(SourceFile(path: manifest.path, bytes: bytes), &discarded) ?? []
        return documents.enumerated().map { index, document in
            document.annotated([
                ("internal.config.kubernetes.io/path", manifest.path),
                ("internal.config.kubernetes.io/index", "\(index)"),
            ])
        }
    }
}

extension Node {
    /// The object with additional annotations.
    fileprivate func annotated(_ pairs: [(String, String)]) -> Node {
        let added = pairs.map { Entry($0.0, range, Node(.scalar(Scalar($0.1, .doubleQuoted)), range)) }
        return changing("metadata") { metadata in
            metadata.changing("annotations") { Node(.mapping(($0.entries ?? []) + added), range) }
        }
    }

    /// The mapping with a changed value under a key, which is added if missing.
    private func changing(_ key: String, _ change: (Node) -> Node) -> Node {
        var entries = entries ?? []
        if let index = entries.firstIndex(where: { $0.key == key }) {
            entries[index] = Entry(key, entries[index].keyRange, change(entries[index].value))
        } else {
            entries.append(Entry(key, range, change(Node(.mapping([]), range))))
        }
        return Node(.mapping(entries), range)
    }
}
