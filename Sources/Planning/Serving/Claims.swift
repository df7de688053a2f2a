import Groundwork

/// A claim of devices: a template from which each pod gets its own, or one object that the pods of a pool share.
package struct ClaimPlan: Sendable {
    package let name: Traced<String>
    /// The models whose pods refer to it; templates have one.
    package let models: [Placement]
    package let isShared: Bool
    /// What may be allocated, best first: one, or alternatives if Karpenter can choose.
    package let choices: [DeviceChoice]
    /// An attribute that all devices of the claim must agree on.
    package let matching: Traced<String>?
    /// How the pods of a shared claim share its GPU.
    package let sharing: SharingConfiguration?
}

/// Devices of one class.
package struct DeviceChoice: Sendable {
    /// Its name among the alternatives.
    package let name: Traced<String>
    package let deviceClass: Traced<String>
    package let count: Traced<Int>
    /// CEL: the memory that the plan counts on.
    package let selector: Traced<String>
    /// How much of each device, if devices have shares.
    package let capacity: [(String, Traced<String>)]
}

/// The configuration of a shared GPU for NVIDIA's driver.
package struct SharingConfiguration: Sendable {
    /// `GpuConfig`, or `MigDeviceConfig` for a MIG instance.
    package let kind: Traced<String>
    package let strategy: Traced<String>
    /// MPS alone: the share of the GPU's threads that one process may use, percent.
    package let activeThreads: Traced<Int>?
    /// MPS alone: the memory that one process may use.
    package let memoryLimit: Traced<String>?
}

/// A DeviceClass of our own: the chart of the driver owns the stock ones.
package struct DeviceClassPlan: Sendable {
    package let name: Traced<String>
    package let expression: Traced<String>
    /// The extended resource for a device of this class.
    package let extendedResource: Traced<String>?
}

/// Plans the claims of all models: a template for each, and a shared object for each pool that shares a GPU.
func planClaims(_ models: [Placement], _ spec: ClusterSpec) -> [ClaimPlan] {
    let shares = driverShares(spec)
    var claims: [ClaimPlan] = []
    for model in models {
        switch model.nodes.claiming {
        case nil, .extendedResource: continue
        case .own: claims.append(template(model, takes: shares))
        case .shares: claims.append(template(model, takes: nil))
        case .shared:
            let name = sharedClaimName(model)
            guard !claims.contains(where: { $0.name.value == name.value }) else { continue }
            let sharers = models.filter {
                $0.nodes.claiming == model.nodes.claiming && sharedClaimName($0).value == name.value
            }
            claims.append(
                ClaimPlan(
                    name: name, models: sharers, isShared: true, choices: [choice(model, takes: nil)], matching: nil,
                    sharing: sharing(model)))
        }
    }
    return claims
}

/// The claim that each pod of a model gets from a template.
///
/// If the driver provides GPU shares, a claim of a whole GPU has to request all of them.
private func template(_ model: Placement, takes shares: Traced<Int>?) -> ClaimPlan {
    let choices = [model.candidate] + model.choice.alternatives
    let several = model.point.tensorParallel.value > 1 && choices.count == 1
    return ClaimPlan(
        name: claimTemplateName(model, takes: shares), models: [model], isShared: false,
        choices: choices.map { choice(model, on: $0, takes: shares) },
        matching: several
            ? Traced(
                "gpu.nvidia.com/productName", .convention("the ranks of a replica run on GPUs of one product"))
            : nil, sharing: nil)
}

private func choice(_ model: Placement, on candidate: Candidate? = nil, takes shares: Traced<Int>?) -> DeviceChoice {
    let candidate = candidate ?? model.candidate
    let gpu = candidate.accelerator.gpu
    let deviceClass = deviceClassName(gpu, model.nodes.layout)
    return DeviceChoice(
        name: Traced(gpu.id, .catalog(gpu.reference)),
        deviceClass: Traced(
            deviceClass, .convention("one DeviceClass per claimed GPU product and profile")),
        count: model.point.tensorParallel, selector: memorySelector(candidate),
        capacity: shares.map { count in
            let text: ReasonedText = "\(count, as: "shares")"
            return [("shares", text.because("all shares of a GPU, so that no other process runs on it"))]
        } ?? [])
}

/// CEL for the memory that the plan counts on, a little below what the tables say.
private func memorySelector(_ candidate: Candidate) -> Traced<String> {
    let usable: Reasoned = candidate.accelerator.usableMemory()
    let memory = (usable * Thresholds.claimedMemory.reasoned).roundedDown.named("memory", "MiB")
    let text: ReasonedText =
        "device.capacity[\"gpu.nvidia.com\"].memory.compareTo(quantity(\"\(memory)Mi\")) >= 0"
    return text.because("devices with the memory that the plan counts on")
}

private func sharing(_ model: Placement) -> SharingConfiguration {
    let share = model.spec.gpu.share
    let kind = share.map { $0.isMIG ? "MigDeviceConfig" : "GpuConfig" }
    guard model.usesMPS else {
        return SharingConfiguration(
            kind: kind,
            strategy: Traced("TimeSlicing", because: "processes are time-sliced", Ingredient("share", share)),
            activeThreads: nil, memoryLimit: nil)
    }
    let sharers = share.map(\.sharers).named("replicas sharing it", "replicas")
    let limit = (model.candidate.accelerator.usableMemory() / sharers).roundedDown
    let text: ReasonedText = "\(limit.named("memory", "MiB"))Mi"
    return SharingConfiguration(
        kind: kind,
        strategy: Traced("MPS", because: "processes run concurrently through MPS", Ingredient("share", share)),
        activeThreads: Traced<Int>((.constant(100, "%") / sharers).roundedDown),
        memoryLimit: text.because("memory that one process may use"))
}

/// The name of the claim that the pods of a model's pool share.
func sharedClaimName(_ model: Placement) -> Traced<String> {
    (model.spec.pool ?? model.spec.name).map { "\($0)-shared-gpu" }
}

/// The name of a model's ResourceClaimTemplate: its spec is immutable, so other content gets another name.
func claimTemplateName(_ model: Placement, takes shares: Traced<Int>?) -> Traced<String> {
    let choices = ([model.candidate] + model.choice.alternatives).map { candidate in
        "\(candidate.accelerator.gpu.id)/\(deviceSelector(candidate.accelerator.gpu, model.nodes.layout))/"
            + memorySelector(candidate).value
    }
    let taken = shares.map { "/\($0.value) shares" } ?? ""
    let content = "\(model.point.tensorParallel.value)/\(choices.joined(separator: "/"))\(taken)"
    var hash: UInt32 = 2_166_136_261
    for byte in content.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    let digits = String(hash, radix: 16)
    return Traced(
        "\(model.name)-\(String(repeating: "0", count: 8 - digits.count))\(digits)",
        because: "ends with a digest of the claim, so that another claim gets another name",
        Ingredient("name", model.spec.name), Ingredient("tensor parallel size", model.point.tensorParallel),
        Ingredient("share", model.spec.gpu.share))
}
