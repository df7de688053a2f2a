import Foundation
import TestTools
import Testing

/// The measured runs; they are not part of the project.
private let measurements = ProcessInfo.processInfo.environment["STOWAGE_MEASUREMENTS"]

/// How far predictions are from measurements.
@Suite(.enabled(if: measurements != nil, "STOWAGE_MEASUREMENTS names no table of measured runs"))
struct FitTests {
    /// One run for all tests: it fits a few hundred times.
    private static let outcome = Result {
        try run([stowage.deletingLastPathComponent().appending(path: "fit").path])
    }

    private let report: String
    private let agrees: Bool

    init() throws {
        let outcome = try Self.outcome.get()
        report = outcome.said
        agrees = outcome.status == 0
    }

    @Test("the compiler's constants are those that a fit to the measured runs gives")
    func constants() { #expect(agrees, "\(report)") }

    @Test("runs that the fit did not see lie as near to their predictions as promised")
    func errors() throws {
        for (kind, error, ninetieth) in [("dense", 10.0, 1.35), ("mixture", 18.0, 1.5)] {
            let start = "| time per output token | \(kind) | sweep of concurrencies "
            let row = try #require(report.split(separator: "\n").first { $0.hasPrefix(start) })
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " %")) }
            #expect(try #require(Double(cells[4])) <= error)
            #expect(try #require(Double(cells[5])) <= ninetieth)
            #expect(try #require(Double(cells[7])) >= 90, "the promise covers nine of ten")
        }
    }

    @Test("the page of the capacity model shows the figures of the fit, and the README the main ones")
    func pages() throws {
        let (docs, readme) = (try text("docs/capacity.md"), try text("README.md"))
        for line in report.split(separator: "\n") where line.hasPrefix("| ") {
            #expect(docs.contains(line), "docs/capacity.md does not have this line")
            if line.hasPrefix("| time per output token"), line.contains("sweep of concurrencies") {
                let figures = line.split(separator: "|").suffix(6).map { $0.trimmingCharacters(in: .whitespaces) }
                let told = "\(figures[2]) median error, \(figures[3]) at the 90th percentile"
                #expect(readme.contains(told), "the README does not say: \(told)")
            }
        }
    }
}
