import ArgumentParser
import Diagnostics
import Groundwork
import Import

extension Patching: ExpressibleByArgument {}

/// Writes a spec of an existing cluster.
struct ImportCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case human, json }

    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Write the spec of existing manifests, and compare what it generates with them.",
        discussion: """
            Example: kubectl get -A deploy,svc,sa,hpa,pdb,cm,ns,nodepools,ec2nodeclasses,scaledobjects,servicemonitors,prometheusrules \
            -o yaml | stowage import - > specs/prod.yaml
            The spec goes to standard output, everything else to standard error; with `-o FILE --format json` the comparison goes to standard \
            output. Nothing in a cluster is read or changed.
            Exit status: 0 the spec generates what exists, 1 differences remain, 2 the spec does not compile, or unreadable input.
            """)

    @Argument(help: "YAML files and folders of them; `-` reads standard input.") var paths: [String]
    @Option(name: .shortAndLong, help: "The file to write the spec to.") var output: String?
    @Option(help: "The format of the comparison.") var format: Format = .human
    @Option(help: "Which differences patches in the spec remove: all, those with an effect (needed), or none.")
    var patches: Patching = .all
    @Flag(
        help:
            "Keep Deployments, StatefulSets and LeaderWorkerSets as existing workloads: the spec names them, and what they have to change is a patch."
    )
    var keepWorkloads = false
    @Option(help: "The name of the spec. (default: that of the cluster)") var name: String?
    @Option(help: "The name of the EKS cluster.") var cluster: String?
    @Option(help: "The AWS region.") var region: String?
    @Option(help: "The release of Kubernetes.") var kubernetes: Version?
    @Option(help: "The release of Karpenter.") var karpenter: Version?
    @Option(help: "The release of KEDA.") var keda: Version?
    @Option(help: "The Git repository that Argo CD reads.") var repository: String?
    @Option(help: ArgumentHelp("The catalog's name of what a model serves. May be repeated.", valueName: "model=name"))
    var source: [String] = []

    func validate() throws {
        if paths.isEmpty { throw ValidationError("pass a folder or a file, or `-` for standard input") }
        for text in source where text.split(separator: "=").count != 2 {
            throw ValidationError("`\(text)` is not `MODEL=NAME`")
        }
    }

    func run() throws {
        var report = Report()
        let tree = readObjects(readTrees(paths, isClosed: false, &report), &report)
        let reporter = Reporter(format: format == .json ? .json : .human)
        if report.hasErrors { return try reporter.finish(report) }
        let result = importSpec(tree, options, patching: patches, &report)
        if let output { try replaceFile(output, Array(result.text.utf8)) } else { printProduct(result.text) }
        reporter.show(report)
        let proof = format == .json ? result.proofJSON : result.proofText
        if output != nil, format == .json { printProduct(proof) } else { printError(proof) }
        guard let proof = result.proof else { throw Status.wrongInput }
        if !proof.isEqual { throw Status.differences }
    }

    private var options: ImportOptions {
        var options = ImportOptions()
        options.name = name
        options.cluster = cluster
        options.region = region
        options.kubernetes = kubernetes
        options.karpenter = karpenter
        options.keda = keda
        options.repository = repository
        options.keepsWorkloads = keepWorkloads
        for text in source {
            let parts = text.split(separator: "=").map(String.init)
            options.sources[parts[0]] = parts[1]
        }
        return options
    }
}
