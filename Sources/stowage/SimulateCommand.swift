import ArgumentParser
import Compiler
import Diagnostics
import Groundwork
import Simulate

/// Simulates the traffic and incidents of a cluster over its manifests.
struct SimulateCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract:
            "Replay traffic and incidents over manifests: requests, autoscalers, scheduler and Karpenter in virtual time.",
        discussion: """
            Example: stowage simulate specs/seed.yaml --model model-a --shape surge:peak@10m
            A folder of manifests is simulated as it is; what manifests do not say is taken from its spec, or from `--operating-point`.
            The same seed gives the same result. Exit status: 0 success, 1 an `--assert` that fails, 2 invalid input.
            """)

    @Argument(help: "A GPUCluster file, or a folder of manifests; two of them are compared.") var paths: [String]
    @Option(help: "The spec of a folder of manifests. Default: specs/<folder below out>.yaml, if it exists.")
    var spec: String?
    @Option(
        help: "A model whose load has the shape or the trace; the others keep theirs. May be repeated. Default: all.")
    var model: [String] = []
    @Option(help: "The load over time: \(LoadShape.kinds.joined(separator: ", ")).") var shape: String?
    @Option(
        help:
            "A CSV of requests, with the columns seconds, input and output or those of the Azure LLM inference traces.")
    var trace: String?
    @Option(help: "Multiply the load by this number.") var rate: Double = 1
    @Option(
        help: ArgumentHelp(
            "An event, as `30m prometheus-down=10m`: \(Incident.kinds.joined(separator: ", ")). `+20m` ends it. May be repeated.",
            valueName: "time event"))
    var event: [String] = []
    @Flag(help: "Evaluate the alerts of the PrometheusRules over the simulated series.") var alerts = false
    @Option(help: "The number of runs, each with another seed and other phases of scrapes and scalers.") var runs = 1
    @Option(help: "The seed of the first run.") var seed: UInt64 = 1
    @Option(help: "The time to simulate. Default: a day, two hours after a surge, or that of the trace.")
    var duration: String?
    @Option(
        name: .customLong("operating-point"),
        help: ArgumentHelp(
            "The replicas of a model that no spec describes: `\(SimulatedPlan.Model.form)`. May be repeated.",
            valueName: "point"))
    var operatingPoint: [String] = []
    @Option(
        name: .customLong("assert"),
        help: ArgumentHelp(
            "A condition on every model with the objective: \(SimulationCondition.forms). May be repeated.",
            valueName: "condition"))
    var conditions: [String] = []
    @Option(help: "Also write a page with the timeline to this file, which needs neither a network nor scripts.")
    var html: String?
    @Option(help: "Also write the series of the first run to this file, in the text format of OpenMetrics.")
    var openmetrics: String?
    @Flag(
        name: .customLong("report"),
        help:
            "Write SURGE.md and SURGE.svg beside PLAN.md: what a surge of each model from steady to peak load does, and what it takes to hold it."
    )
    var writesReport = false
    @Option(help: "The output format of the result and of diagnostics.") var format: Format = .table
    @OptionGroup var templateOptions: TemplateOptions

    func validate() throws {
        if paths.count > 2 { throw ValidationError("pass one spec or folder, or two to compare") }
        if paths.count == 2, html != nil || openmetrics != nil {
            throw ValidationError("`--html` and `--openmetrics` cannot be used with two specs or folders")
        }
        let hasScenario =
            !model.isEmpty || shape != nil || trace != nil || rate != 1 || !event.isEmpty || alerts || runs != 1
            || duration != nil || !operatingPoint.isEmpty || !conditions.isEmpty || html != nil || openmetrics != nil
            || format == .json
        if writesReport, paths.count != 1 || hasScenario {
            throw ValidationError("`--report` takes one spec or folder, and only `--spec`, `--seed` and `--templates`")
        }
    }

    func run() throws {
        if writesReport, let path = paths.first { return try writeSurgeReport(path) }
        var report = Report()
        let reporter = Reporter(format: format == .json ? .json : .human)
        let scenario = scenario(&report)
        let asserted = conditions.compactMap { text -> SimulationCondition? in
            let condition = SimulationCondition(text)
            if condition == nil {
                report.error(
                    "assertion-invalid", "`\(text)` is not a condition", at: nil,
                    help: ["use \(SimulationCondition.forms)"])
            }
            return condition
        }
        let clusters = clusters(&report)
        var results: [[ReplayResult]] = []
        if !report.hasErrors {
            for cluster in clusters { if let runs = simulate(cluster, scenario, &report) { results.append(runs) } }
        }
        try reporter.finish(report)
        guard results.count == clusters.count, let cluster = clusters.first else { throw Status.wrongInput }
        if clusters.count == 2 {
            printProduct(
                format == .json
                    ? JSON.array(zip(clusters, results).map { simulationJSON($0, scenario, $1) }).page
                    : simulationComparison(scenario, (clusters[0], results[0]), (clusters[1], results[1])))
        } else {
            printProduct(
                format == .json
                    ? simulationJSON(cluster, scenario, results[0]).page
                    : simulationPage(cluster, scenario, results[0]))
        }
        if let openmetrics, let series = results[0].first?.series {
            try writePage(openMetrics(series), to: openmetrics, reporter)
        }
        if let html { try writePage(simulationHTML(cluster, scenario, results[0]), to: html, reporter) }
        let failures = asserted.flatMap { condition in results.flatMap { condition.failures($0) } }
        for failure in failures { printError(failure) }
        if !failures.isEmpty { throw Status.differences }
    }

    private func writePage(_ text: String, to path: String, _ reporter: Reporter) throws {
        do { try replaceFile(path, Array(text.utf8)) } catch {
            var report = Report()
            report.error("output-failed", error.description, at: nil, help: ["use a path that can be written"])
            try reporter.finish(report)
        }
        printError("wrote \(path)")
    }

    /// Simulates a surge of each model, and writes what happens beside the plan.
    private func writeSurgeReport(_ path: String) throws {
        var report = Report()
        let reporter = Reporter(format: .human)
        var study: (folder: String, SurgeStudy)?
        if let (folder, spec) = surgeFolder(path, &report), let source = readSpec(spec, &report) {
            let templates = templateOptions.library(beside: spec, &report)
            if let compilation = compile(source, with: templates, &report) {
                let folder = folder ?? "out/\(compilation.spec.name.value)"
                if !exists("\(folder)/PLAN.md") {
                    report.error(
                        "report-folder-without-plan",
                        "`\(folder)` has no `PLAN.md`, which the report is written beside",
                        at: nil, help: ["run `stowage generate \(spec)`, or pass the folder with `--spec \(spec)`"])
                } else if let cluster = isFolder(path)
                    ? cluster(path, &report) : SimulatedCluster(compilation, &report),
                    let found = studySurges(cluster, of: compilation, with: templates, seed: seed, &report)
                {
                    study = (folder, found)
                }
            }
        }
        try reporter.finish(report)
        guard let (folder, study) = study else { throw Status.wrongInput }
        try writePage(surgePage(study, picture: "SURGE.svg"), to: "\(folder)/SURGE.md", reporter)
        try writePage(surgePicture(study), to: "\(folder)/SURGE.svg", reporter)
    }

    /// The folder beside whose plan a report is written, nil for the usual one, and its spec.
    private func surgeFolder(_ path: String, _ report: inout Report) -> (folder: String?, spec: String)? {
        guard isFolder(path) else { return (nil, path) }
        if let spec = spec ?? guessedSpec(path) { return (path, spec) }
        report.error(
            "report-without-spec", "the spec of `\(path)` is unknown: the report compiles it with more replicas",
            at: nil,
            help: ["pass it with `--spec`"])
        return nil
    }

    /// Reads what is to be simulated; every mistake is reported.
    private func scenario(_ report: inout Report) -> LoadScenario {
        var scenario = LoadScenario()
        scenario.models = model
        scenario.seed = seed
        scenario.hasAlerts = alerts || openmetrics != nil
        scenario.rate = rate
        if !(rate > 0 && rate <= 1000) {
            report.error("rate-invalid", "`--rate` is \(rate)", at: nil, help: ["use a number above 0, at most 1000"])
        }
        scenario.runs = runs
        if !(1...1000).contains(runs) {
            report.error("runs-invalid", "`--runs` is \(runs)", at: nil, help: ["use a number from 1 to 1000"])
        }
        if let shape {
            if let read = LoadShape(shape) {
                scenario.shape = read
            } else {
                report.error(
                    "shape-unknown", "`\(shape)` is not a shape of load", at: nil,
                    help: ["use one of \(LoadShape.kinds.map { "`\($0)`" }.joined(separator: ", "))"])
            }
        }
        if let duration {
            if let seconds = queryDuration(duration), seconds >= 60, seconds <= 31_622_400 {
                scenario.duration = seconds
            } else {
                report.error(
                    "duration-invalid", "`\(duration)` is not a duration of 1 minute to 1 year", at: nil,
                    help: ["use a duration such as `90m` or `7d`"])
            }
        }
        for text in event {
            if let incident = Incident(text) {
                scenario.incidents.append(incident)
            } else {
                report.error(
                    "event-invalid", "`\(text)` is not an event", at: nil,
                    help: [
                        "write a time and one of \(Incident.kinds.map { "`\($0)`" }.joined(separator: ", ")), as in `30m rollout`"
                    ])
            }
        }
        if let trace, let file = readSource(trace, &report) {
            scenario.trace = readTrace(file, speed: rate > 0 ? rate : 1, &report)
        }
        return scenario
    }

    /// Reads the manifests of each path, and what is known of their models.
    private func clusters(_ report: inout Report) -> [SimulatedCluster] {
        let points = operatingPoint.compactMap { text -> SimulatedPlan.Model? in
            let point = SimulatedPlan.Model(text)
            if point == nil {
                report.error(
                    "operating-point-invalid", "`\(text)` is not an operating point", at: nil,
                    help: ["write it as `\(SimulatedPlan.Model.form)`"])
            }
            return point
        }
        var clusters: [SimulatedCluster] = []
        for path in paths {
            guard var cluster = cluster(path, &report) else { continue }
            // What is known of a model of one side holds for the other, too.
            let known = clusters.first?.plan.models ?? []
            let names = Set(cluster.plan.models.map(\.name))
            cluster.plan = cluster.plan.replacing(known.filter { !names.contains($0.name) }).replacing(points)
            clusters.append(cluster)
        }
        return clusters
    }

    private func cluster(_ path: String, _ report: inout Report) -> SimulatedCluster? {
        guard isFolder(path) else {
            guard let compiled = compiled(path, &report) else { return nil }
            return SimulatedCluster(compiled, &report)
        }
        var found = Report()
        let objects = manifestFiles(below: path, &found).flatMap { readObjects($0, &found) }
        report.add(found)
        guard !found.hasErrors else { return nil }
        var plan = SimulatedPlan(name: path, conditions: .usual)
        if let spec = spec ?? guessedSpec(path) {
            guard let compiled = compiled(spec, &report) else { return nil }
            plan = SimulatedPlan(compiled.plan)
        }
        return SimulatedCluster(name: path, objects: objects, plan: plan)
    }

    private func compiled(_ path: String, _ report: inout Report) -> Compilation? {
        guard let source = readSpec(path, &report) else { return nil }
        return compile(source, with: templateOptions.library(beside: path, &report), &report)
    }

    /// The spec of a tree below `out/`, by the usual layout; nil if there is none.
    private func guessedSpec(_ path: String) -> String? {
        let parts = path.split(separator: "/").filter { $0 != "." }
        guard parts.count > 1, parts[parts.count - 2] == "out", let name = parts.last else { return nil }
        let before = (path.hasPrefix("/") ? "/" : "") + parts.dropLast(2).map { "\($0)/" }.joined()
        let spec = "\(before)specs/\(name).yaml"
        return exists(spec) ? spec : nil
    }
}
