import Diagnostics
import Groundwork

/// A model that fits nowhere, and the reason of each candidate.
struct Unplaceable: Error {
    let demand: Demand
    let search: CandidateSearch

    /// Searches again, including types of unknown price.
    func search(assuming prices: PriceList) -> CandidateSearch {
        searchCandidates(demand, prices: prices.assumingUnknown)
    }
}

/// Places one model: chooses a candidate, solves its operating point and counts its replicas.
///
/// Nil for an unknown model or for weights that do not exist, which is reported; a failure if nothing fits.
func place(
    _ model: ModelSpec, _ spec: ClusterSpec, _ prices: PriceList, sharing solutions: Solutions = Solutions(),
    _ report: inout Report
) -> Result<Placement, Unplaceable>? {
    guard let requested = demand(of: model, spec, &report) else { return nil }
    let search = searchCandidates(requested, prices: prices, sharing: solutions)
    guard let candidate = search.feasible.first else { return .failure(Unplaceable(demand: requested, search: search)) }
    let demand = requested.running(candidate.workload)
    let workload = demand.workload
    let row = WorkloadThresholds.row(of: model.workloadClass.value)
    let point = operatingPoint(demand, on: candidate, besides: search.feasible.dropFirst().first)
    let perNode = explainedReplicasPerNode(requested, candidate, tensorParallel: point.tensorParallel)
    let counts = replicaCounts(demand, workload, rate: point.rate, perNode: perNode)
    checkReplicas(demand, point, candidate, &report)
    return .success(
        Placement(
            spec: model, candidate: candidate, point: point, minReplicas: Traced<Int>(counts.least),
            maxReplicas: Traced<Int>(counts.most),
            nodes: NodeDemand(
                layout: layout(model, candidate, spec.platform), perNode: Traced<Int>(perNode),
                supply: nodeSupply(model, spec.platform), claiming: claiming(model, spec.platform),
                spot: spotPolicy(model, spec)),
            scaling: ScalingShares(
                scaleUp: model.scaling.up ?? .parameter(row.up), scaleDown: model.scaling.down ?? .parameter(row.down),
                cooldown: model.scaling.cooldownSeconds ?? .parameter(row.cooldown)),
            choice: CandidateChoice(
                nativeDType: workload.architecture.nativeDType, defaultContext: workload.context, demand: requested,
                search: search, alternatives: claimAlternatives(model, spec.platform, search))))
}

/// Gathers what decides between a model's candidates; nil if the model is not known, which is reported.
func demand(of model: ModelSpec, _ spec: ClusterSpec, _ report: inout Report) -> Demand? {
    guard let workload = workload(of: model, &report) else { return nil }
    return Demand(
        model: model, workload: workload, quantized: quantized(model, workload),
        targets: LatencyTargets(model.objectives),
        share: model.gpu.share.value,
        scaleUp: model.scaling.up ?? .parameter(WorkloadThresholds.row(of: model.workloadClass.value).up),
        prefer: model.instances.prefer.isEmpty ? spec.instances.prefer : model.instances.prefer,
        avoid: model.existing == nil ? model.instances.avoid + spec.instances.avoid : [],
        packing: packing(model, spec.platform, spotPolicy(model, spec).value), nodes: spec.platform.nodes,
        standsEvenly: standsEvenly(model, spec.platform))
}

/// Gathers what the capacity equations need about a model: catalog or spec architecture, dtype, lengths.
private func workload(of model: ModelSpec, _ report: inout Report) -> Workload? {
    let architecture: ModelArchitecture
    if let own = model.architecture {
        architecture = ModelArchitecture(own, name: model.source.value)
    } else if let known = Catalog.model(named: model.source.value) {
        architecture = known
    } else if let reason = ModelType.Task(nameOfModel: model.source.value)?.rejection {
        report.error(
            "unsupported-model", "`\(model.source.value)` is not supported: \(reason)", at: model.source.range,
            label: "not supported", help: ["plan models that generate text, embed or rerank"])
        return nil
    } else {
        let near = closest(to: model.source.value, among: Catalog.models.map(\.name))
        report.error(
            "unknown-model", "the catalog has no model `\(model.source.value)`", at: model.source.range,
            label: "unknown size and layers",
            help: (near.map { [Help(meaning: $0, at: model.source.range)] } ?? []) + [
                "set `architecture: {config: config.json}` to the model's `config.json`, beside the spec or below"
            ])
        return nil
    }
    let context = contextLength(model, architecture, &report)
    let dtype =
        model.weights.dtype
        ?? Traced(
            architecture.nativeDType, model.architecture?.dtype.origin ?? .catalog(architecture.reference))
    checkExperts(model, architecture, &report)
    checkPublishedTask(model, architecture, &report)
    guard isLoadable(model, dtype.value, architecture, &report) else { return nil }
    let isConverted = dtype.value == .fp8 && architecture.nativeDType != .fp8 && !model.hasOwnWeights
    let block = scaleBlock(model, dtype.value, architecture, isConverted: isConverted)
    checkScaleBlock(model, block, dtype.value, &report)
    let images = requestImages(model, architecture, &report)
    let text = model.traffic?.inputTokens ?? Traced<Int>(Defaults.inputTokens.reasoned)
    let input = images.map { $0.tokens(with: text) } ?? text
    checkContext(model, input, context, &report)
    return Workload(
        architecture: architecture, described: model.architecture, dtype: dtype,
        kvDType: cacheFormat(model),
        inputTokens: input,
        outputTokens: model.task.value.generates
            ? model.traffic?.outputTokens ?? Traced<Int>(Defaults.outputTokens.reasoned) : nil,
        prefixHitRate: model.traffic?.prefixHitRate, context: context, memoryShare: memoryShareOfGPU(model),
        release: model.serving.version.value, batchedTokens: model.serving.maxNumBatchedTokens,
        scaleBlock: block, images: images,
        isSpeculative: model.serving.speculation != nil, isQuantized: isConverted)
}

