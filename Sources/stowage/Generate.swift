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

/// Compiles specs into folders of manifests.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compile specs into folders of manifests, each written completely or not at all.")

    @OptionGroup var arguments: SpecArguments
    @Option(name: .shortAndLong, help: "The output folder; `-` writes to standard output. Default: out/<cluster name>.")
    var output: String?
    @Flag(help: "Write nothing; exit 1 if the folder differs from what would be written.") var check = false
    @Flag(help: "Write nothing; list what would be written.") var dryRun = false
    @Flag(help: "Overwrite files that were edited by hand.") var force = false
    @OptionGroup var templateOptions: TemplateOptions
    @OptionGroup var reportOptions: ReportOptions

    func validate() throws {
        if check, output == "-" { throw ValidationError("`--check` compares with a folder, not with standard output") }
    }

    func run() throws {
        var report = Report()
        let paths = arguments.paths(&report)
        if output != nil, paths.count > 1 { throw ValidationError("`--output` can be used with one spec only") }
        let clusters = distinct(concurrently(paths, width: arguments.width, Cluster.init(reading:)), &report)
        let progress = Progress(of: clusters.count)
        let outcomes = concurrently(clusters, width: arguments.width) { [run = self] cluster in
            defer { progress.advance(cluster.path) }
            return run.outcome(of: cluster, isSole: clusters.count == 1)
        }
        progress.finish()
        for outcome in outcomes { report.add(outcome.report) }
        reportOptions.show(report)
        for outcome in outcomes { printProduct(outcome.product) }
        for outcome in outcomes where !outcome.message.isEmpty { printError(outcome.message) }
        let rejected = paths.count - outcomes.count { !$0.report.hasErrors }
        if rejected > 0, paths.count > 1 { printError("\(rejected) of \(paths.count) clusters failed") }
        if report.hasErrors { throw Status.wrongInput }
        if outcomes.contains(where: \.differs) { throw Status.differences }
    }

    /// Compiles one spec, and writes or compares its folder.
    private func outcome(of cluster: Cluster, isSole: Bool) -> Outcome {
        var outcome = Outcome(report: cluster.report)
        guard let source = cluster.source else { return outcome }
        let templates = templateOptions.library(beside: cluster.path, &outcome.report)
        guard let compilation = compile(source, with: templates, &outcome.report) else { return outcome }
        // The process ends soon: freeing a large plan would cost a tenth of the run.
        if isSole { _ = Unmanaged.passRetained(Kept(compilation)) }
        if output == "-" {
            stream(compilation)
            return outcome
        }
        let tree = compilation.files(&outcome.report)
        guard !outcome.report.hasErrors else { return outcome }
        let folder = output ?? "out/\(compilation.spec.name.value)"
        do {
            try check || dryRun ? compare(tree, folder, &outcome) : write(tree, folder, &outcome)
        } catch {
            outcome.report.error("output-failed", "\(error)", at: nil)
        }
        return outcome
    }

    /// Writes the objects to standard output, for `kubectl apply -f -`.
    private func stream(_ compilation: Compilation) {
        var bytes: [UInt8] = []
        for (index, manifest) in compilation.manifests.filter(\.isForTheCluster).enumerated() {
            if index > 0 { bytes += "---\n".utf8 }
            Groundwork.write(manifest, cluster: compilation.spec.name.value, to: &bytes)
            if bytes.count > 1 << 20 {
                stowage.write(bytes, to: STDOUT_FILENO)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        stowage.write(bytes, to: STDOUT_FILENO)
    }

    private func compare(_ tree: FileTree, _ folder: String, _ outcome: inout Outcome) throws {
        guard let comparison = try Groundwork.compare(tree, with: folder, &outcome.report) else { return }
        for file in comparison.files where file.change != .unchanged {
            outcome.product += "\(file.change.words) \(folder)/\(file.path)\n"
        }
        if check, !comparison.isUnchanged {
            outcome.message =
                "\(folder) differs from what its spec generates; run `stowage generate` and commit the result"
            outcome.differs = true
        }
    }

    private func write(_ tree: FileTree, _ folder: String, _ outcome: inout Outcome) throws {
        let comparison = try Groundwork.write(tree, to: folder, force: force, &outcome.report)
        guard let comparison, !outcome.report.hasErrors else { return }
        let changed = comparison.files.count { $0.change != .unchanged }
        outcome.message =
            comparison.isUnchanged
            ? "\(folder): \(comparison.files.count) files, unchanged"
            : "\(folder): \(comparison.files.count) files, \(changed) written"
    }
}

/// The outcome of one spec.
private struct Outcome: Sendable {
    var report: Report
    /// The list for standard output.
    var product = ""
    /// The line for standard error.
    var message = ""
    var differs = false
}

/// What is kept until the process ends.
private final class Kept {
    let compilation: Compilation

    init(_ compilation: Compilation) { self.compilation = compilation }
}
