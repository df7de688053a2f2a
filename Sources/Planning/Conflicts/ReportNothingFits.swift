import Diagnostics
import Groundwork
import YAML

/// Reports why no instance type can run a model: the reason of the closest candidate, the requirements in conflict, and what helps.
///
/// A missing price is the reason only if a type of unknown price could run it.
func reportNothingFits(
    _ unplaceable: Unplaceable, _ spec: ClusterSpec, _ prices: PriceList, _ report: inout Report,
    conflict find: () -> Conflict
) {
    let demand = unplaceable.demand
    // Unknown names are reported where all names are checked.
    guard demand.prefer.isEmpty || namesUsableInstance(demand.prefer) else { return }
    let search = unplaceable.search(assuming: prices)
    let conflict = find()
    if !search.feasible.isEmpty { return reportUnpriced(demand, search.feasible, spec, prices, conflict, &report) }
    if search.rejected.isEmpty { return reportNoCandidates(demand, prices, conflict, &report) }
    if let slow = nearestInTime(search.rejected, demand.targets) {
        return reportTooSlow(demand, slow, conflict, &report)
    }
    if let tight = nearestInMemory(search.rejected) { return reportTooLarge(demand, tight, conflict, &report) }
    if reportIndivisible(demand, search.rejected, prices, conflict, &report) { return }
    if let host = search.rejected.first(where: { if case .hostTooSmall = $0.rejection { true } else { false } }) {
        report.error(
            "host-too-small",
            "no allowed instance type whose GPUs fit `\(demand.model.name.value)` has the CPU, memory and disk that a replica "
                + "also needs",
            at: place(demand),
            label: "\(host.type.vcpu) vCPUs and \(host.type.memoryMiB / 1024) GiB on `\(host.type.name)`",
            notes: conflict.notes(besides: place(demand)), help: conflict.help)
        return
    }
    reportFormats(demand, search.rejected, conflict, &report)
}

/// Reports dtypes that no allowed GPU supports.
private func reportFormats(
    _ demand: Demand, _ rejected: [RejectedCandidate], _ conflict: Conflict, _ report: inout Report
) {
    let model = demand.model
    let name = model.name.value
    let gpus = unique(rejected.map(\.type.gpuID))
    if let cache = model.serving.kvCacheDType,
        rejected.allSatisfy({ !$0.workload.cachesInEightBits(on: $0.accelerator.gpu) })
    {
        report.error(
            "cache-format-unsupported",
            "no allowed GPU supports `\(cache.value.rawValue)`, the dtype of the KV cache of `\(name)`",
            at: cache.range, label: "\(enumerated(gpus)) \(gpus.count == 1 ? "is" : "are") too old for it",
            notes: conflict.notes(besides: cache.range),
            help: conflict.help)
        return
    }
    if demand.workload.architecture.traits.contains(.bfloat16Only),
        rejected.contains(where: {
            $0.accelerator.gpu.runs($0.workload.dtype.value, release: $0.workload.release) != nil
        })
    {
        let isAsked = demand.workload.dtype.value == .fp16
        let place = isAsked ? model.weights.dtype?.range : place(demand)
        report.error(
            "float16-unsupported",
            "vLLM does not run `\(name)` in float16"
                + (isAsked ? "" : ", and no allowed GPU supports bfloat16 instead"),
            at: place,
            label: isAsked
                ? "vLLM rejects it for this model"
                : "\(enumerated(gpus)) \(gpus.count == 1 ? "is" : "are") too old for bfloat16",
            notes: [.init("the model is named here", at: model.source.range)] + conflict.notes(besides: place),
            help: conflict.help)
        return
    }
    let format = demand.workload.dtype.value.rawValue
    report.error(
        "format-unsupported", "no allowed GPU supports `\(format)`, the dtype of `\(name)`",
        at: model.weights.dtype?.range ?? place(demand),
        label: "\(enumerated(gpus)) \(gpus.count == 1 ? "is" : "are") too old for it",
        notes: model.weights.dtype == nil
            ? [.init("the model is published in this dtype", at: model.source.range)]
                + conflict.notes(besides: place(demand)) : conflict.notes(besides: model.weights.dtype?.range),
        help: conflict.help)
}

/// Where the spec chooses a model's instances, else where it names the model.
func place(_ demand: Demand) -> SourceRange? { demand.prefer.first?.range ?? demand.model.source.range }

/// Reports latency targets that no candidate meets even with a single sequence.
private func reportTooSlow(_ demand: Demand, _ slow: SlowCandidate, _ conflict: Conflict, _ report: inout Report) {
    let objectives = demand.model.objectives
    let target = slow.isTPOT ? objectives.tpot : objectives.answer
    let isDefault = target?.isDefault ?? false
    let what = slow.isTPOT ? "time per output token" : demand.workload.answerWords
    report.error(
        "latency-out-of-reach",
        "no allowed instance type gives `\(demand.model.name.value)` \(what.withArticle) of \(inWords(target?.seconds.value ?? 0)), even for one "
            + "request at a time\(triedCounts(demand))",
        at: target?.seconds.range ?? demand.model.range,
        label: "the best is \(inWords(slow.seconds.rounded(3))), on \(slow.candidate)",
        notes: (isDefault
            ? [
                .init(
                    "the spec sets no \(what); this is the default of the class `\(demand.model.workloadClass.value.rawValue)`"
                )
            ]
            : []) + conflict.notes(besides: target?.seconds.range), help: conflict.help)
}
