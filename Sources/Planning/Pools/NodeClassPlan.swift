import Groundwork

/// An EC2NodeClass: one AMI, one storage layout, one set of reservations.
package struct NodeClassPlan: Sendable {
    package let name: Traced<String>
    package let ami: Traced<AMI>
    package let role: Traced<String>?
    package let instanceProfile: Traced<String>?
    package let subnetTags: [(String, Traced<String>)]
    package let securityGroupTags: [(String, Traced<String>)]
    package let volumes: [VolumePlan]
    /// `RAID0` if the types have NVMe.
    package let instanceStorePolicy: Traced<String>?
    package let reservations: [Traced<String>]
    package let tags: [(String, Traced<String>)]
    /// How many shares per GPU the DRA driver provides: Karpenter cannot read that from the driver.
    package let shares: Traced<String>?
    /// Settings of Bottlerocket, as TOML.
    package let userData: Traced<String>?
    package let kubelet: KubeletSpec?
    package let hopLimit: Traced<Int>
}

/// A volume of a node.
package struct VolumePlan: Sendable {
    package let device: Traced<String>
    package let size: Traced<String>
    package let type: Traced<VolumeType>
    package let iops: Traced<Int>?
    package let throughput: Traced<Int>?
    package let kmsKey: Traced<String>?
    /// Present if it stores images, logs and ephemeral storage.
    package let isRoot: Traced<Bool>?
}

/// Makes the node classes of the pools: one per storage layout, and one per reservation.
package func planNodeClasses(_ spec: ClusterSpec, _ pools: [PoolPlan]) -> [NodeClassPlan] {
    var classes: [NodeClassPlan] = []
    for pool in pools
    where pool.group == nil && !classes.contains(where: { $0.name.value == pool.hardware.nodeClass.value }) {
        let hasNVMe = pool.hardware.types.allSatisfy { $0.nvmeGB > 0 }
        let platform = spec.platform
        let role =
            platform.role
            ?? (platform.instanceProfile == nil
                ? Traced(
                    "KarpenterNodeRole-\(platform.cluster.value)",
                    because: "the node role that Karpenter's installation guide creates",
                    Ingredient("cluster", platform.cluster)) : nil)
        classes.append(
            NodeClassPlan(
                name: pool.hardware.nodeClass, ami: platform.gpu.ami, role: role,
                instanceProfile: platform.instanceProfile,
                subnetTags: platform.subnetTags, securityGroupTags: platform.securityGroupTags,
                volumes: volumes(platform, hasNVMe: hasNVMe),
                instanceStorePolicy: hasNVMe
                    ? Traced("RAID0", .convention("every type of the pool has NVMe, which stores images and caches"))
                    : nil,
                reservations: pool.hardware.reservations.map(\.id),
                tags: platform.tags.map { ($0.key.value, $0.value) } + [
                    ("stowage.dev/cluster", spec.name),
                    ("stowage.dev/node-class", pool.hardware.nodeClass),
                ], shares: pool.sharing.shares, userData: pool.sharing.settings?.toml, kubelet: platform.nodes.kubelet,
                hopLimit: platform.nodes.hopLimit))
    }
    return classes
}

/// The volumes of an AMI family: those not listed would have the size and encryption of the AMI.
private func volumes(_ platform: PlatformSpec, hasNVMe: Bool) -> [VolumePlan] {
    let (ami, volume) = (platform.gpu.ami, platform.nodes.volume)
    let isBottlerocket = ami.value.family == .bottlerocket
    func device(_ path: String, _ reason: String) -> Traced<String> {
        Traced(path, because: reason, Ingredient("AMI", ami))
    }
    let size: ReasonedText = "\(rootVolumeSize(volume, hasNVMe: hasNVMe).named("root volume", "GiB"))Gi"
    let root = VolumePlan(
        device: device(
            isBottlerocket ? "/dev/xvdb" : "/dev/xvda", "where this AMI family stores images and ephemeral storage"),
        size: size.because("the root volume"), type: volume.type, iops: volume.iops, throughput: volume.throughput,
        kmsKey: volume.kmsKey, isRoot: Traced(true, .convention("the device that stores images on this AMI family")))
    guard isBottlerocket else { return [root] }
    let system = VolumePlan(
        device: device("/dev/xvda", "where Bottlerocket stores its system"),
        size: .text(Thresholds.bottlerocketVolume, "Gi"), type: Traced(.gp3, .convention("the cheapest type on SSDs")),
        iops: nil, throughput: nil, kmsKey: volume.kmsKey, isRoot: nil)
    return [system, root]
}
