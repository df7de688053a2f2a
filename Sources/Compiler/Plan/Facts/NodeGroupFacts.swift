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
        .fact("type", "its instance type") { $0.pool.typeNames[0] },
        .fact("amiType", "EKS's word for its AMIs, for example `AL2023_x86_64_NVIDIA`") { $0.group.amiType },
        .fact("amiFamily", "eksctl's word for them") { $0.group.amiFamily },
        .fact("minNodes", "the fewest nodes") { $0.group.minNodes },
        .fact("desiredNodes", "the nodes to begin with") { $0.group.desiredNodes },
        .fact("maxNodes", "the most nodes") { $0.group.maxNodes },
        .mapping("labels", "labels of its nodes") { $0.pool.labels },
        .nouns("taints", "taints of its nodes", taintFacts) { $0.pool.taints },
        .list("zones", "the zones that it may use; empty for all") { group in
            group.group.reservation.map { [$0.zone] } ?? group.pool.zones
        },
        .fact("volumeSize", "the size of the volume with images, logs and pods' files, GiB") { $0.group.volumeSize },
        .fact("mountsNVMe", "whether a NodeConfig puts these on the instance's NVMe") { group in
            group.group.usesNVMe.map { $0 && group.group.amiFamily.value != "Bottlerocket" }
        },
        .fact("bindsNVMe", "whether Bottlerocket's bootstrap commands do") { group in
            group.group.usesNVMe.map { $0 && group.group.amiFamily.value == "Bottlerocket" }
        },
        .maybeNoun("settings", "what Bottlerocket's device plugin is told", bottlerocketFacts) { $0.pool.settings },
        .maybe("reservation", "the capacity reservation that its instances are launched into") {
            $0.group.reservation?.id
        },
        .maybe("market", "`capacity-block` where that reservation is one") { group in
            group.group.reservation?.ends?.map { _ in "capacity-block" }
        },
    ])

let bottlerocketFacts = FactTable<Traced<BottlerocketSettings>>(
    "bottlerocketSettings", "what Bottlerocket's own device plugin and MIG manager are told",
    [
        .maybe("sharing", "time-slicing or mps") { settings in
            if case .sharing(let strategy, _, _) = settings.value { settings.map { _ in strategy } } else { nil }
        },
        .maybe("replicas", "how many pods share a GPU") { settings in
            if case .sharing(_, let replicas, _) = settings.value { settings.map { _ in replicas } } else { nil }
        },
        .maybe("refusesSeveral", "whether a pod may ask for one only; time-slicing alone has the switch") { settings in
            if case .sharing(_, _, true) = settings.value { settings.map { _ in true } } else { nil }
        },
        .mapping("profiles", "the MIG profile into which GPUs are cut, by their name in these settings") { settings in
            if case .cutting(let gpu, let profile) = settings.value {
                [(gpu, settings.map { _ in profile })]
            } else {
                []
            }
        },
    ])
