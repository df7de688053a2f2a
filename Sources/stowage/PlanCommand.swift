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
        abstract: "Print the plan of a spec: instance types, replicas, thresholds, pools, cost per month.")

    @Argument(help: "A GPUCluster file; `-` reads standard input.") var spec: String
    @Option(help: "The output format of the plan and of diagnostics.") var format: Format = .table
    @Option(
        name: .customLong("what-if"),
        help: ArgumentHelp(
            "A change to compare with today: \(WhatIf.kinds.joined(separator: ", ")). Changes separated by commas are combined. "
                + "May be repeated, for one column each.",
            valueName: "changes"), transform: changes)
    var whatIf: [[WhatIf]] = []

    @Flag(
        help:
            "Try single changes of the spec, such as other weights, instances or objectives, and list those that save most."
    )
    var advise = false
    @Option(help: "Also write a page with charts to this file, which needs neither a network nor scripts.")
    var html: String?

    func validate() throws {
        if html != nil, !whatIf.isEmpty {
            throw ValidationError("`--html` cannot be used with `--what-if`")
        }
        if advise, html != nil || !whatIf.isEmpty {
            throw ValidationError("`--advise` cannot be used with `--html` or `--what-if`")
        }
    }

    func run() throws {
        var report = Report()
        var made: String?
        var today: Plan?
        if let source = readSpec(spec, &report), let spec = understand(source, &report) {
            if advise {
                made = Planning.advise(spec, &report).map { format == .json ? figures($0) : page($0) }
            } else if whatIf.isEmpty {
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
            report.error("output-failed", error.description, at: nil, help: ["use a path that can be written"])
            try Reporter(format: .human).finish(report)
        }
        printError("wrote \(path)")
    }
}

/// Reads the changes of one `--what-if`.
@Sendable private func changes(_ text: String) throws -> [WhatIf] {
    try text.split(separator: ",").map { word in
        guard let change = WhatIf(String(word)) else {
            throw ValidationError("`\(word)` is not one of \(WhatIf.kinds.joined(separator: ", "))")
        }
        return change
    }
}
