import ArgumentParser
import Compiler
import Diagnostics

/// Prints the plan of a spec.
struct PlanCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Print what a spec comes to: shapes, replicas, thresholds, pools, dollars a month.")

    @Argument(help: "A GPUCluster file; `-` reads standard input.") var spec: String
    @Option(help: "How the plan, and what is wrong with the spec, is printed.") var format: Format = .table

    func run() throws {
        var report = Report()
        var made: Plan?
        if let file = readSpec(spec, &report), let spec = understand(file, &report) { made = plan(spec, &report) }
        try Reporter(format: format == .json ? .json : .human).finish(report)
        guard let made else { throw Status.wrongInput }
        printProduct(format == .json ? figures(made) : page(made))
    }
}
