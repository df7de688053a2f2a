import Foundation
import Groundwork
import Planning
import TestTools
import Testing

/// One threshold of the spec, and everything that hangs on it.
struct OneThresholdTests {
    private let recorded = root.appending(path: "Tests/ToolTests/Recorded/one-threshold.txt")

    @Test("`scaling: {up: 65%}` moves scaler, alerts, dashboard, page and figures together, and nothing else")
    func changes() throws {
        let before = try compiled("seed", "seed")
        let after = try compiled(
            "seed", "seed", replacing: ["class: realtime": "class: realtime\n      scaling: {up: 65%}"])
        #expect(before.files.keys.sorted() == after.files.keys.sorted())
        let paths = before.files.keys.sorted().filter { before.files[$0] != after.files[$0] }
        let folder = "models/model-a/model-a"
        #expect(
            paths == [
                "PLAN.md", "\(folder).dashboard.yaml", "\(folder).prometheusrule.yaml", "\(folder).scaledobject.yaml",
                "plan.json",
            ])
        let changes = paths.flatMap { path in
            zip(lines(before, path), lines(after, path)).filter(!=).map {
                Change(path: path, old: String($0), new: String($1))
            }
        }
        for path in paths { #expect(lines(before, path).count == lines(after, path).count) }

        // Every changed line says the same of other numbers, and those are the plan's.
        for change in changes {
            var expected = change.old
            for (text, other) in zip(try numbers(before, change.path), try numbers(after, change.path)) {
                expected = expected.replacing(text, with: "«\(other)»")
            }
            expected = expected.replacing("«", with: "").replacing("»", with: "")
            // The page's columns are padded.
            func words(_ line: String) -> [Substring] { line.split(separator: " ") }
            #expect(words(expected) == words(change.new), "\(change.path)")
        }

        let list = changes.map { "\($0.path)\n- \($0.old.drop { $0 == " " })\n+ \($0.new.drop { $0 == " " })\n" }
            .joined()
        if Recording.threshold.isAsked() { try Recording.threshold.write([(recorded, list)]) }
        #expect(try String(contentsOf: recorded, encoding: .utf8) == list)
    }

    private struct Change {
        let path: String
        let old: String
        let new: String
    }

    /// The lines of a file without those on other settings, which are planned anew.
    private func lines(_ cluster: Compiled, _ path: String) -> [Substring] {
        (cluster.files[path] ?? "")
            .replacing(#/## Changes that save most\n[^#]*/#, with: "")
            .replacing(#/"bestChanges": \[[^\]]*\]/#, with: "")
            .split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The numbers of model A that hang on its scale-up threshold, as a file writes them.
    ///
    /// The page rounds to two places, and a dashboard shows shares.
    private func numbers(_ cluster: Compiled, _ path: String) throws -> [String] {
        let model = try cluster.model("model-a")
        let levels = try #require(model.levels.first)
        if path.hasSuffix("dashboard.yaml") {
            return [model.shares.warning, model.shares.critical, model.shares.scaleUp].map { PromQL.number($0.value) }
        }
        let most = Double(model.placement.maxReplicas.value)
        let loads = [levels.warning.value * most, levels.warning.value, levels.critical.value, levels.scaleUp.value]
        return loads.map { PromQL.number(path == "PLAN.md" ? ($0 * 100).rounded() / 100 : $0) }
            + [try #require(model.scaler?.toleranceDown).value]
    }
}
