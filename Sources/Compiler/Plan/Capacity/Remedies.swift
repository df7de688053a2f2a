/// The single changes of a spec that would let a model run, each tried before it is proposed.
///
/// `effect` says what a change achieves, for example "holds it". Empty when no single change is enough.
func remedies(_ demand: Demand, _ prices: PriceList, _ effect: String) -> [String] {
    var found: [String] = []
    if let shape = best(demand.choosing(.init(prefer: [])), prices), !demand.prefer.isEmpty {
        found.append("`instances: {prefer: [\(shape.type.name)]}` \(effect)\(ranks(shape))")
    }
    for dtype in [DType.fp16, .fp8]
    where demand.workload.dtype.value != dtype && demand.workload.dtype.value.bytes >= dtype.bytes {
        guard let shape = best(demand.choosing(.init(dtype: dtype)), prices) else { continue }
        found.append("`weights: {dtype: \(dtype.rawValue)}` \(effect) on `\(shape.type.name)`\(ranks(shape))")
        break
    }
    let lengths = [128, 64, 32, 16, 8, 4, 2, 1].map { $0 * 1024 }
    let needed = demand.workload.inputTokens.value + demand.workload.outputTokens.value
    for tokens in lengths where tokens < demand.workload.context.value && tokens >= needed {
        guard let shape = best(demand.choosing(.init(context: tokens)), prices) else { continue }
        found.append("`context: \(contextLength(tokens))` \(effect) on `\(shape.type.name)`\(ranks(shape))")
        break
    }
    if case .mig = demand.share {
        for profile in unique(Catalog.migProfiles.sorted { $0.usableMiB < $1.usableMiB }.map(\.name)) {
            guard let shape = best(demand.choosing(.init(share: .mig(profile: profile))), prices) else { continue }
            found.append("`gpu: {share: {mig: \(profile)}}` \(effect) on `\(shape.type.name)`")
            break
        }
    }
    return found
}

private func best(_ demand: Demand, _ prices: PriceList) -> Shape? {
    searchShapes(demand, prices: prices).feasible.first
}

private func ranks(_ shape: Shape) -> String { shape.tensorParallel == 1 ? "" : " over \(shape.tensorParallel) GPUs" }

/// What to try differently; nil leaves it as it is.
struct Choice {
    var prefer: [Traced<String>]?
    var share: GPUShare?
    var dtype: DType?
    var context: Int?
}

extension Demand {
    /// The same demand with another choice.
    func choosing(_ choice: Choice) -> Demand {
        Demand(
            model: model, workload: workload.choosing(choice), quantized: choice.dtype == nil ? quantized : nil,
            targets: targets, share: choice.share ?? share, scaleUp: scaleUp,
            prefer: choice.prefer ?? prefer, avoid: avoid, packing: packing)
    }

    /// The same demand in the number format that was chosen.
    func running(_ workload: Workload) -> Demand {
        Demand(
            model: model, workload: workload, quantized: nil, targets: targets, share: share, scaleUp: scaleUp,
            prefer: prefer, avoid: avoid, packing: packing)
    }
}

extension Workload {
    /// The same workload in another number format or with another context.
    fileprivate func choosing(_ choice: Choice) -> Workload {
        choosing(dtype: dtype.map { choice.dtype ?? $0 }, context: context.map { choice.context ?? $0 })
    }

    /// The same workload in another number format or with another context.
    func choosing(dtype: Traced<DType>, context: Traced<Int>? = nil) -> Workload {
        Workload(
            architecture: architecture, architectureOrigin: architectureOrigin, dtype: dtype, kvDType: kvDType,
            inputTokens: inputTokens, outputTokens: outputTokens, prefixHitRate: prefixHitRate,
            context: context ?? self.context,
            memoryShare: memoryShare)
    }
}
