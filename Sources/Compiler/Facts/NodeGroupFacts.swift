import Groundwork
import Planning

/// A managed node group with its pool.
struct NodeGroupInPlan: Sendable {
    let group: NodeGroup
    let pool: PoolPlan
}

/// The managed node groups of a plan.
func nodeGroups(_ plan: Plan) -> [NodeGroupInPlan] {
    plan.ownPools.compactMap { pool in pool.group.map { NodeGroupInPlan(group: $0, pool: pool) } }
}

let nodeGroupFacts = FactTable<NodeGroupInPlan>(
    "nodeGroup", "a managed node group, which Stowage does not create",
    [
        .fact("name", "its name") { $0.group.name },
        .fact("pool", "its pool, whose label selects its nodes") { $0.pool.name },
        .fact("type", "its instance type") { $0.pool.hardware.typeNames[0] },
        .fact("amiType", "the AMI type in EKS, for example `AL2023_x86_64_NVIDIA`") { $0.group.amiType },
        .fact("amiFamily", "the AMI family in eksctl") { $0.group.amiFamily },
        .fact("minNodes", "the minimum nodes") { $0.group.minNodes },
        .fact("desiredNodes", "the nodes to start with") { $0.group.desiredNodes },
        .fact("maxNodes", "the maximum nodes") { $0.group.maxNodes },
        .mapping("labels", "the labels of its nodes") { $0.pool.scheduling.labels },
        .records("taints", "the taints of its nodes", taintFacts) { $0.pool.scheduling.taints },
        .list("zones", "the zones that it may use; empty for all") { group in
            group.group.reservation.map { [$0.zone] } ?? group.pool.hardware.zones
        },
        .fact("volumeSize", "the size of the volume for images, logs and ephemeral storage, GiB") {
            $0.group.volumeSize
        },
        .fact("volumeType", "its EBS type") { $0.group.nodes.volume.type },
        .maybe("volumeIOPS", "its I/O operations per second") { $0.group.nodes.volume.iops },
        .maybe("volumeThroughput", "its throughput, MiB/s") { $0.group.nodes.volume.throughput },
        .maybe("volumeKey", "the KMS key that encrypts it") { $0.group.nodes.volume.kmsKey },
        .fact("hidesMetadata", "whether pods cannot read the instance metadata") { group in
            group.group.nodes.hopLimit.map { $0 < 2 }
        },
        .maybe("ami", "the ID of an AMI that you build") { $0.group.ami.compactMap(\.id) },
        .fact("needsNodeConfig", "whether a NodeConfig of Amazon Linux sets up the disks or the kubelet") {
            needsNodeConfig($0.group)
        },
        .maybeRecord("kubelet", "the settings of its kubelet on Amazon Linux, if the spec has any", kubeletFacts) {
            isBottlerocket($0.group) ? nil : $0.group.nodes.kubelet
        },
        .maybeRecord(
            "kubeletSettings", "the settings of its kubelet on Bottlerocket, if the spec has any", kubeletFacts
        ) { isBottlerocket($0.group) ? $0.group.nodes.kubelet : nil },
        .fact("mountsNVMe", "whether a NodeConfig puts them on the instance store (NVMe)") { group in
            usesNVMe(group.group, onBottlerocket: false)
        },
        .fact("bindsNVMe", "whether Bottlerocket's bootstrap commands put them there") { group in
            usesNVMe(group.group, onBottlerocket: true)
        },
        .maybeRecord("settings", "the settings of Bottlerocket's device plugin", bottlerocketFacts) {
            $0.pool.sharing.settings
        },
        .maybe("reservation", "the capacity reservation that its instances are launched into") {
            $0.group.reservation?.id
        },
        .maybe("market", "`capacity-block`, if the reservation is one") { group in
            group.group.reservation?.ends.map {
                Traced("capacity-block", because: "a reservation that ends is a capacity block", Ingredient("ends", $0))
            }
        },
    ])

private func isBottlerocket(_ group: NodeGroup) -> Bool { group.ami.value.family == .bottlerocket }

/// Whether Amazon Linux needs a NodeConfig.
private func needsNodeConfig(_ group: NodeGroup) -> Traced<Bool> {
    let disks = usesNVMe(group, onBottlerocket: false)
    if group.nodes.kubelet != nil, !isBottlerocket(group) {
        return Traced(true, .convention("the settings of the kubelet are in the NodeConfig of Amazon Linux"))
    }
    return disks
}

/// Whether the instance store of a group is set up in the way of an AMI family.
private func usesNVMe(_ group: NodeGroup, onBottlerocket: Bool) -> Traced<Bool> {
    Traced(
        group.usesNVMe.value && (group.amiFamily.value == "Bottlerocket") == onBottlerocket,
        because: "each AMI family sets up NVMe in a different way", Ingredient("NVMe", group.usesNVMe),
        Ingredient("AMI family", group.amiFamily))
}

let bottlerocketFacts = FactTable<Traced<BottlerocketSettings>>(
    "bottlerocketSettings", "the settings of Bottlerocket's device plugin and MIG manager",
    [
        .maybe("sharing", "time-slicing or mps") { $0.compactMap(\.strategy) },
        .maybe("replicas", "the number of pods that share a GPU") { $0.compactMap(\.replicas) },
        .maybe("refusesSeveral", "whether a request for more than one share fails; only for time-slicing") {
            $0.compactMap(\.failsRequestsAboveOne)
        },
        .mapping("profiles", "the MIG profile by GPU, as these settings name it") { settings in
            settings.compactMap(\.partitioning).map { partitioning in
                [(partitioning.value.gpu, partitioning.map(\.profile))]
            } ?? []
        },
    ])
