import ArgumentParser
import Compiler
import Diagnostics
import Groundwork
import Planning

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Shows what compiling a spec would change.
struct DiffCommand: ParsableCommand {
    /// The output format of the difference and of diagnostics.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case human, markdown, json, github, sarif

        /// The format of diagnostics that goes with it.
        var diagnostics: DiagnosticFormat { DiagnosticFormat(rawValue: rawValue) ?? .human }
    }

    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what compiling a spec would change in its folder; exit 1 on differences.")

    @Argument(help: "A GPUCluster file; `-` reads standard input.") var spec: String
    @Option(
        name: [.short, .long, .customLong("against")],
        help: "The folder to compare with, for example of another revision. Default: out/<cluster name>.")
    var output: String?
    @Option(
        help:
            "The output format: a unified diff, or Markdown for reviewers. The others apply to diagnostics only."
    )
    var format: Format = .human
    @OptionGroup var templateOptions: TemplateOptions

    func run() throws {
        let reporter = Reporter(format: format.diagnostics)
        var report = Report()
        let file = readSpec(spec, &report)
        let templates = templateOptions.library(beside: spec, &report)
        let compilation = file.flatMap { compile($0, with: templates, &report) }
        let tree = compilation?.files(&report)
        try reporter.finish(report)
        guard let compilation, let tree else { throw Status.wrongInput }
        let folder = output ?? "out/\(compilation.spec.name.value)"
        let comparison = try compare(tree, with: folder, &report)
        try reporter.finish(report)
        guard let comparison else { throw Status.wrongInput }
        if format == .markdown {
            printProduct(review(tree, of: compilation.spec.name.value, comparison, in: folder))
            if !comparison.isUnchanged { throw Status.differences }
            return
        }
        let lines = try unifiedDiff(of: tree, comparison, in: folder)
        stowage.write(print(lines, inColor: wantsColor(STDOUT_FILENO)), to: STDOUT_FILENO)
        if !lines.isEmpty { throw Status.differences }
    }

    /// The page for reviewers: the figures of the tree next to those in the folder.
    private func review(_ tree: FileTree, of cluster: String, _ comparison: TreeComparison, in folder: String) -> String
    {
        let name = "plan.json"
        let new = tree.files.first { $0.path == name }.map { SourceFile(path: name, bytes: $0.bytes) }
        var ignored = Report()
        let old = readSource("\(folder)/\(name)", &ignored)
        return reviewPage(
            of: cluster, before: old, after: new ?? SourceFile(path: name, text: "{}"), comparison, in: folder)
    }
}
