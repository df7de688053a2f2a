import Diagnostics

/// Places one model: chooses its shape, solves its operating point and counts its replicas.
///
/// Nil when nothing fits, which is reported.
func place(_ model: ModelSpec, _ spec: ClusterSpec, _ prices: PriceList, _ report: inout Report) -> Placement? {
    guard let workload = workload(of: model, &report) else { return nil }
    let row = WorkloadThresholds.row(of: model.workloadClass.value)
    let scaleUp = model.scaling.up ?? .threshold(row.up)
    let demand = Demand(
        model: model, workload: workload,
        targets: LatencyTargets(
            firstToken: model.sla.timeToFirstToken?.seconds.value,
            perOutputToken: model.sla.timePerOutputToken?.seconds.value),
        share: model.gpu.share.value, scaleUp: scaleUp.value,
        prefer: model.instances.prefer.isEmpty ? spec.instances.prefer : model.instances.prefer,
        avoid: model.instances.avoid + spec.instances.avoid)
    let search = searchShapes(demand, prices: prices)
    guard let shape = search.feasible.first else {
        reportNothingFits(demand, search, prices, &report)
        return nil
    }
    let point = operatingPoint(demand, on: shape)
    checkReplicas(demand, point, &report)
    return Placement(
        spec: model, shape: shape, point: point, minReplicas: minReplicas(demand, point, shape),
        maxReplicas: maxReplicas(demand, point, shape), layout: layout(model, shape),
        spot: spotPolicy(model, spec), scaleUp: scaleUp, scaleDown: model.scaling.down ?? .threshold(row.down),
        cooldown: model.scaling.cooldownSeconds ?? .threshold(row.cooldown),
        nativeDType: workload.architecture.nativeDType,
        defaultContext: workload.context, runnersUp: runnersUp(search))
}

/// Gathers what the capacity equations need of a model: catalog or spec architecture, number format, lengths.
private func workload(of model: ModelSpec, _ report: inout Report) -> Workload? {
    let architecture: ModelArchitecture
    let origin: Origin
    if let own = model.architecture {
        architecture = ModelArchitecture(own, name: model.source.value)
        origin = own.parameters.origin
    } else if let known = Catalog.model(named: model.source.value) {
        architecture = known
        origin = .catalog(known.reference)
    } else {
        let near = closest(to: model.source.value, among: Catalog.models.map(\.name))
        report.error(
            "unknown-model", "the catalog has no model called `\(model.source.value)`", at: model.source.range,
            label: "its size and layers are not known",
            help: (near.map { ["did you mean `\($0)`?"] } ?? []) + [
                "describe it under `architecture:` with figures from its config.json"
            ])
        return nil
    }
    let context = contextLength(model, architecture, &report)
    let dtype = model.weights.dtype ?? Traced(architecture.nativeDType, origin)
    return Workload(
        architecture: architecture, architectureOrigin: origin, dtype: dtype,
        inputTokens: model.traffic?.inputTokens ?? Traced<Double>.threshold(Thresholds.inputTokens).map { Int($0) },
        outputTokens: model.traffic?.outputTokens ?? Traced<Double>.threshold(Thresholds.outputTokens).map { Int($0) },
        prefixHitRate: model.traffic?.prefixHitRate?.value ?? 0, context: context, memoryShare: memoryShareOfGPU(model))
}

private func contextLength(_ model: ModelSpec, _ architecture: ModelArchitecture, _ report: inout Report) -> Traced<Int>
{
    guard let asked = model.context else {
        let most = Traced(architecture.maxContext, .catalog(architecture.reference))
        return derive(
            "the lesser of the usual context and the model's", ("usual", .threshold(Thresholds.context)),
            ("model's", most)
        ) {
            min(Int($0), $1)
        }
    }
    if asked.value > architecture.maxContext {
        report.error(
            "context-beyond-model",
            "`\(model.name.value)` is to serve sequences of \(asked.value) tokens, and its model knows \(architecture.maxContext) positions",
            at: asked.range, label: "longer than the model was made for",
            notes: [.init("the model is named here", at: model.source.range)],
            help: ["`context: \(contextLength(architecture.maxContext))` is the most"])
    }
    // What the model cannot do is reported; the rest is planned for what it can.
    return asked.map { min($0, architecture.maxContext) }
}

private func layout(_ model: ModelSpec, _ shape: Shape) -> Layout {
    switch model.gpu.share.value {
    case .whole: .whole
    case .mig(let profile): .mig(profile: profile, perGPU: shape.accelerator.perGPU)
    case .timeSlicing(let replicas), .mps(let replicas): .timeSlicing(replicas: replicas)
    }
}

private func spotPolicy(_ model: ModelSpec, _ spec: ClusterSpec) -> Traced<SpotPolicy> {
    model.instances.spot
        ?? (model.priority.value == .critical
            ? derive("a critical model does not stand on capacity that may vanish", ("priority", model.priority)) { _ in
                .never
            }
            : spec.instances.spot ?? Traced(.never, .convention("spot is used only where the spec allows it")))
}

/// The other shapes that would do, and why each lost; the best of each instance type, at most five.
private func runnersUp(_ search: ShapeSearch) -> [RunnerUp] {
    guard let chosen = search.feasible.first else { return [] }
    var seen: Set<String> = [chosen.type.name]
    return search.feasible.dropFirst().filter { seen.insert($0.type.name).inserted }.prefix(5).map { shape in
        let difference = shape.peakPrice - chosen.peakPrice
        let reason =
            difference > 0
            ? "costs \(dollars(difference * Thresholds.hoursMean.value)) a month more at peak"
            : "stands later in the order of preference"
        return RunnerUp(words: shape.words, reason: reason)
    }
}
