import Groundwork

/// Reads the objectives of a model from its burn-rate rules.
func readObjectives(_ name: String, _ tree: ImportedTree) -> SpecValue? {
    let rules = rules(of: tree).filter { $0.at("labels", "sloth_service")?.text == name }
    func objective(_ kinds: [String]) -> (share: Double, home: String, bound: Double?)? {
        for rule in rules where rule["record"]?.text == "slo:objective:ratio" {
            guard let slo = rule.at("labels", "sloth_slo")?.text, kinds.contains(where: { slo.hasSuffix($0) }),
                let expression = rule["expr"], let match = expression.text?.firstMatch(of: /vector\(([0-9.]+)\)/),
                let share = Double(match.1)
            else { continue }
            let indicator = rules.first {
                $0["record"]?.text == "slo:sli_error:ratio_rate5m" && $0.at("labels", "sloth_slo")?.text == slo
            }
            let bound = indicator?["expr"]?.text?.firstMatch(of: /le="([0-9.]+)"/).flatMap { Double($0.1) }
            return (share, indicator?["expr"]?.home ?? expression.home, bound)
        }
        return nil
    }
    func latency(_ kind: String) -> SpecValue? {
        guard let found = objective([kind]), let bound = found.bound else { return nil }
        let milliseconds = (bound * 1000).rounded()
        return .mapping([("p\(shortest(found.share * 100))", .plain("\(shortest(milliseconds))ms"))], found.home)
    }
    let availability = objective(["availability"]).map { SpecValue.plain("\(shortest($0.share * 100))%", $0.home) }
    return SpecValue.mapping([
        ("timeToFirstToken", latency("time-to-first-token")),
        ("timePerOutputToken", latency("time-per-output-token")), ("availability", availability),
    ]).unlessEmpty
}

/// A number without trailing zeros, rounded to what decimals of a share can be.
func shortest(_ value: Double) -> String {
    let rounded = (value * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
}
