import Diagnostics
import Groundwork

/// Checks that a model that runs on spot only may be interrupted, and that Karpenter launches its nodes.
func checkSpotOnly(_ placement: Placement, _ report: inout Report) {
    guard placement.isSpotOnly else { return }
    let (model, name) = (placement.spec, placement.name)
    let spot = placement.nodes.spot.range
    let allowed = Help(
        "or set `instances: {spot: allowed}`, which keeps the minimum on demand",
        model.setting("instances", "spot", to: "allowed"))
    if model.workloadClass.value != .batch, model.priority.value != .bestEffort {
        report.error(
            "spot-only-while-serving",
            "`\(name)` runs on spot only, and is neither of class `batch` nor of priority `best-effort`", at: spot,
            label: "all replicas may be interrupted at once",
            notes: [
                .init(
                    "without spot capacity it serves nothing; its class is `\(model.workloadClass.value.rawValue)`",
                    at: model.workloadClass.range ?? model.name.range)
            ],
            help: [
                Help("set `class: batch`, or `priority: best-effort`", model.setting("class", to: "batch")), allowed,
            ])
    }
    let obstacle: String? =
        placement.isManaged || placement.isStatic
        ? "Karpenter does not launch its nodes by its pods"
        : placement.usesDRA ? "it claims its GPUs" : placement.nodes.layout != .whole ? "it uses part of a GPU" : nil
    if let obstacle {
        report.error(
            "spot-only-not-supported", "`\(name)` runs on spot only, and \(obstacle)", at: spot,
            label: "requires whole GPUs of Karpenter's nodes, from the device plugin",
            help: [
                Help("set `instances: {spot: never}` for this model", model.setting("instances", "spot", to: "never"))
            ])
    }
}
