import Foundation
import Groundwork
import Simulate
import Testing

/// What the real HPA controller of Kubernetes 1.36 decided, step by step.
@Suite(.enabled(if: traceFolder != nil, "STOWAGE_HPA_TRACES names no folder of traces"))
struct TraceTests {
    @Test("every decision, recommendation and condition is the controller's", arguments: traceFiles("traces.jsonl.gz"))
    func decides(_ file: String) throws {
        var (traces, steps) = (0, 0)
        var failures: [String] = []
        for line in try traceLines(file) {
            let trace = try JSONDecoder().decode(Trace.self, from: line)
            traces += 1
            steps += trace.steps.count
            if let difference = replay(trace) { failures.append(difference) }
        }
        #expect(failures.isEmpty, "\(failures.count) of \(traces) traces differ, as \(failures.prefix(3))")
        #expect(traces > 0 && steps > traces)
    }

    /// Replays a trace up to the first difference, and describes it.
    private func replay(_ trace: Trace) -> String? {
        var settings = HPASettings(kubernetes: Version(1, 36))
        if trace.gates?["HPAConfigurableTolerance"] == false { settings.hasTolerances = false }
        if trace.gates?["HPAScaleToZero"] == true { settings.zero = .followsCondition }
        var autoscaler = HorizontalAutoscaler(trace.spec.autoscaler, settings, seen: .start)
        for step in trace.steps {
            if let edit = step.edit { apply(edit, to: &autoscaler) }
            let now = VirtualTime(milliseconds: step.t)
            let decision = autoscaler.step(at: now, scale: step.scale, metrics: step.readings, write: step.outcome)
            let conditions = autoscaler.conditions
            let decided = [
                "\(decision.replicas ?? -1)", decision.recommendation.map { "\($0)" } ?? "none",
                "\(autoscaler.statusDesired)", "\(decision.isError)", text(conditions.ableToScale),
                text(conditions.scalingActive), text(conditions.scalingLimited),
            ]
            let expected = [
                "\(step.desired)", step.rec.map { "\($0)" } ?? "none", "\(step.statusDesired)",
                "\(step.error ?? false)", step.able, step.active, step.limited,
            ]
            if decided != expected { return "\(trace.id) at \(step.t) ms: \(decided) instead of \(expected)" }
        }
        return nil
    }

    private func apply(_ edit: Trace.Edit, to autoscaler: inout HorizontalAutoscaler) {
        if let least = edit.min { autoscaler.spec.minReplicas = least }
        if let most = edit.max { autoscaler.spec.maxReplicas = most }
        if let behavior = edit.behavior { autoscaler.spec.behavior = behavior.scaling }
        if edit.behaviorUnset == true { autoscaler.spec.behavior = nil }
        if edit.restart == true { autoscaler.restart() }
    }

    private func text(_ condition: HPAConditions.Condition?) -> String {
        condition.map { ($0.isTrue ? "" : "!") + $0.reason.rawValue } ?? ""
    }
}
