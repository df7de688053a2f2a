import Diagnostics
import Groundwork
import YAML

/// Reports a model without any candidate instance type, by the first reason that leaves none.
func reportNoCandidates(_ demand: Demand, _ prices: PriceList, _ conflict: Conflict, _ report: inout Report) {
    let name = demand.model.name.value
    let named = Catalog.instanceTypes.filter { type in
        type.isUsable
            && (demand.prefer.isEmpty ? type.reserve == nil : demand.prefer.contains { type.isNamed($0.value) })
    }
    let kept = named.filter { type in !demand.avoid.contains { type.isNamed($0.value) } }
    if kept.isEmpty {
        report.error(
            "every-instance-avoided", "`avoid` excludes every instance type that `\(name)` may use", at: place(demand),
            label: "no instance type is left", notes: conflict.notes(besides: place(demand)), help: conflict.help)
        return
    }
    let offered = kept.filter(prices.isOffered)
    if offered.isEmpty {
        report.error(
            "not-offered-in-region",
            "\(prices.region.value) offers no instance type that `\(name)` may use", at: place(demand),
            label: "not offered there according to the catalog", notes: conflict.notes(besides: place(demand)),
            help: conflict.help
                + ["if the region offers it by now, set its price: `platform: {prices: {\(kept[0].name): $…/hour}}`"])
        return
    }
    if case .mig(let profile, _) = demand.share,
        !offered.contains(where: { Catalog.migProfile(gpu: $0.gpuID, profile: profile) != nil })
    {
        return reportNoProfile(demand, profile, offered, prices, conflict, &report)
    }
    guard let parallel = demand.model.gpu.tensorParallel else { return }
    let most = offered.max { $0.gpuCount < $1.gpuCount } ?? offered[0]
    report.error(
        "gpus-do-not-fit",
        "`\(name)` needs \(parallel.value) GPUs on one node, and `\(most.name)` has \(most.gpuCount)",
        at: parallel.range, label: "these GPUs must be on one node",
        notes: conflict.notes(besides: parallel.range) + [.init("Stowage does not support replicas that span nodes")],
        help: conflict.help)
}

/// Reports a model that only types of unknown price could run.
func reportUnpriced(
    _ demand: Demand, _ candidates: [Candidate], _ spec: ClusterSpec, _ prices: PriceList, _ conflict: Conflict,
    _ report: inout Report
) {
    let types = unique(candidates.map(\.type.name))
    let region = prices.region
    guard Catalog.hasPrices(of: region.value) else {
        // One error for all models.
        report.error(
            "price-unknown", "no prices in `\(region.value)` are known; without them, no cost can be computed",
            at: region.range, label: "not among the regions of the catalog", notes: [.init(pricedInWords(prices))],
            help: ["set `platform: {prices: {\(types[0]): $…/hour}}` with the price of each instance type to use"])
        return
    }
    let isSold = candidates.allSatisfy(\.type.isSoldOnDemand)
    let consequence =
        spec.budget.map { "the budget of \(dollars($0.limit.value)) per month cannot be checked" }
        ?? "the cost of `\(demand.model.name.value)` cannot be computed"
    let named = demand.prefer.first { name in candidates.contains { $0.type.isNamed(name.value) } }
    report.error(
        "price-unknown",
        "no price in \(region.value) is known for \(enumerated(types)); without one, \(consequence)",
        at: named?.range ?? place(demand), label: "`\(demand.model.name.value)` fits on no other allowed instance type",
        notes: [.init(pricedInWords(prices))],
        help: ["set `platform: {prices: {\(types[0]): $…/hour}}`"]
            + (isSold ? [] : ["or list its capacity block, which has a price, under `reservations`"])
            + (conflict.relaxations.isEmpty ? [] : conflict.help))
}

/// Reports a MIG profile that no allowed GPU has.
private func reportNoProfile(
    _ demand: Demand, _ profile: String, _ types: [InstanceType], _ prices: PriceList, _ conflict: Conflict,
    _ report: inout Report
) {
    let share = demand.model.gpu.share
    let gpus = unique(types.map(\.gpuID))
    let own = unique(gpus.flatMap { Catalog.migProfiles(gpu: $0).map(\.name) })
    let families = unique(
        Catalog.instanceTypes.filter {
            $0.isUsable && $0.reserve == nil && Catalog.migProfile(gpu: $0.gpuID, profile: profile) != nil
        }.map(\.family)
    )
    let serving = families.filter { !searchCandidates(demand.preferring([$0]), prices: prices).feasible.isEmpty }
    let elsewhere: [Help] =
        serving.isEmpty ? [] : ["`\(profile)` is available on \(enumerated(serving, "or")), where the model fits"]
    if own.isEmpty {
        report.error(
            "gpu-without-mig", "MIG is not supported on \(enumerated(gpus))", at: share.range,
            label: "`\(demand.model.name.value)` requests a MIG instance", notes: conflict.notes(besides: share.range),
            help: conflict.help + elsewhere)
        return
    }
    let fitting = own.filter { !searchCandidates(demand.taking(profile: $0), prices: prices).feasible.isEmpty }
    let near = closest(to: profile, among: fitting).map { near in
        [Help("did you mean `\(near)`?", demand.model.setting("gpu", "share", "mig", to: near))]
    }
    report.error(
        "mig-profile-not-offered", "\(enumerated(gpus, "or")) has no MIG profile `\(profile)`", at: share.range,
        label: "it has \(enumerated(own))", notes: conflict.notes(besides: share.range),
        help: (families.isEmpty ? near ?? [] : []) + conflict.help + elsewhere)
}
