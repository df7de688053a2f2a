import Diagnostics
import Groundwork
import YAML

/// Says why no instance can run a model: the reason of the shape that came nearest, the wishes in conflict, and what would help.
func reportNothingFits(
    _ misfit: Misfit, _ prices: PriceList, _ report: inout Report, conflict find: () -> Conflict
) {
    let (demand, search) = (misfit.demand, misfit.search)
    // Names that mean nothing are reported where all names are checked.
    guard demand.prefer.isEmpty || namesUsableInstance(demand.prefer) else { return }
    let conflict = find()
    if search.refused.isEmpty { return reportNoCandidates(demand, prices, conflict, &report) }
    if let slow = nearestInTime(search.refused, demand.targets) {
        return reportTooSlow(demand, slow, conflict, &report)
    }
    if let tight = nearestInMemory(search.refused) { return reportTooLarge(demand, tight, conflict, &report) }
    let model = demand.model
    let name = model.name.value
    let architecture = demand.workload.architecture
    if let parallel = model.gpu.tensorParallel, !demand.workload.divides(by: parallel.value) {
        let good = (1...8).filter { demand.workload.divides(by: $0) }.map(String.init)
        report.error(
            "heads-do-not-divide",
            "\(parallel.value) GPUs cannot evenly share the \(architecture.attentionHeads) attention heads and \(architecture.kvHeads) KV "
                + "heads of `\(name)`", at: parallel.range, label: "leaves a remainder",
            notes: [.init("its heads are those of this model", at: model.source.range)]
                + conflict.notes(besides: parallel.range),
            help: [
                Help(
                    "they divide over \(good.joined(separator: ", ")) GPUs", replacing: parallel.range, by: good)
            ] + conflict.help)
        return
    }
    if let host = search.refused.first(where: { if case .hostTooSmall = $0.refusal { true } else { false } }) {
        report.error(
            "host-too-small",
            "no allowed instance has the CPU and memory that a replica of `\(name)` needs beside its GPUs",
            at: place(demand),
            label: "\(host.type.vcpu) vCPUs and \(host.type.memoryMiB / 1024) GiB on `\(host.type.name)`",
            notes: conflict.notes(besides: place(demand)), help: conflict.help)
        return
    }
    if let cache = model.serving.kvCacheDType,
        search.refused.contains(where: { if case .cacheFormatUnsupported = $0.refusal { true } else { false } })
    {
        report.error(
            "cache-format-unsupported",
            "no allowed GPU computes in `\(cache.value.rawValue)`, the format of `\(name)`'s KV cache",
            at: cache.range, label: "from Ada Lovelace on", notes: conflict.notes(besides: cache.range),
            help: [Help("leave out `kvCacheDType`", .removing(cache.range))] + conflict.help)
        return
    }
    let format = demand.workload.dtype.value.rawValue
    let gpus = unique(search.refused.map(\.type.gpuID))
    report.error(
        "format-unsupported", "no allowed GPU computes in `\(format)`, as `\(name)` is to run",
        at: model.weights.dtype?.range ?? place(demand),
        label: "\(enumerated(gpus)) \(gpus.count == 1 ? "is" : "are") too old for it",
        notes: model.weights.dtype == nil
            ? [.init("the model is published in this format", at: model.source.range)]
                + conflict.notes(besides: place(demand)) : conflict.notes(besides: model.weights.dtype?.range),
        help: conflict.help)
}

/// Where a model's instances were chosen, or else where the model is named.
func place(_ demand: Demand) -> SourceRange? { demand.prefer.first?.range ?? demand.model.source.range }

/// Reports latency targets that no shape keeps even with a single sequence.
private func reportTooSlow(_ demand: Demand, _ slow: SlowShape, _ conflict: Conflict, _ report: inout Report) {
    let sla = demand.model.sla
    let target = slow.isPace ? sla.timePerOutputToken : sla.timeToFirstToken
    let what = slow.isPace ? "time per output token" : "time to first token"
    report.error(
        "latency-out-of-reach",
        "no allowed instance gives `\(demand.model.name.value)` a \(what) of \(inWords(target?.seconds.value ?? 0)), even for one "
            + "request at a time",
        at: target?.seconds.range ?? demand.model.range,
        label: "the nearest is \(inWords(slow.seconds.rounded(3))), on \(slow.shape)",
        notes: conflict.notes(besides: target?.seconds.range), help: conflict.help)
}

/// Reports weights or a context that no allowed instance holds.
private func reportTooLarge(_ demand: Demand, _ tight: TightShape, _ conflict: Conflict, _ report: inout Report) {
    let workload = demand.workload
    let tokens = workload.context.value
    let sequence = gibibytes(workload.kvCache(tokens: Double(tokens)))
    let place = demand.prefer.first?.range ?? demand.model.gpu.share.range ?? demand.model.source.range
    let loading =
        "vLLM loads \(gibibytes(workload.publishedWeights())) in \(workload.architecture.nativeDType.rawValue), and turns them "
        + "into \(workload.dtype.value.rawValue) on the GPUs"
    report.error(
        "does-not-fit",
        "no allowed instance holds `\(demand.model.name.value)` with one sequence of \(contextLength(tokens)) tokens",
        at: place,
        label: "\(gibibytes(tight.shortfall)) short on the best of them, \(tight.shape)",
        notes: [
            .init(
                "its weights take \(gibibytes(workload.weights())) in \(workload.dtype.value.rawValue), and the KV cache of such a "
                    + "sequence \(sequence)", at: demand.model.source.range)
        ] + (tight.isLoading ? [.init(loading, at: demand.model.weights.dtype?.range)] : [])
            + conflict.notes(besides: place), help: conflict.help)
}

/// A size in words: `12.5 GiB`.
func gibibytes(_ value: Double) -> String { "\(Notation.plain.text(value.rounded(1))) GiB" }
