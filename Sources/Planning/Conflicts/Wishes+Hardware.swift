import Diagnostics
import Groundwork
import YAML

/// What a model wants of instances and GPUs.
func hardwareWishes(_ model: ModelSpec, _ spec: ClusterSpec) -> [Wish] {
    ownHardwareWishes(model, spec) + instanceWishes(model, spec)
}

/// What a model wants of GPUs, whatever instance they are in.
func ownHardwareWishes(_ model: ModelSpec, _ spec: ClusterSpec) -> [Wish] {
    let name = model.name.value
    let architecture = Catalog.model(named: model.source.value)
    var wishes: [Wish?] = []
    wishes.append(
        Wish(
            model, "may use spot, so that its surge stands on nodes of its own",
            at: model.instances.spot.flatMap {
                $0.value == .allowed ? $0.range : nil
            }
        ) {
            $0.instances.spot = nil
        } weaken: { _ in
            model.instances.spot?.range.map { [SpecEdit("spot", $0, "never")] } ?? []
        })
    wishes.append(
        Wish(model, "is to be run in `\(model.weights.dtype?.value.rawValue ?? "")`", at: model.weights.dtype?.range) {
            $0.weights.dtype = nil
        } weaken: { _ in
            guard let range = model.weights.dtype?.range, let native = architecture?.nativeDType else { return [] }
            var edit = SpecEdit("dtype", range, native.rawValue)
            // Of weights from another place the format is a fact: these would be other weights.
            if model.hasOwnWeights { edit.condition = "with such weights at `from`" }
            return [edit]
        })
    wishes.append(
        Wish(model, "claims its GPUs, so that its pool has a node to spare", at: model.gpu.allocate.range) {
            $0.gpu.allocate = Traced(.devicePlugin, .convention("the wish is left out"))
        } weaken: { _ in
            model.gpu.allocate.range.map { [SpecEdit("allocate", $0, "device-plugin")] } ?? []
        })
    wishes.append(
        Wish(model, "is to stand in the pool `\(model.pool?.value ?? "")`", at: model.pool?.range) {
            $0.pool = nil
        } weaken: { _ in
            model.pool?.range.map { [SpecEdit("pool", $0, name)] } ?? []
        })
    wishes.append(
        Wish(model, "takes part of a GPU: \(model.gpu.share.value.text)", at: model.gpu.share.range) {
            $0.gpu.share = Traced(.whole, .convention("the wish is left out"))
        } weaken: { spec in
            model.gpu.share.range.map { range in
                largerShares(model.gpu.share.value).compactMap { share in
                    shapes(model, spec) { $0.gpu.share = Traced(share, .convention("tried")) }.first
                        .map { (share: share, price: $0.peakPrice) }
                }.sorted { $0.price < $1.price }.map { SpecEdit("share", range, $0.share.written) }
            } ?? []
        })
    wishes.append(
        Wish(
            model, "is to be run over \(model.gpu.tensorParallel?.value ?? 0) GPUs", at: model.gpu.tensorParallel?.range
        ) {
            $0.gpu.tensorParallel = nil
        } weaken: { spec in
            guard let range = model.gpu.tensorParallel?.range else { return [] }
            let best = shapes(model, spec) { $0.gpu.tensorParallel = nil }.first
            return best.map { [SpecEdit("tensorParallel", range, "\($0.tensorParallel)")] } ?? []
        })
    let serving = model.serving
    let percent = plainly(((serving.gpuMemoryUtilization?.value ?? 0) * 100).rounded(2))
    wishes.append(
        Wish(
            model, "keeps its KV cache in `\(serving.kvCacheDType?.value.rawValue ?? "")`",
            at: serving.kvCacheDType?.range
        ) {
            $0.serving.kvCacheDType = nil
        } weaken: { _ in
            leavingOut("kvCacheDType", at: serving.kvCacheDType?.range)
        })
    wishes.append(
        Wish(
            model, "takes \(percent)% of the memory of its GPUs", at: serving.gpuMemoryUtilization?.range
        ) {
            $0.serving.gpuMemoryUtilization = nil
        } weaken: { _ in
            leavingOut("gpuMemoryUtilization", at: serving.gpuMemoryUtilization?.range)
        })
    wishes.append(
        Wish(
            model, "computes up to \(serving.maxNumBatchedTokens?.value ?? 0) tokens in a step",
            at: serving.maxNumBatchedTokens?.range
        ) {
            $0.serving.maxNumBatchedTokens = nil
        } weaken: { _ in
            leavingOut("maxNumBatchedTokens", at: serving.maxNumBatchedTokens?.range)
        })
    let experts = model.gpu.expertParallel
    wishes.append(
        Wish(
            model, "is to have \(experts?.value == true ? "whole experts" : "a part of each expert") on each GPU",
            at: experts?.range
        ) {
            $0.gpu.expertParallel = nil
        } weaken: { _ in
            leavingOut("expertParallel", at: experts?.range)
        })
    return wishes.compactMap { $0 }
}

