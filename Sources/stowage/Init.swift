import ArgumentParser
import Compiler
import Diagnostics

/// Writes a spec to begin with.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a commented spec to begin with.")

    @Argument(help: "Where to write it; `-` prints it.") var path = "specs/cluster.yaml"
    @Option(help: "The name of the cluster.") var name = "inference"
    @OptionGroup var reportOptions: ReportOptions

    func run() throws {
        let text = starterSpec(named: name)
        if path == "-" { return printProduct(text) }
        var report = Report()
        do { try createFile(path, Array(text.utf8)) } catch {
            report.error("output-failed", error.description, at: nil, help: ["name another path, or `-` to print it"])
        }
        try reportOptions.finish(report)
        printError("wrote \(path); next: stowage plan \(path), then stowage generate \(path)")
    }
}
