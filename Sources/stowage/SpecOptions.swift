import ArgumentParser
import Compiler
import Diagnostics
import Groundwork

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How diagnostics are printed.
enum DiagnosticFormat: String, ExpressibleByArgument, CaseIterable { case human, json, github, sarif }

/// The options of every command that prints diagnostics.
struct ReportOptions: ParsableArguments {
    @Option(help: "The output format of diagnostics.")
    var format: DiagnosticFormat = .human

    /// Prints a report to standard error; throws when it has errors.
    func finish(_ report: Report) throws { try Reporter(format: format).finish(report) }

    /// Prints findings to standard output, as the product.
    func print(_ found: [Diagnostic]) {
        if found.isEmpty, format != .sarif { return }
        printProduct(Reporter(format: format).text(of: found, colors: wantsColor(STDOUT_FILENO)))
        if format == .human { printProduct(counts(of: found)) }
    }

    /// Counts many findings by their rules, the most frequent first; few findings are counted at a glance.
    private func counts(of found: [Diagnostic]) -> String {
        let groups = Dictionary(grouping: found, by: \.code).map { ($0.key, $0.value.count) }
        guard found.count >= 20, groups.count > 1 else { return "" }
        let width = "\(groups.map(\.1).max() ?? 0)".count + 2
        return groups.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map { code, count in
            String(repeating: " ", count: width - "\(count)".count) + "\(count) \(code)\n"
        }.joined()
    }

    /// Prints a report to standard error.
    func show(_ report: Report) { Reporter(format: format).show(report) }
}

/// What prints the diagnostics of a run.
struct Reporter {
    let format: DiagnosticFormat

    /// Prints a report to standard error; throws when it has errors.
    func finish(_ report: Report) throws {
        show(report)
        if report.hasErrors { throw Status.wrongInput }
    }

    /// Prints a report to standard error.
    func show(_ report: Report) {
        let found = report.diagnostics
        if found.isEmpty, format != .sarif { return }
        printError(text(of: found, colors: wantsColor(STDERR_FILENO)))
    }

    /// Writes diagnostics in the format.
    func text(of found: [Diagnostic], colors: Bool) -> String {
        switch format {
        case .human: "\(HumanPrinter(colors: colors).text(of: found))\n\(summary(found))\n"
        case .json: JSONPrinter().text(of: found)
        case .github: GitHubPrinter().text(of: found)
        case .sarif: codeScanningLog(found)
        }
    }

    private func summary(_ found: [Diagnostic]) -> String {
        let errors = found.count { $0.severity == .error }
        let warnings = found.count - errors
        func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
        let parts = (errors > 0 ? [count(errors, "error")] : []) + (warnings > 0 ? [count(warnings, "warning")] : [])
        return parts.joined(separator: ", ")
    }
}

/// The options of every command that compiles a spec.
struct TemplateOptions: ParsableArguments {
    @Option(name: .long, help: "A folder of templates that replace, remove or add to the defaults. May be repeated.")
    var templates: [String] = []

    /// The templates for a spec: those next to it, then those of the options, then the defaults.
    func library(beside spec: String, _ report: inout Report) -> TemplateLibrary {
        var layers: [TemplateLayer] = []
        let own = folder(of: spec) + "/templates"
        let folders = (spec != "-" && isFolder(own) ? [own.hasPrefix("./") ? "templates" : own] : []) + templates
        for folder in folders {
            do {
                layers.append(try readTemplateFolder(folder))
            } catch let failure as UnreadableFile {
                report.error("unreadable-templates", "`\(failure.path)` cannot be read: \(failure.reason)", at: nil)
            } catch {
                report.error("unreadable-templates", "`\(folder)` cannot be read", at: nil)
            }
        }
        return TemplateLibrary(layers + [.defaults])
    }

}
