import Compiler
import Diagnostics
import Verify

/// Writes diagnostics as a log for code scanners.
func codeScanningLog(_ found: [Diagnostic]) -> String {
    var keys = FindingKeys()
    let fingerprints = found.map { keys.key(of: $0).fingerprint }
    return SARIFPrinter(version: compilerVersion, home: documentationAddress, describe: description)
        .text(of: found, fingerprints: fingerprints)
}

/// Describes what a diagnostic's code stands for: a rule of `verify`, or an error in a spec, a template or a file.
private func description(of code: String) -> RuleDescription {
    if let rule = rule(named: code) { return rule.description(below: documentationAddress) }
    let words = code.prefix(1).uppercased() + code.dropFirst().replacing("-", with: " ")
    let full =
        "Stowage cannot compile a spec, a template or a file. The message says what is wrong and how to fix it."
    return RuleDescription(
        short: words, full: full, page: "# \(code)\n\n\(full)\n", address: "\(documentationAddress)/spec.md",
        severity: nil,
        tags: ["spec"])
}
