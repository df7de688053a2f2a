/// An EC2NodeClass: one AMI, one storage layout, one set of reservations.
package struct NodeClassPlan: Sendable {
    package let name: Traced<String>
    package let amiAlias: Traced<String>
    package let role: Traced<String>?
    package let instanceProfile: Traced<String>?
    package let subnetTags: [(String, Traced<String>)]
    package let securityGroupTags: [(String, Traced<String>)]
    package let rootDevice: Traced<String>
    package let rootVolume: Traced<String>
    /// `RAID0` where the types have NVMe.
    package let instanceStorePolicy: Traced<String>?
    package let reservations: [Traced<String>]
    package let tags: [(String, Traced<String>)]
}

/// Makes the node classes that the pools name: one for each storage layout, and one for each reservation.
package func planNodeClasses(_ spec: ClusterSpec, _ pools: [PoolPlan]) -> [NodeClassPlan] {
    var classes: [NodeClassPlan] = []
    for pool in pools where !classes.contains(where: { $0.name.value == pool.nodeClass.value }) {
        let hasNVMe = pool.types.allSatisfy { $0.nvmeGB > 0 }
        let platform = spec.platform
        let bottlerocket = platform.gpu.ami.value.hasPrefix("bottlerocket")
        let role =
            platform.role
            ?? (platform.instanceProfile == nil
                ? derive("KarpenterNodeRole-<cluster>", ("cluster", platform.cluster)) { "KarpenterNodeRole-\($0)" }
                : nil)
        classes.append(
            NodeClassPlan(
                name: pool.nodeClass, amiAlias: platform.gpu.ami, role: role, instanceProfile: platform.instanceProfile,
                subnetTags: platform.subnetTags, securityGroupTags: platform.securityGroupTags,
                rootDevice: Traced(
                    bottlerocket ? "/dev/xvdb" : "/dev/xvda",
                    .convention("the device that holds images on this AMI family")),
                rootVolume: Traced<Double>.threshold(rootVolumeSize(hasNVMe: hasNVMe)).map { "\(Int($0))Gi" },
                instanceStorePolicy: hasNVMe
                    ? Traced("RAID0", .convention("every type of the pool has NVMe: images and caches live there"))
                    : nil,
                reservations: pool.reservation.map { [$0.id] } ?? [],
                tags: [
                    ("stowage.dev/cluster", spec.name),
                    ("stowage.dev/node-class", pool.nodeClass),
                ]))
    }
    return classes
}

/// The size of a root volume: small where images live on NVMe.
package func rootVolumeSize(hasNVMe: Bool) -> Threshold {
    hasNVMe ? Thresholds.rootVolumeBesideNVMe : Thresholds.rootVolume
}
