import Groundwork
import Planning

/// The plan in short: what it costs, whether it meets the targets, what to watch and what to do first.
func summarySection(_ plan: Plan) -> ReasonedText {
    let latencies = plan.models.flatMap(PlannedLatency.all)
    let late = latencies.filter { $0.share > 1 }
    let targets: ReasonedText =
        if latencies.isEmpty {
            "no model has a latency target."
        } else if late.isEmpty {
            "every planned latency is within its target."
        } else {
            "\(late.map(\.words).joined(separator: "; ")), above the target."
        }
    let nearest = latencies.max { $0.share < $1.share }
    let watch =
        nearest.map { "- **Watch**: the latency closest to its target is the \($0.words).\n" as ReasonedText } ?? ""
    let quotas = quotas(plan.pools).map { "\($0.vcpus, as: "vCPUs") vCPUs of `\($0.name)`" as ReasonedText }
    let granted: ReasonedText = quotas.isEmpty ? "" : ", with EC2 quotas of \(quotas.joined(separator: ", "))"
    return """
        - **Cost**: \(costInShort(plan)).
        - **Targets**: \(targets)
        \(watch)- **Before you sync**: check the prerequisites below\(granted).

        `stowage explain PLAN.md:LINE` shows how each figure is derived.

        """
}

/// A latency of one replica at its operating point, and its target.
private struct PlannedLatency {
    let words: ReasonedText
    /// The latency as a part of its target.
    let share: Double

    init?(_ kind: String, _ model: ModelPlan, _ planned: Traced<Double>, _ target: LatencyTarget?, _ notation: Notation)
    {
        guard let target else { return nil }
        words = "\(kind) of `\(model.name)`, \(latency(kind, of: model.name, planned, target, notation))"
        share = planned.value / target.seconds.value
    }

    /// The latencies of a model that have a target.
    static func all(_ model: ModelPlan) -> [PlannedLatency] {
        let (point, objectives) = (model.placement.point, model.placement.spec.objectives)
        return [
            point.timeToFirstToken.flatMap {
                PlannedLatency("time to first token", model, $0, objectives.ttft, .rounded(0))
            },
            point.timePerOutputToken.flatMap {
                PlannedLatency("time per output token", model, $0, objectives.tpot, .rounded(1))
            },
            point.endToEndLatency.flatMap {
                PlannedLatency("end-to-end latency", model, $0, objectives.endToEnd, .rounded(0))
            },
        ].compactMap { $0 }
    }
}

/// A planned latency and its target in milliseconds, or in seconds if it is long; a dash for one that a model does not have.
func latency(
    _ kind: String, of model: String, _ planned: Traced<Double>?, _ target: LatencyTarget?, _ notation: Notation
) -> ReasonedText {
    guard let planned else { return "–" }
    let isLong = planned.value >= 10
    func shown(_ seconds: Traced<Double>, _ name: String) -> ReasonedText {
        if isLong { return "\(seconds, as: name, .rounded(1))" }
        let milliseconds = seconds.named(name, "s") * .constant(1000, "ms/s")
        return "\(milliseconds.named("\(name) in ms", "ms"), notation)"
    }
    let limit: ReasonedText = target.map { " of \(shown($0.seconds, "target for the \(kind) of \(model)"))" } ?? ""
    return "\(shown(planned, "\(kind) of \(model)"))\(limit) \(isLong ? "s" : "ms")"
}
