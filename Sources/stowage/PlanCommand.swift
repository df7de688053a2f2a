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
    @Option(
        name: .customLong("what-if"),
        help: ArgumentHelp(
            "A change to plan for, beside today: \(WhatIf.kinds.joined(separator: ", ")). Several with commas between them happen at "
                + "once. May be repeated, for a column each.",
            valueName: "changes"), transform: changes)
    var whatIf: [[WhatIf]] = []

    func run() throws {
        var report = Report()
        var made: String?
        if let file = readSource(spec, &report), let spec = understand(file, &report) {
            if whatIf.isEmpty {
                made = plan(spec, &report).map { format == .json ? figures($0) : page($0) }
            } else {
                made = compare(spec, whatIf, &report).map { format == .json ? figures($0) : page($0) }
            }
        }
        try Reporter(format: format == .json ? .json : .human).finish(report)
        guard let made else { throw Status.wrongInput }
        printProduct(made)
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
