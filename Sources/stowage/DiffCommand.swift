import ArgumentParser
import Compiler
import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Shows what compiling a spec would change.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what compiling a spec would change in its folder; exit 1 if anything.")

    @Argument(help: "A GPUCluster file; `-` reads standard input.") var spec: String
    @Option(name: .shortAndLong, help: "The output folder. Without it: out/<name of the cluster>.") var output: String?
    @OptionGroup var templateOptions: TemplateOptions
    @OptionGroup var reportOptions: ReportOptions

    func run() throws {
        var report = Report()
        let file = readSpec(spec, &report)
        let templates = templateOptions.library(beside: spec, &report)
        let compilation = file.flatMap { compile($0, with: templates, &report) }
        let tree = compilation?.files(&report)
        try reportOptions.finish(report)
        guard let file, let compilation, let tree else { throw Status.wrongInput }
        let folder = output ?? "out/\(compilation.spec.name.value)"
        let lock = Lock(compiler: compilerVersion, inputs: inputsDigest(file, templates), tree: tree)
        let comparison = try compare(tree, lock, with: folder, &report)
        try reportOptions.finish(report)
        guard let comparison else { throw Status.wrongInput }
        let lines = try unifiedDiff(of: tree, comparison, in: folder)
        stowage.write(print(lines, inColor: wantsColours(STDOUT_FILENO)), to: STDOUT_FILENO)
        if !lines.isEmpty { throw Status.differences }
    }
}
