import Groundwork
import Planning

let claimFacts = FactTable<ClaimPlan>(
    "claim", "a claim of devices",
    [
        .fact("name", "its name") { $0.name },
        .fact("model", "the first model whose pods refer to it") { $0.models[0].spec.name },
        .maybeRecord("exact", "the devices that it takes, where there is no choice", deviceChoiceFacts) { claim in
            claim.choices.count == 1 ? claim.choices[0] : nil
        },
        .records("alternatives", "the devices of which the first that can be had are taken", deviceChoiceFacts) {
            $0.choices.count == 1 ? [] : $0.choices
        },
        .maybe("matching", "an attribute on which all its devices agree") { $0.matching },
        .maybeRecord("sharing", "how its pods divide the GPU", sharingFacts) { $0.sharing },
    ])

let deviceChoiceFacts = FactTable<DeviceChoice>(
    "deviceChoice", "devices of one class",
    [
        .fact("name", "its name among the alternatives") { $0.name },
        .fact("deviceClass", "the DeviceClass") { $0.deviceClass },
        .fact("count", "how many") { $0.count },
        .fact("selector", "the CEL expression that the devices have to meet") { $0.selector },
        .mapping("capacity", "how much of each device, where devices have shares") { $0.capacity },
    ])

let sharingFacts = FactTable<SharingConfiguration>(
    "sharingConfiguration", "what NVIDIA's DRA driver is told about a shared GPU",
    [
        .fact("kind", "GpuConfig, or MigDeviceConfig for a MIG instance") { $0.kind },
        .fact("strategy", "TimeSlicing or MPS") { $0.strategy },
        .fact("isMPS", "whether processes run side by side") { $0.strategy.map { $0 == "MPS" } },
        .maybe("activeThreads", "threads that one process may use, percent") { $0.activeThreads },
        .maybe("memoryLimit", "memory that one process may use") { $0.memoryLimit },
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
        [gate("ConsumableShares", "the driver cuts GPUs into shares", Ingredient("shares", $0))]
    }
    let onDemand = plan.models.contains { model in
        if case .mig(let slice) = model.placement.nodes.layout { slice.isOnDemand } else { false }
    }
    let parts =
        onDemand
        ? [
            gate(
                "DynamicMIG", "the driver makes MIG instances for claims",
                Ingredient("dynamicMIG", plan.spec.platform.gpu.dynamicMIG))
        ] : []
    var seen: Set<String> = []
    return (gates + (shares ?? []) + parts).filter { seen.insert($0.value).inserted }
}
