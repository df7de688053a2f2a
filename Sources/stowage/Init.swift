import ArgumentParser
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

/// Writes a starter spec.
struct Init: ParsableCommand {
    enum Engine: String, ExpressibleByArgument, CaseIterable { case argocd, flux }

    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a commented starter spec.",
        discussion:
            "On a terminal, it asks for values that no option sets; an empty answer takes the value in brackets.")

    @Argument(help: "The path of the spec; `-` prints it.") var path = "specs/cluster.yaml"
    @Option(help: "The name of the cluster.") var name: String?
    @Option(help: "The AWS region.") var region: String?
    @Option(help: "The version of Kubernetes, for example 1.35.") var kubernetes: String?
    @Option(help: "The version of Karpenter, for example 1.14.") var karpenter: String?
    @Option(help: "The version of KEDA, for example 2.20.") var keda: String?
    @Option(help: "The first model, by its name on Hugging Face.") var model: String?
    @Option(help: "The GitOps controller that syncs the manifests.") var gitops: Engine?
    @Option(help: "The Git repository of the manifests; with --gitops.") var repository: String?
    @OptionGroup var reportOptions: ReportOptions

    func validate() throws {
        if (gitops == nil) != (repository == nil) {
            throw ValidationError("`--gitops` and `--repository` must be used together")
        }
    }

    func run() throws {
        var settings = StarterSettings()
        settings.name = answer("name of the cluster", name, settings.name)
        settings.region = answer("AWS region", region, settings.region)
        settings.kubernetes = answer("version of Kubernetes", kubernetes, settings.kubernetes)
        settings.karpenter = answer("version of Karpenter", karpenter, settings.karpenter)
        settings.keda = answer("version of KEDA", keda, settings.keda)
        settings.source = answer("first model", model, settings.source)
        settings.delivery = gitops.flatMap { engine in repository.map { (engine.rawValue, $0) } }
        let text = starterSpec(settings)
        var report = Report()
        // The answers may be wrong: then nothing is written, and the messages say where.
        _ = understand(SpecSource(SourceFile(path: path == "-" ? "<new spec>" : path, text: text)), &report)
        try reportOptions.finish(report)
        if path == "-" { return printProduct(text) }
        do { try createFile(path, Array(text.utf8)) } catch {
            report.error("output-failed", error.description, at: nil, help: ["use another path, or `-` to print it"])
        }
        try reportOptions.finish(report)
        printError("wrote \(path); next: stowage plan \(path), then stowage generate \(path)")
    }

    /// The value of an option, else the answer on a terminal, else the default.
    private func answer(_ question: String, _ option: String?, _ fallback: String) -> String {
        if let option { return option }
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return fallback }
        write(Array("\(question) [\(fallback)]: ".utf8), to: STDERR_FILENO)
        let line = readLine() ?? ""
        return line.allSatisfy(\.isWhitespace) ? fallback : line
    }
}
