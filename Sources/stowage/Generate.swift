import ArgumentParser
import Compiler
import Diagnostics
import YAML

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

    @Argument(help: "GPUCluster files; `-` reads standard input.") var specs: [String]
    @Option(name: .shortAndLong, help: "The output folder; `-` streams. Without it: out/<name of the cluster>.")
    var output: String?
    @Flag(help: "Write nothing; exit 1 when the folder is not what would be written.") var check = false
    @Flag(help: "Write nothing; list what would be.") var dryRun = false
    @Flag(help: "Overwrite files that were edited by hand.") var force = false
    @OptionGroup var templateOptions: TemplateOptions
    @OptionGroup var reportOptions: ReportOptions

    func validate() throws {
        if output != nil, output != "-", specs.count > 1 {
            throw ValidationError("`--output` names the folder of one spec")
        }
        if check, output == "-" { throw ValidationError("`--check` compares with a folder, not with a stream") }
    }

    func run() throws {
        var worst: Status?
        for spec in specs {
            do { try run(spec) } catch let status as Status {
                worst = worst.map { $0.code >= status.code ? $0 : status } ?? status
            }
        }
        if let worst { throw worst }
    }

    private func run(_ spec: String) throws {
        var report = Report()
        guard let file = readSource(spec, &report) else { return try reportOptions.finish(report) }
        let templates = templateOptions.library(beside: spec, &report)
        let inputs = inputsDigest(file, templates)
        if check, let folder = output ?? outputFolder(of: file), isCurrent(folder, inputs) { return }
        let compilation = compile(file, with: templates, &report)
        // The process ends soon: giving a large plan back piece by piece would cost a tenth of the run.
        _ = compilation.map { Unmanaged.passRetained(Kept($0)) }
        if output == "-" {
            try reportOptions.finish(report)
            if let compilation { stream(compilation) }
            return
        }
        guard let compilation, !report.hasErrors else { return try reportOptions.finish(report) }
        let tree = compilation.files(&report)
        let folder = output ?? "out/\(compilation.spec.name.value)"
        let lock = Lock(compiler: compilerVersion, inputs: inputs, tree: tree)
        try reportOptions.finish(report)
        try check || dryRun ? compare(tree, lock, folder) : write(tree, lock, folder)
    }

    /// Whether a folder holds exactly what these inputs made before: then nothing has to be compiled to know it.
    private func isCurrent(_ folder: String, _ inputs: String) -> Bool {
        var report = Report()
        guard let lock = try? readLock(in: folder, &report), lock.inputs == inputs, lock.compiler == compilerVersion
        else {
            return false
        }
        return (try? isUnchanged(folder, lock: lock)) ?? false
    }

    private func outputFolder(of file: SourceFile) -> String? {
        var report = Report()
        return readYAML(file, &report)?.first?["metadata"]?["name"]?.scalar.map { "out/\($0.text)" }
    }

    /// Writes the objects as one stream: what `kubectl apply -f -` takes.
    private func stream(_ compilation: Compilation) {
        var bytes: [UInt8] = []
        for (index, manifest) in compilation.manifests.filter(\.isForTheCluster).enumerated() {
            if index > 0 { bytes += "---\n".utf8 }
            Compiler.write(manifest, cluster: compilation.spec.name.value, to: &bytes)
            if bytes.count > 1 << 20 {
                stowage.write(bytes, to: STDOUT_FILENO)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        stowage.write(bytes, to: STDOUT_FILENO)
    }

    private func compare(_ tree: FileTree, _ lock: Lock, _ folder: String) throws {
        var report = Report()
        let comparison = try Compiler.compare(tree, lock, with: folder, &report)
        try reportOptions.finish(report)
        guard let comparison else { throw Status.wrongInput }
        for file in comparison.files where file.change != .unchanged {
            printProduct("\(file.change.words) \(folder)/\(file.path)\n")
        }
        if check, !comparison.isUnchanged {
            printError("\(folder) is not what its spec makes; run `stowage generate` and commit the result")
            throw Status.differences
        }
    }

    private func write(_ tree: FileTree, _ lock: Lock, _ folder: String) throws {
        var report = Report()
        let comparison: TreeComparison?
        do {
            comparison = try Compiler.write(tree, lock: lock, to: folder, force: force, &report)
        } catch let failure as IOFailure {
            report.error("output-failed", failure.description, at: nil)
            comparison = nil
        }
        try reportOptions.finish(report)
        guard let comparison else { throw Status.wrongInput }
        let changed = comparison.files.count { $0.change != .unchanged }
        printError(
            comparison.isUnchanged
                ? "\(folder): \(comparison.files.count) files, unchanged"
                : "\(folder): \(comparison.files.count) files, \(changed) written")
    }
}

/// What is kept until the process ends.
private final class Kept {
    let compilation: Compilation

    init(_ compilation: Compilation) { self.compilation = compilation }
}
