import Diagnostics

/// Says why no instance can run a model: the reason that came nearest, and what would help.
func reportNothingFits(_ demand: Demand, _ search: ShapeSearch, _ report: inout Report) {
    let model = demand.model
    let name = model.name.value
    if let unknown = search.unknownPreferences.first, search.unknownPreferences.count == demand.prefer.count {
        let names = Catalog.instanceTypes.map(\.name) + Catalog.instanceTypes.map(\.family)
        report.error(
            "unknown-instance", "the catalog has no instance type or family called `\(unknown.value)`",
            at: unknown.range,
            label: "nothing to choose from for `\(name)`",
            help: closest(to: unknown.value, among: names).map { ["did you mean `\($0)`?"] } ?? [])
        return
    }
    if search.refused.isEmpty {
        reportNoCandidates(demand, &report)
        return
    }
    let place = demand.prefer.first?.range ?? model.source.range
    let slow = search.refused.compactMap { refused -> (Double, String, Bool)? in
        switch refused.refusal {
        case .tooSlowPerToken(let seconds): (seconds, words(refused), true)
        case .tooSlowToFirstToken(let seconds): (seconds, words(refused), false)
        case .headsDoNotDivide, .doesNotHold, .formatUnsupported: nil
        }
    }
    if let best = slow.min(by: { $0.0 < $1.0 }) {
        reportTooSlow(demand, best, &report)
        return
    }
    let shortfalls = search.refused.compactMap { refused -> (Double, String)? in
        guard case .doesNotHold(let fit) = refused.refusal else { return nil }
        return (fit.kvBudget - fit.longestSequence, words(refused))
    }
    if let best = shortfalls.max(by: { $0.0 < $1.0 }) {
        report.error(
            "does-not-fit",
            "no allowed instance holds `\(name)` with one sequence of \(demand.workload.context.value) tokens",
            at: place, label: "\(gibibytes(-best.0)) short on the best of them, \(best.1)",
            notes: [
                .init(
                    "weights take \(gibibytes(demand.workload.weights)) in \(demand.workload.dtype.value.rawValue); the KV cache of one "
                        + "such sequence takes \(gibibytes(demand.workload.kvCache(tokens: Double(demand.workload.context.value))))",
                    at: model.source.range)
            ],
            help: [
                demand.workload.dtype.value.bytes > 1
                    ? "allow larger instances, a shorter `context`, or `weights: {dtype: fp8}`"
                    : "allow larger instances or a shorter `context`"
            ])
        return
    }
    report.error(
        "shape-impossible",
        "no allowed instance can run `\(name)` in \(demand.workload.dtype.value.rawValue)"
            + (model.gpu.tensorParallel.map { " over \($0.value) GPUs" } ?? ""),
        at: model.gpu.tensorParallel?.range ?? model.weights.dtype?.range ?? place,
        label:
            "its \(demand.workload.architecture.attentionHeads) heads or its number format rule every one of them out",
        help: ["a `tensorParallel` that divides the heads, or a GPU that knows the format"])
}

private func words(_ refused: (type: InstanceType, tensorParallel: Int, refusal: Capability.Refusal)) -> String {
    "`\(refused.type.name)` over \(refused.tensorParallel) GPU\(refused.tensorParallel == 1 ? "" : "s")"
}

/// Reports a model for which nothing could even be tried.
private func reportNoCandidates(_ demand: Demand, _ report: inout Report) {
    let model = demand.model
    if case .mig(let profile) = model.gpu.share.value {
        let owners = Catalog.migProfiles.filter { $0.name == profile }.map(\.gpuID)
        report.error(
            "mig-profile-not-offered", "no allowed GPU has the MIG profile `\(profile)`", at: model.gpu.share.range,
            label: "not cut like this",
            help: owners.isEmpty
                ? [
                    closest(to: profile, among: Catalog.migProfiles.map(\.name)).map { "did you mean `\($0)`?" }
                        ?? "see NVIDIA's profile tables"
                ]
                : ["`\(profile)` exists on \(owners.map { "`\($0)`" }.joined(separator: ", "))"])
        return
    }
    if let parallel = model.gpu.tensorParallel {
        report.error(
            "gpus-do-not-fit",
            "`\(model.name.value)` needs \(parallel.value) GPUs in one node, and no allowed instance has as many",
            at: parallel.range, label: "these GPUs must share a node",
            notes: demand.prefer.first.map { [.init("the choice is narrowed here", at: $0.range)] } ?? [],
            help: ["a smaller `tensorParallel`, or instances with more GPUs"])
        return
    }
    let unusable = demand.prefer.compactMap { name in
        Catalog.instanceTypes.first { $0.isNamed(name.value) && !$0.isUsable }.map { (name, $0) }
    }
    if let (name, type) = unusable.first {
        report.error(
            "instance-not-usable", "`\(name.value)` cannot serve models here: \(type.refusal ?? "")", at: name.range,
            label: "not for `\(model.name.value)`", help: ["prefer another family, for example `g6e`"])
        return
    }
    report.error(
        "no-instance-left", "no instance type with a known price is left for `\(model.name.value)`",
        at: demand.prefer.first?.range ?? demand.avoid.first?.range ?? model.range, label: "nothing to choose from",
        help: ["allow more instances, or give the missing price under `platform.prices`"])
}

/// Reports latency targets that no shape keeps even with a single sequence.
private func reportTooSlow(_ demand: Demand, _ best: (Double, String, Bool), _ report: inout Report) {
    let target = best.2 ? demand.model.sla.timePerOutputToken : demand.model.sla.timeToFirstToken
    let what = best.2 ? "time per output token" : "time to first token"
    let milliseconds = Int((best.0 * 1000).rounded(.up))
    report.error(
        "latency-out-of-reach",
        "no allowed instance gives `\(demand.model.name.value)` this \(what), even for one request at a time",
        at: target?.seconds.range ?? demand.model.range, label: "the best, \(best.1), promises \(milliseconds)ms",
        help: ["relax it to `\(milliseconds)ms`, allow faster instances, or a smaller number format"])
}

/// A size in words: `12.5 GiB`.
func gibibytes(_ value: Double) -> String { "\(PromQL.number(rounded(value, decimals: 1))) GiB" }
