import Diagnostics
import Groundwork

/// Plans changed texts of a spec, and compares them with the plan of today.
struct AdviceTrial {
    let spec: ClusterSpec
    let placements: [String: Placement]
    let solutions: Solutions

    init(_ spec: ClusterSpec, _ today: Plan) {
        self.spec = spec
        placements = Dictionary(today.models.map { ($0.name, $0.placement) }) { first, _ in first }
        solutions = Solutions()
    }

    /// The expected cost after edits of one model, or of the whole cluster; nil if they cannot be planned.
    func cost(with edits: [SpecEdit], of model: String?) -> Double? {
        var report = Report()
        guard let changed = understand(spec.source.applying(edits), &report), !report.hasErrors else { return nil }
        var reused = model == nil ? [:] : placements
        if let model { reused[model] = nil }
        let attempt = attempt(changed, PriceList(changed), reusing: reused, sharing: solutions, &report)
        return attempt.obstacles.isEmpty && !report.hasErrors ? attempt.decision?.money.expectedPerMonth.value : nil
    }

    /// The whole plan with edits; nil if it has errors.
    func plan(with edits: [SpecEdit]) -> Plan? {
        var report = Report()
        guard let changed = understand(spec.source.applying(edits), &report) else { return nil }
        return Planning.plan(changed, &report)
    }
}
