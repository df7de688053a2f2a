import Diagnostics
import Groundwork

/// Checks that the scale-in threshold is below the scale-out threshold.
func checkBand(_ model: ModelSpec, _ report: inout Report) {
    let row = WorkloadThresholds.row(of: model.workloadClass.value)
    let scaling = model.scaling
    guard scaling.up != nil || scaling.down != nil else { return }
    let (up, down) = (scaling.up?.value ?? row.up.value, scaling.down?.value ?? row.down.value)
    guard down >= up else { return }
    let className = model.workloadClass.value.rawValue
    let other = scaling.down == nil ? "scale in at \(plainly(down * 100))%" : "scale out at \(plainly(up * 100))%"
    let note: Diagnostic.Note =
        scaling.up == nil || scaling.down == nil
        ? .init("\(className) models \(other)", at: model.workloadClass.range)
        : .init("the scale-out threshold is set here", at: scaling.up?.range)
    report.error(
        "scale-down-above-scale-up",
        "`\(model.name.value)` scales in at \(plainly(down * 100))%, which is not below its scale-out threshold, \(plainly(up * 100))%",
        at: scaling.down?.range ?? scaling.up?.range, label: "no gap between the thresholds", notes: [note],
        help: ["leave a gap between the thresholds, such as 30% and 70%"])
}

/// Rejects a budget that the reservations alone exceed: they cost the same whether used or not.
func checkReservedCost(_ spec: ClusterSpec, _ report: inout Report) {
    guard let budget = spec.budget, let first = spec.reservations.first else { return }
    let hours = Thresholds.hoursWorst.value
    let monthly = spec.reservations.reduce(0) { $0 + Double($1.count.value) * $1.pricePerHour.value * hours }
    guard monthly > budget.limit.value else { return }
    report.error(
        "reservations-beyond-budget",
        "the reservations alone cost $\(plainly(monthly.rounded())) in a month of \(plainly(hours)) hours",
        at: budget.limit.range,
        label: "less than the reservations", notes: [.init("the reservations are listed here", at: first.range)],
        help: ["raise the budget or remove reservations, which cost their price whether used or not"])
}

/// Warns of latency targets between the histogram buckets of vLLM.
func checkLatencies(_ model: ModelSpec, _ report: inout Report) {
    let targets = [
        (model.sla.timeToFirstToken, MetricName.timeToFirstToken.metric.bounds),
        (model.sla.timePerOutputToken, MetricName.timePerOutputToken.metric.bounds),
        (model.sla.endToEndLatency, MetricName.endToEndLatency.metric.bounds),
    ]
    for (target, buckets) in targets {
        guard let target, !buckets.contains(target.seconds.value) else { continue }
        let wanted = target.seconds.value
        guard let below = buckets.last(where: { $0 < wanted }), let above = buckets.first(where: { $0 > wanted }) else {
            report.error(
                "unmeasurable-latency", "the smallest histogram bucket of vLLM is \(inWords(buckets.first ?? 0))",
                at: target.seconds.range,
                help: [
                    Help(
                        "set at least `\(inWords(buckets.first ?? 0))`, the smallest latency that an alert can use",
                        replacing: target.seconds.range, by: [inWords(buckets.first ?? 0)])
                ])
            continue
        }
        report.warning(
            "latency-between-buckets",
            "vLLM has histogram buckets at \(inWords(below)) and \(inWords(above)), but none between",
            at: target.seconds.range, label: "alerts use \(inWords(below))",
            help: [
                Help(
                    "write `\(inWords(below))` or `\(inWords(above))`", replacing: target.seconds.range,
                    by: [inWords(below), inWords(above)])
            ])
    }
}

/// A duration in the spec's own notation.
func inWords(_ seconds: Double) -> String {
    seconds < 1 ? "\(plainly(seconds * 1000))ms" : "\(plainly(seconds))s"
}
