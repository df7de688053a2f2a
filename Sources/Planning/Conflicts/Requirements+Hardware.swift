import Diagnostics
import Groundwork
import YAML

/// A model's requirements on instances and GPUs.
func hardwareRequirements(_ model: ModelSpec, _ spec: ClusterSpec) -> [Requirement] {
    ownHardwareRequirements(model, spec) + instanceRequirements(model, spec)
}

/// A model's requirements on GPUs, whatever the instance type.
func ownHardwareRequirements(_ model: ModelSpec, _ spec: ClusterSpec) -> [Requirement] {
    let name = model.name.value
    let architecture = Catalog.model(named: model.source.value)
    let isStatic = nodeSupply(model, spec.platform).value == .static
    var requirements: [Requirement?] = []
    requirements.append(
        Requirement(
            model, "may use spot, so its surge runs on separate nodes",
            at: model.instances.spot.flatMap {
                $0.value == .allowed ? $0.range : nil
            }
        ) {
            $0.instances.spot = nil
        } weaken: { _ in
            model.instances.spot?.range.map { [SpecEdit("spot", $0, "never")] } ?? []
        })
    requirements.append(
        Requirement(model, "must run in `\(model.weights.dtype?.value.rawValue ?? "")`", at: model.weights.dtype?.range)
        {
            $0.weights.dtype = nil
        } weaken: { _ in
            guard let range = model.weights.dtype?.range, let native = architecture?.nativeDType else { return [] }
            var edit = SpecEdit("dtype", range, native.rawValue)
            // The dtype of weights from another place is a fact: these would be other weights.
            if model.hasOwnWeights { edit.condition = "with weights in that dtype at `from`" }
            return [edit]
        })
    requirements.append(
        Requirement(
            model, "claims its GPUs through DRA\(isStatic ? ", so its pool has a spare node" : "")",
            at: model.gpu.allocate.range
        ) {
            $0.gpu.allocate = Traced(.devicePlugin, .convention("the requirement is dropped"))
        } weaken: { _ in
            model.gpu.allocate.range.map { [SpecEdit("allocate", $0, "device-plugin")] } ?? []
        })
    requirements.append(
        Requirement(model, "must be placed in the pool `\(model.pool?.value ?? "")`", at: model.pool?.range) {
            $0.pool = nil
        } weaken: { _ in
            model.pool?.range.map { [SpecEdit("pool", $0, name)] } ?? []
        })
    requirements.append(
        Requirement(model, "uses part of a GPU: \(model.gpu.share.value.text)", at: model.gpu.share.range) {
            $0.gpu.share = Traced(.whole, .convention("the requirement is dropped"))
        } weaken: { spec in
            model.gpu.share.range.map { range in
                largerShares(model.gpu.share.value).compactMap { share in
                    candidates(model, spec) { $0.gpu.share = Traced(share, .convention("tried")) }.first
                        .map { (share: share, price: $0.peakPrice) }
                }.sorted { $0.price < $1.price }.map { SpecEdit("share", range, $0.share.written) }
            } ?? []
        })
    requirements.append(
        Requirement(
            model, "must run on \(model.gpu.tensorParallel?.value ?? 0) GPUs", at: model.gpu.tensorParallel?.range
        ) {
            $0.gpu.tensorParallel = nil
        } weaken: { spec in
            guard let range = model.gpu.tensorParallel?.range else { return [] }
            let best = candidates(model, spec) { $0.gpu.tensorParallel = nil }.first
            return best.map { [SpecEdit("tensorParallel", range, "\($0.tensorParallel)")] } ?? []
        })
    let serving = model.serving
    let percent = plainly(((serving.gpuMemoryUtilization?.value ?? 0) * 100).rounded(2))
    requirements.append(
        Requirement(
            model, "keeps its KV cache in `\(serving.kvCacheDType?.value.rawValue ?? "")`",
            at: serving.kvCacheDType?.range
        ) {
            $0.serving.kvCacheDType = nil
        } weaken: { _ in
            leavingOut("kvCacheDType", at: serving.kvCacheDType?.range)
        })
    requirements.append(
        Requirement(
            model, "uses \(percent)% of the memory of its GPUs", at: serving.gpuMemoryUtilization?.range
        ) {
            $0.serving.gpuMemoryUtilization = nil
        } weaken: { _ in
            leavingOut("gpuMemoryUtilization", at: serving.gpuMemoryUtilization?.range)
        })
    requirements.append(
        Requirement(
            model, "batches up to \(serving.maxNumBatchedTokens?.value ?? 0) tokens per step",
            at: serving.maxNumBatchedTokens?.range
        ) {
            $0.serving.maxNumBatchedTokens = nil
        } weaken: { _ in
            leavingOut("maxNumBatchedTokens", at: serving.maxNumBatchedTokens?.range)
        })
    let resources = serving.pod.resources
    requirements.append(
        Requirement(
            model, "requests `cpu: \(resources.cpu?.value.text ?? "")` for each replica", at: resources.cpu?.range
        ) {
            $0.serving.pod.resources.cpu = nil
        } weaken: { _ in
            leavingOut("cpu", at: resources.cpu?.range)
        })
    requirements.append(
        Requirement(
            model, "requests `memory: \(resources.memory?.value.text ?? "")` for each replica",
            at: resources.memory?.range
        ) {
            $0.serving.pod.resources.memory = nil
        } weaken: { _ in
            leavingOut("memory", at: resources.memory?.range)
        })
    let experts = model.gpu.expertParallel
    requirements.append(
        Requirement(
            model, "must have \(experts?.value == true ? "whole experts" : "a part of each expert") on each GPU",
            at: experts?.range
        ) {
            $0.gpu.expertParallel = nil
        } weaken: { _ in
            leavingOut("expertParallel", at: experts?.range)
        })
    return requirements.compactMap { $0 }
}

