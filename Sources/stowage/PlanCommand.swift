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

    @Option(help: "Write a page with charts to this file besides: it needs neither a network nor a script.")
    var html: String?

    func run() throws {
        var report = Report()
        var made: Plan?
        if let file = readSource(spec, &report), let spec = understand(file, &report) { made = plan(spec, &report) }
        try Reporter(format: format == .json ? .json : .human).finish(report)
        guard let made else { throw Status.wrongInput }
        if let html { try writeReport(made, to: html) }
        printProduct(format == .json ? figures(made) : page(made))
    }

    private func writeReport(_ plan: Plan, to path: String) throws {
        do { try replaceFile(path, Array(htmlReport(plan).utf8)) } catch {
            var report = Report()
            report.error("output-failed", error.description, at: nil, help: ["name a file that can be written"])
            try Reporter(format: .human).finish(report)
        }
        printError("wrote \(path)")
    }
}
