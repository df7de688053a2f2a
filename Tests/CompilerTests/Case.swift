import Compiler
import Diagnostics
import Foundation
import Groundwork
import Planning
import Testing

/// The project's folder.
let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The files below a folder, by their paths in it, sorted.
func filesBelow(_ folder: URL) -> [String] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
    let prefix = folder.standardizedFileURL.path.count + 1
    return (found ?? []).filter { !$0.hasDirectoryPath }.map { String($0.standardizedFileURL.path.dropFirst(prefix)) }
        .sorted()
}

/// A spec with its bases and included files, which are below a folder.
func sources(
    of file: SourceFile, in folder: URL?, _ report: inout Report, read: (String) -> SourceFile?
) -> SpecSource {
    findIncluded(by: findBases(of: file, &report, read: read), &report, read: read) { path in
        folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0.appending(path: path).path) }?
            .filter { !$0.hasPrefix(".") }
    }
}

/// A folder of `Cases/`: its name says what happens, `spec.yaml` (and `templates/`) is what happens to it.
///
/// What is expected stands beside: `diagnostics.txt` (absent: there are none), `out/` (some or all of the files that are
/// made), `files.txt` (the paths of all of them) and `explain.txt` (lines `path:text`, each followed by the explanation of
/// the first line that holds the text).
struct Case: CustomTestStringConvertible, Sendable {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
    private static let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    static let all = names.filter { !$0.hasPrefix(".") }.sorted().map(Case.init)

    let name: String

    var testDescription: String { name.replacing("-", with: " ") }
    var folder: URL { Self.folder.appending(path: name) }

    /// The paths of the files that say what is expected.
    var expectations: [String] {
        filesBelow(folder).filter {
            ["diagnostics.txt", "explain.txt", "files.txt"].contains($0) || $0.hasPrefix("out/")
        }
    }

    /// What is expected under a path of the case; nil where nothing is said.
    func expected(_ path: String) -> String? {
        try? String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    /// Compiles the case; nil where it is rejected.
    func compilation() throws -> Compilation? {
        var report = Report()
        return try compilation(&report)
    }

    private func compilation(_ report: inout Report) throws -> Compilation? {
        let file = SourceFile(
            path: "spec.yaml", bytes: Array(try Data(contentsOf: folder.appending(path: "spec.yaml"))))
        let source = sources(of: file, in: folder, &report) { path in
            (try? Data(contentsOf: folder.appending(path: path))).map { SourceFile(path: path, bytes: Array($0)) }
        }
        return report.hasErrors ? nil : compile(source, with: try library(), &report)
    }

    /// Compiles the case, and gives what there is to compare for each path that can hold an expectation.
    func outcome() throws -> [String: String] {
        var report = Report()
        let compilation = try compilation(&report)
        let tree = compilation?.files(&report)
        var outcome: [String: String] = [:]
        let printed = HumanPrinter(colors: false).text(of: report.diagnostics)
        if !printed.isEmpty { outcome["diagnostics.txt"] = printed }
        #expect(compilation != nil || report.hasErrors, "what is rejected is rejected for a reason")
        guard let compilation, let tree, !report.hasErrors else { return outcome }
        for file in tree.files { outcome["out/\(file.path)"] = String(decoding: file.bytes, as: UTF8.self) }
        outcome["files.txt"] = tree.files.map { "\($0.path)\n" }.joined()
        if let questions = expected("explain.txt") { outcome["explain.txt"] = explain(questions, compilation, outcome) }
        return outcome
    }

    /// The case's own templates over the defaults, under the paths that a run in the case's folder gives them.
    func library() throws -> TemplateLibrary {
        let own = folder.appending(path: "templates").path
        guard FileManager.default.fileExists(atPath: own) else { return TemplateLibrary([.defaults]) }
        let files = try readTemplateFolder(own).files.map { path, file in
            (path: path, file: SourceFile(path: "templates/\(path)", bytes: file.bytes))
        }
        return TemplateLibrary([TemplateLayer("templates", files), .defaults])
    }
}

/// Answers the questions of an `explain.txt`: its lines `path:text`, where the path is that of a manifest.
private func explain(_ questions: String, _ compilation: Compilation, _ outcome: [String: String]) -> String {
    let cluster = compilation.spec.name.value
    let answers = questions.split(separator: "\n").compactMap { line -> String? in
        let parts = line.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, parts[0].hasSuffix(".yaml") || parts[0].hasSuffix(".json"), !parts[0].contains(" ")
        else { return nil }
        guard let manifest = compilation.manifests.first(where: { $0.path == parts[0] }),
            let lines = outcome["out/\(parts[0])"]?.split(separator: "\n", omittingEmptySubsequences: false),
            let index = lines.firstIndex(where: { $0.contains(parts[1]) })
        else { return "\(line)\nno such line\n" }
        return "\(line)\n\(explanation(of: trace(manifest, cluster: cluster)[index], text: String(lines[index])))"
    }
    return answers.joined(separator: "\n")
}
