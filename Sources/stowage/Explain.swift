import ArgumentParser
import Compiler
import Diagnostics

/// Tells why a line of a manifest says what it says.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell why a line of a generated manifest says what it says, down to spec, threshold and catalog.",
        discussion:
            "Example: stowage explain out/seed/models/model-a/model-a.scaledobject.yaml:47 --spec specs/seed.yaml")

    @Argument(help: "A generated file and a line of it: PATH:LINE.") var place: String
    @Option(help: "The spec that it was compiled from. Without it: specs/<folder below out>.yaml.") var spec: String?
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
        guard let manifest = compilation.manifests.first(where: { path == $0.path || path.hasSuffix("/\($0.path)") })
        else {
            printError(
                path.hasSuffix("PLAN.md")
                    ? "`\(path)` repeats the plan: `stowage plan \(spec)` prints it, and manifests answer for its figures"
                    : "`\(path)` is not a manifest that \(spec) makes")
            throw Status.wrongInput
        }
        let traces = trace(manifest, cluster: compilation.spec.name.value)
        var bytes: [UInt8] = []
        write(manifest, cluster: compilation.spec.name.value, to: &bytes)
        let text = SourceFile(path: manifest.path, bytes: bytes)
        guard let found = traces.first(where: { $0.line == line }) else {
            printError("`\(path)` has \(traces.count) lines")
            throw Status.wrongInput
        }
        printProduct(explanation(of: found, text: text.line(line)))
    }

    /// The spec of a file below `out/<cluster>/`, by the habit of this tool's layout.
    private func guessedSpec(_ path: String) throws -> String {
        let parts = path.split(separator: "/")
        guard let out = parts.lastIndex(of: "out"), parts.count > out + 1 else {
            throw ValidationError("`\(path)` is not below out/: name its spec with --spec")
        }
        let before = parts[..<out].joined(separator: "/")
        return (path.hasPrefix("/") ? "/" : "") + (before.isEmpty ? "" : before + "/") + "specs/\(parts[out + 1]).yaml"
    }
}
