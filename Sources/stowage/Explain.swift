import ArgumentParser
import Compiler
import Diagnostics
import Groundwork
import Planning

/// Explains a line of a manifest.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explain the values in a line of a generated file, down to spec, threshold and catalog.",
        discussion:
            "Example: stowage explain out/seed/models/model-a/model-a.scaledobject.yaml:47 --spec specs/seed.yaml")

    @Argument(help: "A line of a generated file: PATH:LINE.") var place: String
    @Option(help: "The spec that it was generated from. Default: specs/<folder below out>.yaml.") var spec: String?
    @Flag(help: "Print all reasons; by default, only those nearest to the line.") var all = false
    @OptionGroup var templateOptions: TemplateOptions
    @OptionGroup var reportOptions: ReportOptions

    func run() throws {
        guard let colon = place.lastIndex(of: ":"), let line = Int(place[place.index(after: colon)...]), line > 0 else {
            throw ValidationError("`\(place)` is not of the form PATH:LINE")
        }
        let path = String(place[..<colon])
        let spec = try spec ?? guessedSpec(path)
        var report = Report()
        guard let file = readSpec(spec, &report) else { return try reportOptions.finish(report) }
        let compilation = compile(file, with: templateOptions.library(beside: spec, &report), &report)
        guard let compilation else { return try reportOptions.finish(report) }
        guard let answer = compilation.answer(for: path) else {
            printError("`\(path)` is not a file of \(spec) with reasons: a manifest, `plan.json` or `PLAN.md`")
            throw Status.wrongInput
        }
        guard let found = answer.traces.first(where: { $0.line == line }) else {
            printError("`\(path)` has \(answer.traces.count) lines")
            throw Status.wrongInput
        }
        let text = answer.text.line(line)
        try compare(line, text, of: path, spec)
        if reportOptions.format == .json {
            printProduct(explanationJSON(of: found, path: answer.text.path, text: text).page)
        } else {
            let tree = explanation(of: found, text: text, limit: all ? .max : usualRows)
            printProduct(tree)
            if tree.contains(" …\n") { printError("`…` marks omitted reasons, which `--all` prints") }
        }
    }

    /// Reports a line that differs from the one that the spec generates now.
    private func compare(_ line: Int, _ text: String, of path: String, _ spec: String) throws {
        var ignored = Report()
        guard let file = readSource(path, &ignored) else {
            printError("`\(path)` does not exist: run `stowage generate \(spec)`")
            throw Status.wrongInput
        }
        if file.line(line) != text {
            printError(
                "`\(path)` has another line \(line) than \(spec) generates: the file was edited or is out of date")
        }
    }

    /// The spec of a file below `out/<cluster>/`, by the usual layout.
    private func guessedSpec(_ path: String) throws -> String {
        let parts = path.split(separator: "/")
        guard let out = parts.lastIndex(of: "out"), parts.count > out + 1 else {
            throw ValidationError("`\(path)` is not below out/: set its spec with --spec")
        }
        let before = parts[..<out].joined(separator: "/")
        return (path.hasPrefix("/") ? "/" : "") + (before.isEmpty ? "" : before + "/") + "specs/\(parts[out + 1]).yaml"
    }
}

/// A written file with the trace of each of its lines.
private struct TracedFile {
    let text: SourceFile
    let traces: [LineTrace]
}

extension Compilation {
    /// The file at a path, with the traces of its lines; nil where the compilation makes none, or one without reasons.
    fileprivate func answer(for path: String) -> TracedFile? {
        func isMeant(_ own: String) -> Bool { path == own || path.hasSuffix("/\(own)") }
        if isMeant("PLAN.md") {
            let page = page(plan)
            return TracedFile(text: SourceFile(path: "PLAN.md", bytes: Array(page.text.utf8)), traces: trace(page))
        }
        guard let manifest = manifests.first(where: { isMeant($0.path) }) else { return nil }
        var bytes: [UInt8] = []
        write(manifest, cluster: spec.name.value, to: &bytes)
        return TracedFile(
            text: SourceFile(path: manifest.path, bytes: bytes), traces: trace(manifest, cluster: spec.name.value))
    }
}
