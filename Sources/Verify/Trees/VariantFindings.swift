import Diagnostics
import Groundwork

/// What the rules find in the variants of a tree, one after the other.
struct VariantFindings {
    private(set) var report = Report()
    private var scope = TreeScope()
    /// How many variants have each file.
    private var sharers: [String: Int] = [:]
    private var order: [Correction] = []
    /// How many of the variants that have the file need each correction.
    private var askers: [String: Int] = [:]
    /// The findings so far, in words that do not depend on an overlay's names.
    private var known: Set<String> = []

    /// Starts the next variant.
    mutating func begin(_ variant: Variant) {
        scope = variant.scope
        for path in Set(variant.manifests.map(\.path)) { sharers[path, default: 0] += 1 }
    }

    /// Adds what a rule finds in the variant, unless an earlier variant has the same finding.
    mutating func add(_ findings: Findings, _ severity: Diagnostic.Severity) {
        for finding in findings.diagnostics where finding.severity <= severity {
            let place = finding.range.map { "\($0.file.path):\($0.start)" } ?? ""
            if known.insert("\(finding.code) \(place) \(scope.built.plain(finding.message))").inserted {
                report.add(finding)
            }
        }
        var asked: Set<String> = []
        for correction in findings.corrections {
            let key = correction.key
            guard asked.insert(key).inserted else { continue }
            if askers[key] == nil { order.append(correction) }
            askers[key, default: 0] += 1
        }
    }

    /// The corrections that every variant with the changed files needs.
    var corrections: [Correction] {
        order.filter { correction in
            correction.edits.allSatisfy { askers[correction.key] == sharers[$0.range.file.path] }
        }
    }
}

extension Correction {
    /// What identifies the correction.
    fileprivate var key: String { "\(code) \(place.file.path):\(place.start)" }
}
