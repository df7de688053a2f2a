import ArgumentParser
import Compiler
import Diagnostics
import Groundwork
import Planning

/// Prints the plan of a spec.
struct PlanCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Print what a spec comes to: shapes, replicas, thresholds, pools, dollars a month.")

    @Argument(help: "A GPUCluster file; `-` reads standard input.") var spec: String
    @Option(help: "How the plan, and what is wrong with the spec, is printed.") var format: Format = .table
    @Option(
        name: .customLong("what-if"),
        help: ArgumentHelp(
            "A change to plan for, beside today: \(WhatIf.kinds.joined(separator: ", ")). Several with commas between them happen at "
                + "once. May be repeated, for a column each.",
            valueName: "changes"), transform: changes)
    var whatIf: [[WhatIf]] = []

    @Option(help: "Write a page with charts to this file besides: it needs neither a network nor a script.")
    var html: String?

    func validate() throws {
        if html != nil, !whatIf.isEmpty {
            throw ValidationError("`--html` draws the plan as it is, without `--what-if`")
        }
    }

    func run() throws {
        var report = Report()
        var made: String?
        var today: Plan?
        if let source = readSpec(spec, &report), let spec = understand(source, &report) {
            if whatIf.isEmpty {
                today = plan(spec, &report)
                made = today.map { format == .json ? figures($0) : page($0).text }
            } else {
                made = compare(spec, whatIf, &report).map { format == .json ? figures($0) : page($0) }
            }
        }
        try Reporter(format: format == .json ? .json : .human).finish(report)
        guard let made else { throw Status.wrongInput }
        if let html, let today { try writeReport(today, to: html) }
        printProduct(made)
    }

    private func writeReport(_ plan: Plan, to path: String) throws {
        do { try replaceFile(path, Array(planHTML(plan).utf8)) } catch {
            var report = Report()
            report.error("output-failed", error.description, at: nil, help: ["name a file that can be written"])
            try Reporter(format: .human).finish(report)
        }
        printError("wrote \(path)")
    }
}

/// Reads the changes of one `--what-if`.
@Sendable private func changes(_ text: String) throws -> [WhatIf] {
    try text.split(separator: ",").map { word in
        guard let change = WhatIf(String(word)) else {
            throw ValidationError("`\(word)` is none of \(WhatIf.kinds.joined(separator: ", "))")
        }
        return change
    }
}
