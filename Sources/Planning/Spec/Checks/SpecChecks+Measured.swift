import Diagnostics
import Groundwork

/// Checks a measurement: it is valid for one candidate, and it should meet the targets.
func checkMeasurement(_ model: ModelSpec, _ spec: ClusterSpec, _ report: inout Report) {
    guard let measured = model.measured else { return }
    let prefer = model.instances.prefer.isEmpty ? spec.instances.prefer : model.instances.prefer
    let type = prefer.count == 1 ? Catalog.instanceType(named: prefer[0].value) : nil
    let isOpen =
        type.map { $0.gpuCount > 1 && model.gpu.tensorParallel == nil && model.gpu.share.value == .whole } ?? true
    if isOpen {
        report.warning(
            "measured-on-any-candidate",
            "the measurement of `\(model.name.value)` applies to any \(type == nil ? "instance type" : "number of GPUs") that the plan may choose",
            at: measured.concurrency.range, label: "not tied to the measured candidate",
            notes: prefer.first.map { [.init("instances are set here", at: $0.range)] } ?? [],
            help: [
                type == nil
                    ? "set the instance type that was measured: `instances: {prefer: [g6e.2xlarge]}`"
                    : "set the GPUs per replica that were measured: `gpu: {tensorParallel: …}`"
            ])
    }
    let pairs = [
        ("time to first token", measured.timeToFirstToken, model.sla.timeToFirstToken),
        ("time per output token", measured.timePerOutputToken, model.sla.timePerOutputToken),
        ("end-to-end latency", measured.endToEndLatency, model.sla.endToEndLatency),
    ]
    for case (let name, let value?, let target?) in pairs where value.value > target.seconds.value {
        report.warning(
            "measured-above-target",
            "the measured \(name) of `\(model.name.value)` is \(inWords(value.value)), above its target of \(inWords(target.seconds.value))",
            at: value.range, label: "slower than the target",
            notes: [.init("the target is set here", at: target.seconds.range)],
            help: ["measure at a lower concurrency"])
    }
}
