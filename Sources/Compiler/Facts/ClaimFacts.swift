import Groundwork
import Planning

let claimFacts = FactTable<ClaimPlan>(
    "claim", "a claim for devices",
    [
        .fact("name", "its name") { $0.name },
        .fact("namespace", "its namespace, that of its models") { $0.models[0].spec.namespace },
        .fact("model", "the first model whose pods use it") { $0.models[0].spec.name },
        .mapping("labels", "the labels that the spec puts on it") { labels($0.models[0].spec.metadata) },
        .mapping("annotations", "the annotations that the spec puts on it") { annotations($0.models[0].spec.metadata) },
        .maybeRecord("exact", "the devices to allocate, if there are no alternatives", deviceChoiceFacts) { claim in
            claim.choices.count == 1 ? claim.choices[0] : nil
        },
        .records("alternatives", "alternative devices: the first available ones are allocated", deviceChoiceFacts) {
            $0.choices.count == 1 ? [] : $0.choices
        },
        .maybe("matching", "an attribute that must be equal on all its devices") { $0.matching },
        .maybeRecord("sharing", "how its pods share the GPU", sharingFacts) { $0.sharing },
    ])

let deviceChoiceFacts = FactTable<DeviceChoice>(
    "deviceChoice", "devices of one class",
    [
        .fact("name", "its name among the alternatives") { $0.name },
        .fact("deviceClass", "the DeviceClass") { $0.deviceClass },
        .fact("count", "how many") { $0.count },
        .fact("selector", "the CEL expression that selects the devices") { $0.selector },
        .mapping("capacity", "the capacity to allocate of each device, if devices have shares") { $0.capacity },
    ])

let sharingFacts = FactTable<SharingConfiguration>(
    "sharingConfiguration", "the configuration of NVIDIA's DRA driver for a shared GPU",
    [
        .fact("kind", "GpuConfig, or MigDeviceConfig for a MIG instance") { $0.kind },
        .fact("strategy", "TimeSlicing or MPS") { $0.strategy },
        .fact("isMPS", "whether the strategy is MPS") { $0.strategy.map { $0 == "MPS" } },
        .maybe("activeThreads", "the limit on active threads of one process, percent") { $0.activeThreads },
        .maybe("memoryLimit", "the memory limit of one process") { $0.memoryLimit },
    ])

/// The feature gates that NVIDIA's DRA driver needs for the claims of a plan.
func driverGates(_ plan: Plan) -> [Traced<String>] {
    let gates = plan.claims.compactMap(\.sharing?.strategy).map { strategy in
        strategy.map { $0 == "MPS" ? "MPSSupport" : "TimeSlicingSettings" }
    }
    func gate(_ name: String, _ reason: String, _ given: Ingredient) -> Traced<String> {
        Traced(name, because: reason, given)
    }
    let shares = plan.pools.lazy.compactMap(\.sharing.shares).first.map {
        [gate("ConsumableShares", "the driver divides GPUs into shares", Ingredient("shares", $0))]
    }
    let onDemand = plan.models.contains { model in
        if case .mig(let slice) = model.placement.nodes.layout { slice.isOnDemand } else { false }
    }
    let parts =
        onDemand
        ? [
            gate(
                "DynamicMIG", "the driver creates MIG instances for claims",
                Ingredient("dynamicMIG", plan.spec.platform.gpu.dynamicMIG))
        ] : []
    var seen: Set<String> = []
    return (gates + (shares ?? []) + parts).filter { seen.insert($0.value).inserted }
}
