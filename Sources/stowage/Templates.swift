import ArgumentParser
import Diagnostics
import Groundwork

/// Shows the templates and copies them out.
struct Templates: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List, show and copy out the templates from which manifests are made.",
        subcommands: [List.self, Show.self, Eject.self],
        defaultSubcommand: List.self)

    /// Lists every template with the layer that wins.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List every template, where it comes from and what it replaces.")
        @Option(help: "A spec whose own templates count too.") var spec: String?
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
        @Argument(help: "Its path, as `templates list` gives it.") var path: String
        @Option(help: "A spec whose own templates count too.") var spec: String?
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

    /// Copies a template out, to be changed.
    struct Eject: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy a default template beside a spec, where it takes the default's place.")
        @Argument(help: "Its path, as `templates list` gives it.") var path: String
        @Option(help: "The folder of templates to copy it into.") var to = "templates"
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
        "unknown-template", "there is no template `\(path)`", at: nil,
        help: closest(to: path, among: library.entries.map(\.path)).map { ["did you mean `\($0)`?"] } ?? [
            "`stowage templates list` names them"
        ])
    return nil
}
