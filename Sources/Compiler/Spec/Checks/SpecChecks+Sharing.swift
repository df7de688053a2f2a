import Diagnostics

/// Checks that a shared GPU can be shared, seen and scheduled.
func checkSharing(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let share = model.gpu.share
    guard share.value != .whole else { return }
    if let parallel = model.gpu.tensorParallel, parallel.value > 1 {
        report.error(
            "parallel-on-a-part", "`\(model.name.value)` spans \(parallel.value) GPUs and takes a part of one",
            at: parallel.range,
            notes: [.init("the part is chosen here", at: share.range)],
            help: ["parts of GPUs cannot be joined: drop `tensorParallel`, or take whole GPUs"])
    }
    if case .timeSlicing = share.value, model.workloadClass.value == .realtime {
        report.error(
            "realtime-on-a-time-slice", "`\(model.name.value)` is realtime and waits for its turn on the GPU",
            at: share.range,
            label: "others' requests delay its own",
            notes: [.init("its class is given here", at: model.workloadClass.range)],
            help: ["`{mig: …}` gives a part that nobody else uses"])
    }
    if platform.gpu.stack.value == .autoMode {
        report.error(
            "sharing-with-auto-mode", "EKS Auto Mode hands out whole GPUs only", at: share.range,
            notes: [.init("the stack is chosen here", at: platform.gpu.stack.range)], help: ["drop `share`"])
        return
    }
    guard model.gpu.allocate.value == .devicePlugin, !has(.nodeOverlay, platform) else { return }
    report.error(
        "sharing-without-node-overlay",
        "Karpenter does not know that a GPU has parts, and launches no node for `\(model.name.value)`",
        at: share.range, label: "asks for a resource that no instance type has",
        notes: [.init("the gate is not declared here", at: platform.karpenter.range)],
        help: ["turn on the gate in Karpenter's values and declare it: `featureGates: [NodeOverlay]`"])
}

/// Checks that GPUs that are claimed through DRA can be allocated.
func checkClaims(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let allocate = model.gpu.allocate
    guard allocate.value == .dra else { return }
    let kubernetes = platform.kubernetes
    if platform.gpu.stack.value == .autoMode {
        report.error(
            "claims-with-auto-mode", "EKS Auto Mode does not support dynamic resource allocation", at: allocate.range,
            notes: [.init("the stack is chosen here", at: platform.gpu.stack.range)],
            help: ["`allocate: device-plugin`"])
        return
    }
    if !kubernetes.value.isAtLeast(1, 34) {
        let is133 = kubernetes.value.isAtLeast(1, 33)
        report.error(
            "claims-too-early", "Kubernetes \(kubernetes.value.text) has no stable dynamic resource allocation",
            at: allocate.range,
            label: is133 ? "a beta that 1.38 removes" : "switched off before 1.33",
            notes: [.init("the version is given here", at: kubernetes.range)],
            help: ["run Kubernetes 1.34 or later, where `resource.k8s.io/v1` is served, or `allocate: device-plugin`"])
    }
    if platform.gpu.draDriver == nil {
        report.error(
            "claims-without-driver", "`\(model.name.value)` claims GPUs, and no driver would answer",
            at: allocate.range,
            notes: [.init("no DRA driver is declared here", at: platform.gpu.range)],
            help: ["if NVIDIA's DRA driver is installed, add `draDriver: \"0.4.1\"`"])
    }
    switch model.gpu.share.value {
    case .timeSlicing, .mps:
        report.error(
            "shared-claim", "a claim has no number of sharers", at: model.gpu.share.range,
            label: "every pod's claim takes a GPU of its own", notes: [.init("DRA is chosen here", at: allocate.range)],
            help: ["`allocate: device-plugin` shares GPUs, and `{mig: …}` cuts them"])
    case .whole, .mig: break
    }
    checkClaimNodes(model, platform, &report)
}

/// Checks that something launches nodes for claims: Karpenter does not, below 1.15 for any and above for slices.
private func checkClaimNodes(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    guard !has(.staticCapacity, platform) else { return }
    let version = platform.karpenter.version
    var slices = false
    if case .mig = model.gpu.share.value { slices = true }
    guard !version.value.isAtLeast(1, 15) || slices else { return }
    report.error(
        "claims-without-static-capacity",
        "Karpenter \(version.value.text) launches no node for a claim\(version.value.isAtLeast(1, 15) ? " of a MIG slice" : "")",
        at: model.gpu.allocate.range, label: "its pods would wait for ever",
        notes: [.init("Karpenter is described here", at: platform.karpenter.range)],
        help: ["a static pool keeps nodes ready: turn on the gate and declare `featureGates: [StaticCapacity]`"])
}

private func has(_ gate: KarpenterGate, _ platform: PlatformSpec) -> Bool {
    platform.karpenter.featureGates.contains { $0.value == gate }
}
