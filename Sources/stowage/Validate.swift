import ArgumentParser
import Compiler
import Diagnostics

/// Checks specs without writing anything.
struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check specs: read, plan, render and verify them, and write nothing.")

    @OptionGroup var arguments: SpecArguments
    @OptionGroup var templateOptions: TemplateOptions
    @OptionGroup var reportOptions: ReportOptions

    func run() throws {
        var report = Report()
        let paths = arguments.paths(&report)
        let progress = Progress(of: paths.count)
        let reports = concurrently(paths, width: arguments.width) { [templateOptions] path in
            defer { progress.advance(path) }
            var report = Report()
            guard let source = readSpec(path, &report) else { return report }
            _ = compile(source, with: templateOptions.library(beside: path, &report), &report)
            return report
        }
        progress.finish()
        for found in reports { report.add(found) }
        try reportOptions.finish(report)
    }
}