/// Removes a key from the text; nothing if that is not possible.
func leavingOut(_ key: String, at range: SourceRange?) -> [SpecEdit] {
    guard let edit = NodeChange.removing(range)?.edit else { return [] }
    return [SpecEdit(edit, as: key, isLeftOut: true)]
}

/// The instances that a model prefers and avoids, by its own lists or the cluster's.
func instanceRequirements(_ model: ModelSpec, _ spec: ClusterSpec) -> [Requirement] {
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
            // Nodes that exist have the types that they have.
            if model.existing != nil { return [] }
            let best = candidates(model, spec) { model in
                clear(&model.instances)
            } cluster: {
                clear(&$0.instances)
            }
            guard let type = best.first?.type else { return [] }
            let values = entry.isPreference ? [type.name] : entry.list.map(\.value).filter { !type.isNamed($0) }
            return SpecEdit(entry.isPreference ? "prefer" : "avoid", list: entry.list, values).map { [$0] } ?? []
        }
        if entry.isOwn {
            return Requirement(
                model, entry.isPreference ? "must run on \(words)" : "must not run on \(words)", at: range,
                drop: { clear(&$0.instances) }, weaken: weaken)
        }
        return Requirement(
            entry.isPreference ? "models must run on \(words)" : "no model may run on \(words)", at: range,
            .everything,
            drop: { clear(&$0.instances) }, weaken: weaken)
    }
}

/// The candidates for a model without a requirement, best first.
private func candidates(
    _ model: ModelSpec, _ spec: ClusterSpec, without change: (inout ModelSpec) -> Void,
    cluster: (inout ClusterSpec) -> Void = { _ in }
) -> [Candidate] {
    // The model as in this spec, which may have dropped other requirements.
    var other = spec.models.first { $0.name.value == model.name.value } ?? model
    var whole = spec
    change(&other)
    cluster(&whole)
    var report = Report()
    guard let demand = demand(of: other, whole, &report) else { return [] }
    return searchCandidates(demand, prices: PriceList(whole)).feasible
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