/// Reports requests that are longer than the context with their images.
private func checkContext(
    _ model: ModelSpec, _ input: Traced<Int>, _ context: Traced<Int>, _ report: inout Report
) {
    guard let images = model.traffic?.images else { return }
    let tokens = input.value + (model.traffic?.outputTokens?.value ?? 0)
    guard tokens > context.value else { return }
    report.error(
        "requests-beyond-context",
        "an average request of `\(model.name.value)` has \(tokens) tokens with its images, more than `context`, \(context.value)",
        at: images.range, label: "part of each request",
        notes: context.range.map { [.init("the context is set here", at: $0)] } ?? [],
        help: ["set `context` to at least the longest request with its images"])
}

/// The dtype of a model's KV cache.
private func cacheFormat(_ model: ModelSpec) -> Traced<DType> {
    model.serving.kvCacheDType?.map { $0 == .fp8 ? .fp8 : .bf16 }
        ?? Traced(.bf16, .convention("vLLM keeps the KV cache in 16 bits by default"))
}

private func contextLength(_ model: ModelSpec, _ architecture: ModelArchitecture, _ report: inout Report) -> Traced<Int>
{
    guard let asked = model.context else {
        let most = model.architecture?.maxContext ?? Traced(architecture.maxContext, .catalog(architecture.reference))
        return Traced<Int>(.minimum(Defaults.context.reasoned, most.named("maximum context of the model", "tokens")))
    }
    if asked.value > architecture.maxContext {
        report.error(
            "context-beyond-model",
            "`context` of `\(model.name.value)` is \(asked.value) tokens, greater than the \(architecture.maxContext) positions of its model",
            at: asked.range, label: "exceeds the maximum of the model",
            notes: [.init("the model is named here", at: model.source.range)],
            help: [
                Help(
                    "set `context: \(contextLength(architecture.maxContext))`, the maximum", replacing: asked.range,
                    by: [contextLength(architecture.maxContext)])
            ])
    }
    // The excess is reported; the rest is planned with the maximum.
    return asked.value <= architecture.maxContext
        ? asked : model.architecture?.maxContext ?? Traced(architecture.maxContext, .catalog(architecture.reference))
}

private func layout(_ model: ModelSpec, _ candidate: Candidate, _ platform: PlatformSpec) -> Layout {
    switch model.gpu.share.value {
    case .whole: .whole
    case .mig(let profile, let sharers):
        .mig(
            MIGSlice(
                profile: profile, perGPU: candidate.accelerator.perGPU,
                isCalledWhole: platform.gpu.bottlerocket != nil && model.gpu.allocate.value == .devicePlugin,
                sharers: sharers ?? 1,
                isOnDemand: platform.gpu.dynamicMIG.value && model.gpu.allocate.value == .dra))
    case .timeSlicing(let replicas): .timeSlicing(replicas: replicas)
    case .mps(let replicas): .mps(replicas: replicas)
    }
}

private func spotPolicy(_ model: ModelSpec, _ spec: ClusterSpec) -> Traced<SpotPolicy> {
    model.instances.spot
        ?? (model.priority.value == .critical
            ? Traced(
                .never, because: "critical models do not run on capacity that can be interrupted",
                Ingredient("priority", model.priority))
            : spec.instances.spot ?? Traced(.never, .convention("spot is used only if the spec allows it")))
}

/// The model in 8 bits, if the spec allows vLLM to convert its weights.
private func quantized(_ model: ModelSpec, _ workload: Workload) -> Workload? {
    guard model.weights.quantize.value == .allowed, workload.dtype.value.size.value > DType.fp8.size.value else {
        return nil
    }
    return workload.quantized(
        to: Traced(.fp8, because: "8 bits, as allowed by the spec", Ingredient("quantize", model.weights.quantize)))
}

/// Whether replicas share GPUs and can be on different nodes: those that share a claim stay on its node.
private func standsEvenly(_ model: ModelSpec, _ platform: PlatformSpec) -> Bool {
    if case .shared = claiming(model, platform) { return false }
    return model.gpu.share.value != .whole
}

/// How a model's replicas are placed on nodes: a surge on spot is separate, and static pools have a spare node.
private func packing(_ model: ModelSpec, _ platform: PlatformSpec, _ spot: SpotPolicy) -> Packing {
    if nodeSupply(model, platform).value == .static { return .fixed }
    if model.gpu.allocate.value == .dra { return .together }
    let isWhole = model.gpu.share.value == .whole
    return spot == .allowed && isWhole && model.scaling.by.value != .none ? .split : .together
}
