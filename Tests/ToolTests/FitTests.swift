import Foundation
import TestTools
import Testing

/// The tables of measured runs; they are not part of the project.
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

    /// The cells of the report's lines that begin with some.
    private func rows(_ first: String...) -> [[String]] {
        report.split(separator: "\n").map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " %")) }
        }.filter { $0.starts(with: first) }
    }

    @Test("the compiler's constants are those that a fit to the measured runs gives")
    func constants() { #expect(agrees, "\(report)") }

    @Test("a model that the fit did not see lies as near to its prediction as the page of the capacity model claims")
    func errors() throws {
        for (quantity, kind, error) in [
            ("time per output token", "dense", 10.0), ("time per output token", "MoE", 15),
            ("time to first token", "dense", 20), ("time to first token", "MoE", 20),
        ] {
            let row = try #require(rows(quantity, kind).first { $0[2].hasPrefix("model (") })
            #expect(try #require(Double(row[4])) <= error, "\(row)")
        }
    }

    @Test(
        "on every GPU with 20 runs or more, nine of ten runs of a model that the fit did not see meet the planned latency"
    )
    func targets() throws {
        let cells = (rows("time per output token") + rows("time to first token")).filter { $0.count == 8 }
        let large = try cells.filter { try #require(Int($0[3])) >= 20 }
        #expect(large.count == 12)
        for cell in large { #expect(try #require(Double(cell[7])) >= 90, "\(cell)") }
    }

    @Test("the page of the capacity model shows the figures of the fit, and the README the main ones")
    func pages() throws {
        let (docs, readme) = (try text("docs/capacity.md"), try text("README.md"))
        for line in report.split(separator: "\n") where line.hasPrefix("| ") {
            #expect(docs.contains(line), "docs/capacity.md does not have this line")
        }
        for kind in ["dense", "MoE"] {
            let row = try #require(rows("time per output token", kind).first { $0[2].hasPrefix("model (") })
            let told = "\(row[4])% median error, \(row[5]) at the 90th percentile"
            #expect(readme.contains(told), "the README does not say: \(told)")
        }
    }
}
