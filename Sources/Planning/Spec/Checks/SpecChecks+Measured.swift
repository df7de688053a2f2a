import Diagnostics
import Groundwork

/// Checks a measurement: it holds for one shape, and it should keep what is promised.
func checkMeasurement(_ model: ModelSpec, _ spec: ClusterSpec, _ report: inout Report) {
    guard let measured = model.measured else { return }
    let prefer = model.instances.prefer.isEmpty ? spec.instances.prefer : model.instances.prefer
    let type = prefer.count == 1 ? Catalog.instanceType(named: prefer[0].value) : nil
    let isOpen =
        type.map { $0.gpuCount > 1 && model.gpu.tensorParallel == nil && model.gpu.share.value == .whole } ?? true
    if isOpen {
        report.warning(
            "measured-on-any-shape",
            "the measurement of `\(model.name.value)` is taken for any \(type == nil ? "instance" : "number of GPUs") that the plan may choose",
            at: measured.concurrency.range, label: "measured on which?",
            notes: prefer.first.map { [.init("instances are chosen here", at: $0.range)] } ?? [],
            help: [
                type == nil
                    ? "name the one instance type that was measured: `instances: {prefer: [g6e.2xlarge]}`"
                    : "say over how many GPUs the replica was measured: `gpu: {tensorParallel: …}`"
            ])
    }
    let pairs = [
        ("time to first token", measured.timeToFirstToken, model.sla.timeToFirstToken),
        ("time per output token", measured.timePerOutputToken, model.sla.timePerOutputToken),
    ]
    for case (let name, let value?, let target?) in pairs where value.value > target.seconds.value {
        report.warning(
            "measured-beyond-promise",
            "`\(model.name.value)` was measured with a \(name) of \(inWords(value.value)), and \(inWords(target.seconds.value)) are promised",
            at: value.range, label: "slower than promised", notes: [.init("the promise", at: target.seconds.range)],
            help: ["measure at a lower concurrency"])
    }
}