/// Takes a key out of the text; nothing where that cannot be done.
private func leavingOut(_ key: String, at range: SourceRange?) -> [SpecEdit] {
    guard let edit = NodeChange.removing(range)?.edit else { return [] }
    return [SpecEdit(edit, as: key, isLeftOut: true)]
}

/// The instances that a model wants and does not want, its own lists or the cluster's.
func instanceWishes(_ model: ModelSpec, _ spec: ClusterSpec) -> [Wish] {
    let own = !model.instances.prefer.isEmpty
    let lists: [(list: [Traced<String>], isOwn: Bool, isPreference: Bool)] = [
        (model.instances.avoid, true, false), (spec.instances.avoid, false, false),
        (own ? model.instances.prefer : spec.instances.prefer, own, true),
    ]
    return lists.compactMap { entry in
        guard let first = entry.list.first?.range, let last = entry.list.last?.range else { return nil }
        let range = first.line == last.line ? SourceRange(first.file, first.start, last.end) : first
        let words = enumerated(entry.list.map(\.value), "or")
        let clear: @Sendable (inout InstancesSpec) -> Void = { instances in
            if entry.isPreference { instances.prefer = [] } else { instances.avoid = [] }
        }
        let weaken: @Sendable (ClusterSpec) -> [SpecEdit] = { spec in
            let best = shapes(model, spec) { model in
                clear(&model.instances)
            } cluster: {
                clear(&$0.instances)
            }
            guard let type = best.first?.type else { return [] }
            let values = entry.isPreference ? [type.name] : entry.list.map(\.value).filter { !type.isNamed($0) }
            return SpecEdit(entry.isPreference ? "prefer" : "avoid", list: entry.list, values).map { [$0] } ?? []
        }
        if entry.isOwn {
            return Wish(
                model, entry.isPreference ? "is to run on \(words)" : "is not to run on \(words)", at: range,
                drop: { clear(&$0.instances) }, weaken: weaken)
        }
        return Wish(
            entry.isPreference ? "models are to run on \(words)" : "no model is to run on \(words)", at: range,
            .everything,
            drop: { clear(&$0.instances) }, weaken: weaken)
    }
}

/// The shapes on which a model could run without a wish, best first.
private func shapes(
    _ model: ModelSpec, _ spec: ClusterSpec, without change: (inout ModelSpec) -> Void,
    cluster: (inout ClusterSpec) -> Void = { _ in }
) -> [Shape] {
    // Of the model as this spec has it: other wishes may be left out there.
    var other = spec.models.first { $0.name.value == model.name.value } ?? model
    var whole = spec
    change(&other)
    cluster(&whole)
    var report = Report()
    guard let demand = demand(of: other, whole, &report) else { return [] }
    return searchShapes(demand, prices: PriceList(whole)).feasible
}

/// Larger shares of a GPU than the given one, up to all of it.
private func largerShares(_ share: GPUShare) -> [GPUShare] {
    switch share {
    case .whole: return []
    case .timeSlicing(let replicas):
        return [8, 4, 2].filter { $0 < replicas }.map { .timeSlicing(replicas: $0) } + [.whole]
    case .mps(let replicas): return [8, 4, 2].filter { $0 < replicas }.map { .mps(replicas: $0) } + [.whole]
    case .mig(let profile, let sharers):
        let rows = Catalog.migProfiles.sorted { $0.usableMiB < $1.usableMiB }
        let least = rows.first { $0.name == profile }?.usableMiB ?? 0
        let larger = unique(rows.filter { $0.usableMiB > least }.map(\.name))
        return larger.map { .mig(profile: $0, sharers: sharers) } + [.whole]
    }
}

extension GPUShare {
    /// The share as the spec writes it.
    fileprivate var written: String {
        switch self {
        case .whole: "whole"
        case .timeSlicing(let replicas): "{time-slicing: \(replicas)}"
        case .mps(let replicas): "{mps: \(replicas)}"
        case .mig(let profile, let sharers): "{mig: \(profile)\(sharers.map { ", mps: \($0)" } ?? "")}"
        }
    }
}
