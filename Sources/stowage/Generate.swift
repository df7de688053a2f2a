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

/// Compiles specs into trees of manifests.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compile specs into trees of manifests, each written all or nothing.")

    @OptionGroup var arguments: SpecArguments
    @Option(name: .shortAndLong, help: "The output folder; `-` streams. Without it: out/<name of the cluster>.")
    var output: String?
    @Flag(help: "Write nothing; exit 1 when the folder is not what would be written.") var check = false
    @Flag(help: "Write nothing; list what would be.") var dryRun = false
    @Flag(help: "Overwrite files that were edited by hand.") var force = false
    @OptionGroup var templateOptions: TemplateOptions
    @OptionGroup var reportOptions: ReportOptions

    func validate() throws {
        if check, output == "-" { throw ValidationError("`--check` compares with a folder, not with a stream") }
    }

    func run() throws {
        var report = Report()
        let paths = arguments.paths(&report)
        if output != nil, paths.count > 1 { throw ValidationError("`--output` takes one spec") }
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
        let refused = paths.count - outcomes.count { !$0.report.hasErrors }
        if refused > 0, paths.count > 1 { printError("\(refused) of \(paths.count) clusters refused") }
        if report.hasErrors { throw Status.wrongInput }
        if outcomes.contains(where: \.differs) { throw Status.differences }
    }

    /// Compiles one spec, and writes or compares its folder.
    private func outcome(of cluster: Cluster, isSole: Bool) -> Outcome {
        var outcome = Outcome(report: cluster.report)
        guard let source = cluster.source else { return outcome }
        let templates = templateOptions.library(beside: cluster.path, &outcome.report)
        guard let compilation = compile(source, with: templates, &outcome.report) else { return outcome }
        // The process ends soon: giving a large plan back piece by piece would cost a tenth of the run.
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

    /// Writes the objects as one stream: what `kubectl apply -f -` takes.
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
            outcome.message = "\(folder) is not what its spec makes; run `stowage generate` and commit the result"
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

/// What became of one spec.
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
