import Diagnostics
import Groundwork
import YAML

/// The YAML files that were found, before they are interpreted.
package struct SourceTree: Sendable {
    /// The files, sorted by path.
    package let files: [SourceFile]
    /// The files that kustomizations use as data, with any content.
    package let data: [SourceFile]
    /// Scripts and lists of ignored files, by which a file that a kustomization lists may be made before the build.
    package let scripts: [SourceFile]
    /// The folders and files on the command line.
    package let roots: [String]
    /// Whether the tree is complete.
    package let isClosed: Bool
    /// What the tree's `plan.json` says; nil for a tree that is not complete, or not generated.
    package let planned: PlannedTree?

    package init(
        files: [SourceFile], data: [SourceFile] = [], scripts: [SourceFile] = [], roots: [String], isClosed: Bool
    ) {
        self.files = files
        self.data = data
        self.scripts = scripts
        self.roots = roots
        self.isClosed = isClosed
        planned = isClosed ? PlannedTree(in: files) : nil
    }

    /// Reads the files with Kubernetes objects or kustomizations.
    ///
    /// A tree may have other files: values, CI files, charts. Templates are reported, because users may expect them to be checked.
    func manifests(_ report: inout Report) -> [Manifest] {
        // JSON patches have no kind and no API version.
        let patches = Set(files.flatMap { Kustomization(reading: $0)?.patches.map(\.path) ?? [] })
        let charts = Set(files.filter { lastComponent(of: $0.path) == "Chart.yaml" }.map { folder(of: $0.path) })
        return files.compactMap { file in
            guard mayHoldObjects(file) || mayHoldValues(file) || patches.contains(file.path) else { return nil }
            if isHelmTemplate(file, charts) {
                report.add(unrenderedTemplate(file))
                return nil
            }
            var own = Report()
            let manifest = readManifest(file, &own)
            // Marks inside of scalars are right in what is valid YAML: annotations of alerts have them.
            if !own.isEmpty, firstTemplateMark(file) != nil {
                report.add(unrenderedTemplate(file))
                return nil
            }
            if let first = own.diagnostics.first?.range?.start, let mark = bracedWord(before: first, in: file) {
                report.add(unfilledTemplate(file, mark))
                return nil
            }
            // Templates of CloudFormation and others have tags of their own.
            if !own.isEmpty, !beginsObject(file), !patches.contains(file.path) { return nil }
            for problem in own.diagnostics { report.add(problem) }
            return manifest
        }
    }
}

/// Tells whether a file may contain objects.
private func mayHoldObjects(_ file: SourceFile) -> Bool {
    isKustomization(file.path) || (find("apiVersion", in: file.bytes) != nil && find("kind", in: file.bytes) != nil)
}

/// Tells whether a file may contain values of a chart that serves models.
private func mayHoldValues(_ file: SourceFile) -> Bool {
    find("servingEngineSpec", in: file.bytes) != nil && find("modelSpec", in: file.bytes) != nil
}

/// Tells whether a line at the margin begins an object, a list of objects or JSON.
private func beginsObject(_ file: SourceFile) -> Bool {
    if isKustomization(file.path) { return true }
    var from = 0
    while let start = find("apiVersion", in: file.bytes, from: from) {
        let line = file.lineStarts[file.place(of: start).line - 1]
        let before = file.bytes[line..<start]
        if before.allSatisfy({ $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "{") }) {
            return true
        }
        if file.bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") { return true }
        from = start + 10
    }
    return false
}

/// Tells whether a file lies among the templates of a chart and has a mark of templates.
private func isHelmTemplate(_ file: SourceFile, _ charts: Set<String>) -> Bool {
    guard !charts.isEmpty, firstTemplateMark(file) != nil else { return false }
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

/// Finds the word in braces with which a value begins, such as `{user}/server:v1`, on the line of a place or the line before it.
private func bracedWord(before place: Int, in file: SourceFile) -> Int? {
    let line = file.place(of: place).line - 1
    for start in [line, line - 1] where start >= 0 && start < file.lineStarts.count {
        let bytes = file.bytes[file.lineStarts[start]...].prefix { $0 != UInt8(ascii: "\n") }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let match = text.firstMatch(of: /: (\{[A-Za-z][\w-]*\})[^\s,]/) else { continue }
        return bytes.startIndex + text[..<match.output.1.startIndex].utf8.count
    }
    return nil
}

/// Reports that a file has a word in braces to be replaced, so that it is no YAML.
private func unfilledTemplate(_ file: SourceFile, _ start: Int) -> Diagnostic {
    let end = file.bytes[start...].firstIndex(of: UInt8(ascii: "}")).map { $0 + 1 } ?? start + 1
    return Diagnostic(
        .warning, "unrendered-template", "`\(file.path)` is a template, which is not checked",
        at: SourceRange(file, start, end), label: "to be filled in", help: ["replace it, or quote the value"])
}

/// Reports that a file is a template, which cannot be checked until it is rendered.
private func unrenderedTemplate(_ file: SourceFile) -> Diagnostic {
    let start = firstTemplateMark(file) ?? 0
    let marks: [StaticString] = ["{{-", ".Values", ".Release", "include \""]
    let isOfHelm = marks.contains { find($0, in: file.bytes) != nil }
    return Diagnostic(
        .warning, "unrendered-template",
        "`\(file.path)` is a \(isOfHelm ? "Helm template" : "template"), which is not checked",
        at: SourceRange(file, start, min(start + 2, file.bytes.count)), label: "not rendered",
        help: [isOfHelm ? "render it first: `helm template . | stowage verify -`" : "render it first"])
}
