import ArgumentParser
import Compiler
import Diagnostics

/// Checks specs without writing anything.
struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check specs: read, plan, render and verify them, and write nothing.")

    @Argument(help: "GPUCluster files; `-` reads standard input.") var specs: [String]
    @OptionGroup var templateOptions: TemplateOptions
    @OptionGroup var reportOptions: ReportOptions

    func run() throws {
        var report = Report()
        for spec in specs {
            guard let file = readSource(spec, &report) else { continue }
            _ = compile(file, with: templateOptions.library(beside: spec, &report), &report)
        }
        try reportOptions.finish(report)
    }
}
