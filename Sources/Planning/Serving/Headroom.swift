import Diagnostics
import Groundwork
import YAML

/// GPUs that are kept free for a model's surge: by a buffer that Karpenter knows, or by pods that stand there for nothing and
/// give way to any other.
package struct HeadroomPlan: Sendable {
    package let name: Traced<String>
    /// The Deployment whose replicas there is to be room for.
    package let deployment: Deployment
    package let replicas: Traced<Int>
    /// Whether Karpenter keeps the room by itself.
    package let isBuffer: Bool
}

/// Plans the room that models ask for.
func planHeadroom(_ placement: Placement, _ deployments: [Deployment], _ platform: PlatformSpec) -> HeadroomPlan? {
    guard let replicas = placement.spec.headroom, placement.usesElastic, let deployment = deployments.first else {
        return nil
    }
    return HeadroomPlan(
        name: placement.spec.name.map { "\($0)-headroom" }, deployment: deployment, replicas: replicas,
        isBuffer: platform.keepsBuffers)
}

extension PlatformSpec {
    /// Whether Karpenter keeps room for pods that do not exist yet: the gate is on, and its API is the one that is written.
    var keepsBuffers: Bool {
        has(.capacityBuffer) && Component.karpenter.offers(.capacityBufferV1beta1, at: karpenter.version.value)
    }
}

/// Reports headroom that would stay without effect.
func checkHeadroom(_ placement: Placement, _ spec: ClusterSpec, _ report: inout Report) {
    guard let headroom = placement.spec.headroom else { return }
    if !placement.usesElastic {
        report.warning(
            "idle-headroom", "no replica of `\(placement.name)` ever goes to an elastic pool", at: headroom.range,
            label: "no effect",
            help: [
                "headroom is for models that scale on whole GPUs of the device plugin, beyond what their primary pool holds"
            ])
    } else if !spec.platform.keepsBuffers, placement.spec.priority.value == .bestEffort {
        let release = Component.karpenter.first(.capacityBufferV1beta1)?.text ?? ""
        let version = spec.platform.karpenter.version
        let isOld = !Component.karpenter.offers(.capacityBufferV1beta1, at: version.value)
        let newer = isOld ? [NodeChange.replacing(version.range, by: "\"\(release)\"")] : []
        report.error(
            "headroom-that-nobody-takes",
            "`\(placement.name)` is best-effort, and its pods push out no others: not even those that keep room for them",
            at: headroom.range, label: "kept free, and never used",
            notes: [.init("its priority is given here", at: placement.spec.priority.range)],
            help: [
                Help("`priority: standard`", .replacing(placement.spec.priority.range, by: "standard")),
                Help(
                    "or let Karpenter \(release) keep the room: turn on the gate and declare `featureGates: [CapacityBuffer]`",
                    together: spec.platform.declaring(.capacityBuffer) + newer),
            ])
    }
}
