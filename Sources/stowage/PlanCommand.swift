import ArgumentParser
import Compiler
import Diagnostics

/// Prints the plan of a spec.
struct PlanCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Print what a spec comes to: shapes, replicas, thresholds, pools, dollars a month.")

    @Argument(help: "A GPUCluster file; `-` reads standard input.") var spec: String
    @Option(help: "How the plan is printed.") var format: Format = .table
    @OptionGroup var reportOptions: ReportOptions

    func run() throws {
        var report = Report()
        let plan = readSource(spec, &report).flatMap { understand($0, &report) }.flatMap { plan($0, &report) }
        try reportOptions.finish(report)
        guard let plan else { throw Status.wrongInput }
        printProduct(format == .json ? figures(plan).page : page(plan))
    }
}

/// Makes the plan; named apart from the command's own `plan`.
private func plan(_ spec: ClusterSpec, _ report: inout Report) -> Plan? { Compiler.plan(spec, &report) }
