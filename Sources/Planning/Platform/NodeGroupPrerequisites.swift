import Groundwork

/// The required managed node groups, in sentences that are enough to build them.
func nodeGroupPrerequisites(_ spec: ClusterSpec, _ pools: [PoolPlan]) -> [ReasonedText] {
    let groups = pools.filter { $0.group != nil && $0.existing == nil }
    guard !groups.isEmpty else { return [] }
    let isResized = groups.contains { $0.size.staticNodes == nil }
    return groups.compactMap(sentence)
        + (isResized ? ["Cluster Autoscaler, which discovers these groups by itself."] : [])
        + [
            """
            `eksctl/node-groups.yaml` contains all of this; \
            `eksctl create nodegroup --config-file eksctl/node-groups.yaml --install-nvidia-plugin=false` creates what does not \
            exist yet. \(ami(spec.platform.gpu.ami.value))
            """
        ]
}

/// The AMI that a group uses.
private func ami(_ ami: AMI) -> String {
    ami.alias.map { "Pin the AMI release to that of `\($0)`." } ?? "Their AMI is `\(ami.text)`."
}

private func sentence(_ pool: PoolPlan) -> ReasonedText? {
    guard let group = pool.group else { return nil }
    let name = group.name.value
    let most: ReasonedText = "\(group.maxNodes, as: "maximum nodes of \(name)")"
    let size: ReasonedText =
        group.minNodes.value == group.maxNodes.value
        ? "\(most) × " : "\(group.minNodes, as: "minimum nodes of \(name)") to \(most) × "
    let zones = group.reservation.map { [$0.zone.value] } ?? pool.hardware.zones.map(\.value)
    let labels = pool.scheduling.labels.map { "`\($0.0)=\($0.1.value)`" }
    let taints = pool.scheduling.taints.map { "`\($0.key.value)=\($0.value.value):\($0.effect.value)`" }
    let reserved = group.reservation.map { reservation in
        ", launched into \(reservation.ends == nil ? "the reservation" : "the capacity block") `\(reservation.id.value)`"
    }
    let disks = group.usesNVMe.value ? ", its NVMe as RAID 0 for images and ephemeral storage" : ""
    let places = zones.isEmpty ? "" : " in \(zones.joined(separator: ", "))"
    let settings = pool.sharing.settings == nil ? "" : "; Bottlerocket's settings for GPU sharing"
    return """
        Managed node group `\(name)`: \(size)`\(pool.hardware.typeNames[0].value)`\(places)\(reserved ?? ""), AMI type \
        `\(group.amiType.value)`, an encrypted \(group.nodes.volume.type.value.rawValue) volume of \(group.volumeSize, as: "volume of a node") GiB\(disks); labels \
        \(labels.joined(separator: ", ")); taints \(taints.joined(separator: ", "))\(settings).
        """
}
