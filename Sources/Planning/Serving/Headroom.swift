import Diagnostics
import Groundwork
import YAML

/// GPUs that are kept free for a model's surge: by a CapacityBuffer of Karpenter, or by placeholder pods that any
/// other pod preempts.
package struct HeadroomPlan: Sendable {
    package let name: Traced<String>
    /// The Deployment whose replicas the headroom is for.
    package let deployment: Deployment
    package let replicas: Traced<Int>
    /// Whether Karpenter keeps the headroom by itself.
    package let isBuffer: Bool
}

/// Plans the headroom of models.
func planHeadroom(_ placement: Placement, _ deployments: [Deployment], _ platform: PlatformSpec) -> HeadroomPlan? {
    guard let replicas = placement.spec.headroom, placement.usesElastic, let deployment = deployments.first else {
        return nil
    }
    return HeadroomPlan(
        name: placement.spec.name.map { "\($0)-headroom" }, deployment: deployment, replicas: replicas,
        isBuffer: platform.keepsBuffers)
}

extension PlatformSpec {
    /// Whether Karpenter supports CapacityBuffers: the feature gate is on, and its API is the one that is generated.
    var keepsBuffers: Bool {
        has(.capacityBuffer) && Component.karpenter.offers(.capacityBufferV1beta1, at: karpenter.version.value)
    }
}

/// Reports headroom without effect.
func checkHeadroom(_ placement: Placement, _ spec: ClusterSpec, _ report: inout Report) {
    guard let headroom = placement.spec.headroom else { return }
    if !placement.usesElastic {
        report.warning(
            "headroom-without-elastic-pool", "no replica of `\(placement.name)` uses an elastic pool",
            at: headroom.range,
            label: "has no effect",
            help: [
                "use `headroom` only for models that scale on whole GPUs of the device plugin beyond their primary pool"
            ])
    } else if !spec.platform.keepsBuffers, placement.spec.priority.value == .bestEffort {
        let release = Component.karpenter.first(.capacityBufferV1beta1)?.text ?? ""
        let version = spec.platform.karpenter.version
        let isOld = !Component.karpenter.offers(.capacityBufferV1beta1, at: version.value)
        let newer = isOld ? [NodeChange.replacing(version.range, by: "\"\(release)\"")] : []
        report.error(
            "headroom-for-best-effort",
            "`\(placement.name)` is best-effort, so its pods do not preempt others, not even its headroom pods",
            at: headroom.range, label: "kept free but never used",
            notes: [.init("its priority is set here", at: placement.spec.priority.range)],
            help: [
                Help("set `priority: standard`", .replacing(placement.spec.priority.range, by: "standard")),
                Help(
                    "or let Karpenter \(release) keep it: turn on the feature gate and declare `featureGates: [CapacityBuffer]`",
                    together: spec.platform.declaring(.capacityBuffer) + newer),
            ])
    }
}
