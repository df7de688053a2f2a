import Groundwork

/// The architecture that is assumed for a model whose name is in no manifest: that of a model of the catalog which fits its GPUs.
struct StandIn {
    let row: ModelArchitecture
    /// The longest sequence: what the server is started with, if the row has less.
    let context: Int

    /// Chooses the largest dense model whose weights leave half of the GPUs' memory free; the smallest if none does.
    init?(gpus: Int, memoryMiB: Int, context: Int?) {
        let dense = Catalog.models.filter { row in
            row.experts == nil && row.latentAttention == nil && row.slidingWindow == nil && row.mixedCache == nil
                && row.traits.isEmpty && row.extraMiB == 0 && row.nativeDType == .bf16
                && row.attentionHeads.isMultiple(of: gpus) && row.kvHeads.isMultiple(of: gpus)
        }
        let room = Double(memoryMiB) * 1_048_576 * shareOfWeights
        let fitting = dense.filter { Double($0.parameters) * 2 <= room }
        guard
            let row = fitting.max(by: { ($0.parameters, $1.name) < ($1.parameters, $0.name) })
                ?? dense.min(by: { ($0.parameters, $0.name) < ($1.parameters, $1.name) })
        else { return nil }
        self.row = row
        self.context = max(row.maxContext, context ?? 0)
    }

    /// The figures as a spec writes them.
    var architecture: SpecValue {
        .mapping(
            [
                ("parameters", .plain("\(row.parameters)")), ("layers", .plain("\(row.layers)")),
                ("hidden", .plain("\(row.hidden)")), ("attentionHeads", .plain("\(row.attentionHeads)")),
                ("kvHeads", .plain("\(row.kvHeads)")), ("headDimension", .plain("\(row.headDimension)")),
                ("maxContext", .plain("\(context)")),
            ], "assumed: that of \(row.name), which fits the GPUs")
    }
}

/// The share of the GPUs' memory that assumed weights may take.
private let shareOfWeights = 0.45

extension Recognizer {
    /// The architecture that is assumed for a model that the catalog does not have.
    func standIn(for model: FoundModel) -> StandIn? {
        let name = model.pools.first?.typeNames.first?.name ?? likelyType(of: model)
        let type = Catalog.instanceType(named: name)
        let gpuID = type.map { Catalog.gpu(of: $0).id } ?? ""
        let partition = partition(of: model)
        let profile = Catalog.migProfiles.first { $0.gpuID == gpuID && $0.name == partition }
        let parallel = model.arguments.flag("--tensor-parallel-size", "--tp")?.value.flatMap(Int.init)
        let gpus = max(1, parallel ?? (profile == nil ? model.gpus?.value.integer : 1) ?? 1)
        let memory = (profile?.usableMiB ?? type?.gpuMemoryMiB ?? 0) / (sharing(of: model)?.pods ?? 1)
        let context = model.arguments.flag("--max-model-len")?.value.flatMap(Int.init)
        return StandIn(gpus: gpus, memoryMiB: memory * gpus, context: context)
    }
}
