import ArgumentParser
import Diagnostics
import Groundwork
import Verify

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Diagnostic.Severity: ExpressibleByArgument {}

extension Version: ExpressibleByArgument {
    /// Reads a version from the command line.
    public init?(argument: String) { self.init(argument) }

    /// The version as it is shown as a default.
    public var defaultValueDescription: String { text }
}

/// Checks the consistency of any manifests.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check any Kubernetes manifests for what the API server accepts but does not work.",
        discussion: """
            Example: kustomize build overlays/prod | stowage verify -
            Suppress a finding with `# stowage:allow RULE: reason` above its line, or with the annotation \
            `allow.stowage.dev/RULE: reason` on its object.
            Exit status: 0 no errors, 1 errors, 2 unreadable input.
            """)

    @Argument(help: "YAML files and folders of them; `-` reads standard input.") var paths: [String] = []
    @Option(help: "The lowest severity to report: warning or error.")
    var severity: Diagnostic.Severity = .warning
    @Option(help: "A rule or a group of rules to run, and no others. May be repeated.") var only: [String] = []
    @Option(help: "A rule or a group of rules to skip. May be repeated.") var except: [String] = []
    @Flag(help: "Exit 1 on warnings too.") var strict = false
    @Flag(
        help: """
            The paths are complete: report references to what they do not contain. Folders that `generate` wrote always are.
            """)
    var closed = false
    @Option(
        help: """
            The release of Kubernetes of the cluster. (default: that of the `plan.json` in a folder that `generate` wrote, else \
            \(PlatformVersions().kubernetes.text))
            """)
    var kubernetes: Version?
    @Option(help: "The release of Karpenter. (default: likewise, else \(PlatformVersions().karpenter.text))")
    var karpenter: Version?
    @Option(help: "The release of KEDA. (default: likewise, else \(PlatformVersions().keda.text))") var keda: Version?
    @Option(
        help:
            "A folder of CustomResourceDefinitions to check fields, types and patterns against; CEL rules are not checked."
    )
    var crds: [String] = []
    @Option(help: "A file of known findings, which are not reported.") var baseline: String?
    @Option(help: "Write the findings to a baseline, and report none.") var writeBaseline: String?
    @Flag(help: "Write the corrections that keep the intent, and report the rest.") var fix = false
    @Flag(help: "With --fix: write nothing, and print the corrections as a diff.") var dryRun = false
    @Option(help: "Print the page of a rule; `all` lists the rules.") var explain: String?
    @OptionGroup var reportOptions: ReportOptions

    func validate() throws {
        if let explain {
            if explain != "all", rule(named: explain) == nil { throw unknownRule(explain) }
        } else if dryRun, !fix {
            throw ValidationError("`--dry-run` requires `--fix`")
        } else if fix, paths.contains("-") {
            throw ValidationError("`--fix` cannot be used with standard input")
        } else if paths.isEmpty {
            throw ValidationError("pass a folder or a file, or `-` for standard input")
        }
    }

    func run() throws {
        if let explain { return printProduct(rule(named: explain)?.page ?? rulesIndex()) }
        let (choice, unknown) = RuleSelection.of(only: only, except: except, severity: severity)
        if let unknown { throw unknownRule(unknown) }
        var problems = Report()
        let trees = readTrees(paths, isClosed: closed, &problems)
        let known = try baseline.map { path in
            guard let file = readSource(path, &problems), let known = Baseline(file, &problems) else {
                try reportOptions.finish(problems)
                throw Status.wrongInput
            }
            return known
        }
        var report = problems
        let schemas = schemas(&report)
        let corrections = trees.flatMap {
            verify($0, choice, versions: versions($0), schemas: schemas, &report)
        }
        if fix, !corrections.isEmpty { return try correct(corrections) }
        let isUnreadable = report.diagnostics.contains { $0.severity == .error && rule(named: $0.code) == nil }
        if let writeBaseline {
            try replaceFile(writeBaseline, Array(Baseline(report.diagnostics).text.utf8))
        } else {
            let (found, stale) = known?.unknown(among: report.diagnostics) ?? (report.diagnostics, 0)
            reportOptions.print(found)
            if stale > 0 {
                printError("\(stale) of the baseline's findings no longer occur; --write-baseline removes them")
            }
            if !isUnreadable, found.contains(where: { $0.severity == .error || strict }) { throw Status.differences }
        }
        if isUnreadable { throw Status.wrongInput }
    }

    /// Writes or shows corrections, then reports what is left.
    private func correct(_ corrections: [Correction]) throws {
        let files = apply(corrections)
        if dryRun {
            for (file, bytes) in files {
                let lines = unifiedDiff(old: file.bytes, new: bytes, path: file.path)
                stowage.write(Groundwork.print(lines, inColor: wantsColor(STDOUT_FILENO)), to: STDOUT_FILENO)
            }
            throw Status.differences
        }
        for (file, bytes) in files {
            try replaceFile(file.path, bytes)
            printError("corrected \(file.path)")
        }
        var rest = self
        rest.fix = false
        try rest.run()
    }

    /// The releases that a tree is for.
    private func versions(_ tree: SourceTree) -> PlatformVersions {
        let own = tree.planned?.versions ?? PlatformVersions()
        return PlatformVersions(
            kubernetes: kubernetes ?? own.kubernetes, karpenter: karpenter ?? own.karpenter, keda: keda ?? own.keda)
    }

    /// The known schemas, with those of the user's own definitions.
    private func schemas(_ report: inout Report) -> Schemas {
        var schemas = Schemas.known
        for folder in crds {
            var count = 0
            for file in readTrees([folder], isClosed: false, &report).flatMap(\.files) {
                count += schemas.addDefinitions(of: file, &report)
            }
            if count == 0 {
                report.error("no-definitions", "`\(folder)` contains no CustomResourceDefinition", at: nil)
            }
        }
        return schemas
    }

    private func unknownRule(_ name: String) -> ValidationError {
        let proposal = ruleMeant(by: name).map { "; did you mean `\($0)`?" } ?? ""
        return ValidationError("rule `\(name)` does not exist\(proposal)")
    }
}
