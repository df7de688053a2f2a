import Groundwork
import Planning

/// A node group with the pool that it is.
struct NodeGroupInPlan: Sendable {
    let group: NodeGroup
    let pool: PoolPlan
}

/// The managed node groups of a plan.
func nodeGroups(_ plan: Plan) -> [NodeGroupInPlan] {
    plan.pools.compactMap { pool in pool.group.map { NodeGroupInPlan(group: $0, pool: pool) } }
}

let nodeGroupFacts = FactTable<NodeGroupInPlan>(
    "nodeGroup", "a managed node group that somebody else owns",
    [
        .fact("name", "its name") { $0.group.name },
        .fact("pool", "the pool that it is, by whose label pods find its nodes") { $0.pool.name },
        .fact("type", "its instance type") { $0.pool.hardware.typeNames[0] },
        .fact("amiType", "EKS's word for its AMIs, for example `AL2023_x86_64_NVIDIA`") { $0.group.amiType },
        .fact("amiFamily", "eksctl's word for them") { $0.group.amiFamily },
        .fact("minNodes", "the fewest nodes") { $0.group.minNodes },
        .fact("desiredNodes", "the nodes to begin with") { $0.group.desiredNodes },
        .fact("maxNodes", "the most nodes") { $0.group.maxNodes },
        .mapping("labels", "labels of its nodes") { $0.pool.scheduling.labels },
        .records("taints", "taints of its nodes", taintFacts) { $0.pool.scheduling.taints },
        .list("zones", "the zones that it may use; empty for all") { group in
            group.group.reservation.map { [$0.zone] } ?? group.pool.hardware.zones
        },
        .fact("volumeSize", "the size of the volume with images, logs and pods' files, GiB") { $0.group.volumeSize },
        .fact("mountsNVMe", "whether a NodeConfig puts these on the instance's NVMe") { group in
            usesNVMe(group.group, onBottlerocket: false)
        },
        .fact("bindsNVMe", "whether Bottlerocket's bootstrap commands do") { group in
            usesNVMe(group.group, onBottlerocket: true)
        },
        .maybeRecord("settings", "what Bottlerocket's device plugin is told", bottlerocketFacts) {
            $0.pool.sharing.settings
        },
        .maybe("reservation", "the capacity reservation that its instances are launched into") {
            $0.group.reservation?.id
        },
        .maybe("market", "`capacity-block` where that reservation is one") { group in
            group.group.reservation?.ends.map {
                Traced("capacity-block", because: "a reservation that ends is a capacity block", Ingredient("ends", $0))
            }
        },
    ])

/// Whether the NVMe of a group's instances is used in the way of an AMI family.
private func usesNVMe(_ group: NodeGroup, onBottlerocket: Bool) -> Traced<Bool> {
    Traced(
        group.usesNVMe.value && (group.amiFamily.value == "Bottlerocket") == onBottlerocket,
        because: "each AMI family has its own way to use NVMe", Ingredient("NVMe", group.usesNVMe),
        Ingredient("AMI family", group.amiFamily))
}

let bottlerocketFacts = FactTable<Traced<BottlerocketSettings>>(
    "bottlerocketSettings", "what Bottlerocket's own device plugin and MIG manager are told",
    [
        .maybe("sharing", "time-slicing or mps") { $0.compactMap(\.strategy) },
        .maybe("replicas", "how many pods share a GPU") { $0.compactMap(\.replicas) },
        .maybe("refusesSeveral", "whether a pod may ask for one only; time-slicing alone has the switch") {
            $0.compactMap(\.refusesSeveral)
        },
        .mapping("profiles", "the MIG profile into which GPUs are cut, by their name in these settings") { settings in
            settings.compactMap(\.cut).map { cut in [(cut.value.gpu, cut.map(\.profile))] } ?? []
        },
    ])
