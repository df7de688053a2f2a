import Diagnostics

/// Keeps the first finding of each rule at each place, with a note that counts the others.
///
/// A mistake in a template is a mistake in every manifest that it renders, and one in a patch in every object that it changes.
package func oncePerPlace(_ found: [Diagnostic], inPatches: (Diagnostic) -> Bool = { _ in true }) -> [Diagnostic] {
    struct Spot: Hashable {
        let code: String
        let path: String
        let start: Int
    }
    func spot(_ finding: Diagnostic) -> Spot? {
        finding.range.map { Spot(code: finding.code, path: $0.file.path, start: $0.start) }
    }
    var count: [Spot: Int] = [:]
    for spot in found.compactMap(spot) { count[spot, default: 0] += 1 }
    return found.compactMap { finding in
        guard let spot = spot(finding) else { return finding }
        guard let others = count.removeValue(forKey: spot).map({ $0 - 1 }) else { return nil }
        guard others > 0 else { return finding }
        let source = inPatches(finding) ? "that the patch changes" : "from this template"
        let note =
            "\(others) more \(others == 1 ? "object" : "objects") \(source) \(others == 1 ? "has" : "have") the same problem"
        return Diagnostic(
            finding.severity, finding.code, finding.message, at: finding.range, label: finding.label,
            notes: finding.notes + [.init(note)], help: finding.help)
    }
}
