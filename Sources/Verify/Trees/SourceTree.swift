import Diagnostics
import Groundwork
import YAML

/// The YAML files that were found, before they are interpreted.
package struct SourceTree: Sendable {
    /// The files, sorted by path.
    package let files: [SourceFile]
    /// The files that kustomizations use as data, with any content.
    package let data: [SourceFile]
    /// The folders and files on the command line.
    package let roots: [String]
    /// Whether the tree is complete.
    package let isClosed: Bool

    package init(files: [SourceFile], data: [SourceFile] = [], roots: [String], isClosed: Bool) {
        self.files = files
        self.data = data
        self.roots = roots
        self.isClosed = isClosed
    }

    /// Reads the files with Kubernetes objects or kustomizations.
    ///
    /// A tree may have other files: values, CI files, charts. Templates are reported, because users may expect them to be checked.
    func manifests(_ report: inout Report) -> [Manifest] {
        // JSON patches have no kind and no API version.
        let patches = Set(files.flatMap { Kustomization(reading: $0)?.patches.map(\.path) ?? [] })
        let charts = Set(files.filter { lastComponent(of: $0.path) == "Chart.yaml" }.map { folder(of: $0.path) })
        return files.compactMap { file in
            guard mayHoldObjects(file) || patches.contains(file.path) else { return nil }
            if isHelmTemplate(file, charts) {
                report.add(unrenderedTemplate(file))
                return nil
            }
            var own = Report()
            let manifest = readManifest(file, &own)
            if !own.isEmpty, firstTemplateMark(file) != nil {
                report.add(unrenderedTemplate(file))
                return nil
            }
            for problem in own.diagnostics { report.add(problem) }
            return manifest
        }
    }
}

/// Tells whether a file may contain objects.
private func mayHoldObjects(_ file: SourceFile) -> Bool {
    isKustomization(file.path) || (find("apiVersion", in: file.bytes) != nil && find("kind", in: file.bytes) != nil)
}

/// Tells whether a file is a Helm template, even if it is valid YAML.
private func isHelmTemplate(_ file: SourceFile, _ charts: Set<String>) -> Bool {
    let marks = ["{{ .Values", "{{- ", "{{ include", "{{ .Release", "{{ .Chart", "{{.Values", "{{ template"]
    guard let first = firstTemplateMark(file) else { return false }
    var mark: Int? = first
    while let start = mark {
        if marks.contains(where: { file.bytes[start...].starts(with: $0.utf8) }) { return true }
        mark = find("{{", in: file.bytes, from: start + 1)
    }
    var place = folder(of: file.path)
    while true {
        if lastComponent(of: place) == "templates", charts.contains(folder(of: place)) {
            return true
        }
        if place.isEmpty || place == folder(of: place) { return false }
        place = folder(of: place)
    }
}

private func firstTemplateMark(_ file: SourceFile) -> Int? { find("{{", in: file.bytes) }

/// Reports that a file is a template, which cannot be checked until it is rendered.
private func unrenderedTemplate(_ file: SourceFile) -> Diagnostic {
    let start = firstTemplateMark(file) ?? 0
    return Diagnostic(
        .warning, "unrendered-template", "`\(file.path)` is a Helm template, which is not checked",
        at: SourceRange(file, start, min(start + 2, file.bytes.count)), label: "not rendered",
        help: ["render it first: `helm template . | stowage verify -`"])
}
