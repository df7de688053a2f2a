import Diagnostics
import Groundwork

/// Reports weights or a context that fit on no allowed instance type.
func reportTooLarge(_ demand: Demand, _ tight: TightCandidate, _ conflict: Conflict, _ report: inout Report) {
    let workload = tight.candidate.workload
    let tokens = workload.context.value
    let sequence = gibibytes(workload.kvCache(tokens: Double(tokens)))
    let place = demand.prefer.first?.range ?? demand.model.gpu.share.range ?? demand.model.source.range
    let loading =
        "vLLM loads \(gibibytes(workload.publishedWeights())) in \(workload.architecture.nativeDType.rawValue) and converts them "
        + "to \(workload.dtype.value.rawValue) on the GPUs"
    report.error(
        "does-not-fit",
        "no allowed instance type has the GPU memory for `\(demand.model.name.value)` with one sequence of \(contextLength(tokens)) tokens\(triedCounts(demand))",
        at: place,
        label: "\(gibibytes(tight.shortfall)) short on the closest candidate, \(tight.candidate.words)",
        notes: [
            .init(
                "the weights take \(gibibytes(workload.weights())) in \(workload.dtype.value.rawValue), and the KV cache of one such "
                    + "sequence takes \(sequence)", at: demand.model.source.range)
        ] + (tight.isLoading ? [.init(loading, at: demand.model.weights.dtype?.range)] : [])
            + conflict.notes(besides: place) + [spanningNote(demand, tight)].compactMap { $0 }, help: conflict.help)
}

/// Notes that a replica would fit on several nodes together, if no single instance type has enough of its GPUs.
private func spanningNote(_ demand: Demand, _ tight: TightCandidate) -> Diagnostic.Note? {
    let (accelerator, workload) = (tight.candidate.accelerator, tight.candidate.workload)
    let types = Catalog.instanceTypes.filter { $0.isUsable && $0.gpuID == accelerator.gpu.id }
    guard accelerator.isWhole, let largest = types.max(by: { $0.gpuCount < $1.gpuCount }) else { return nil }
    func holds(_ gpus: Int) -> Bool {
        let ranks = Double(gpus)
        if workload.isQuantized, missingToLoad(workload, on: accelerator, ranks: ranks) > 0 { return false }
        return MemoryFit(workload, on: accelerator, ranks: ranks).holds
    }
    let most = largest.gpuCount
    guard !holds(most),
        let nodes = (2...Int(Thresholds.nodesOfSpanningReplica.value)).first(where: { holds($0 * most) }),
        let gpus = (most + 1...nodes * most).first(where: holds)
    else { return nil }
    return .init(
        "it would fit on \(gpus) `\(accelerator.gpu.id)`, on \(nodes) `\(largest.name)` together, but one instance has \(most): Stowage "
            + "does not support replicas that span nodes")
}

/// The numbers of GPUs that were tried, if its heads divide evenly among others too: nothing is known about those.
func triedCounts(_ demand: Demand) -> String {
    let (model, workload) = (demand.model, demand.workload)
    guard model.gpu.tensorParallel == nil, !countSettings(model, workload).isEmpty else { return "" }
    let tried = countsThatDivide(model, workload).filter(gpuCounts.contains).map(String.init)
    guard tried.count > 1 else { return " on one GPU" }
    return " on \(listed(tried, "or")) GPUs"
}

/// A size in words: `12.5 GiB`.
func gibibytes(_ value: Double) -> String { "\(Notation.plain.text(value.rounded(1))) GiB" }
