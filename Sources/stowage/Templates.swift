import ArgumentParser
import Diagnostics
import Groundwork

/// Shows and copies the templates.
struct Templates: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List, print and copy the templates of the manifests.",
        subcommands: [List.self, Show.self, Eject.self],
        defaultSubcommand: List.self)

    /// Lists every template with the layer that wins.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List every template, where it comes from and what it replaces.")
        @Option(help: "A spec whose templates are included.") var spec: String?
        @OptionGroup var templateOptions: TemplateOptions
        @OptionGroup var reportOptions: ReportOptions

        func run() throws {
            var report = Report()
            let library = templateOptions.library(beside: spec ?? "-", &report)
            try reportOptions.finish(report)
            let width = library.entries.map(\.path.count).max() ?? 0
            for entry in library.entries {
                let name = entry.path + String(repeating: " ", count: width - entry.path.count)
                let replaced = entry.replaced.map(\.layer).joined(separator: ", ")
                let note = entry.isRemoved ? "  (removes the manifest)" : ""
                printProduct(
                    "\(name)  \(entry.winner.layer)\(replaced.isEmpty ? "" : ", replaces \(replaced)")\(note)\n")
            }
        }
    }

    /// Prints a template.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print a template.")
        @Argument(help: "The path of the template, as `templates list` prints it.") var path: String
        @Option(help: "A spec whose templates are included.") var spec: String?
        @OptionGroup var templateOptions: TemplateOptions
        @OptionGroup var reportOptions: ReportOptions

        func run() throws {
            var report = Report()
            let library = templateOptions.library(beside: spec ?? "-", &report)
            guard let entry = entry(path, in: library, &report) else { return try reportOptions.finish(report) }
            try reportOptions.finish(report)
            printProduct(String(decoding: entry.winner.file.bytes, as: UTF8.self))
        }
    }

    /// Copies a template, to be changed.
    struct Eject: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy a default template next to a spec, where it replaces the default.")
        @Argument(help: "The path of the template, as `templates list` prints it.") var path: String
        @Option(help: "The folder of templates to copy it to.") var to = "templates"
        @OptionGroup var templateOptions: TemplateOptions
        @OptionGroup var reportOptions: ReportOptions

        func run() throws {
            var report = Report()
            guard let entry = entry(path, in: TemplateLibrary([.defaults]), &report) else {
                return try reportOptions.finish(report)
            }
            do {
                try createFile("\(to)/\(path)", entry.winner.file.bytes)
            } catch {
                report.error("output-failed", error.description, at: nil)
            }
            try reportOptions.finish(report)
            printError("\(to)/\(path)")
        }
    }
}

/// Finds a template by its path, or reports that there is none.
private func entry(_ path: String, in library: TemplateLibrary, _ report: inout Report) -> TemplateLibrary.Entry? {
    if let entry = library[path] { return entry }
    report.error(
        "unknown-template", "template `\(path)` does not exist", at: nil,
        help: closest(to: path, among: library.entries.map(\.path)).map { ["did you mean `\($0)`?"] } ?? [
            "run `stowage templates list` to list the templates"
        ])
    return nil
}
