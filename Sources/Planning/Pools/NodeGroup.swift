import Groundwork

/// An EKS managed node group or nodes that exist already, managed elsewhere, as a pool needs them.
package struct NodeGroup: Sendable {
    package let name: Traced<String>
    /// EKS's AMI type, such as `AL2023_x86_64_NVIDIA`.
    package let amiType: Traced<String>
    /// eksctl's AMI family.
    package let amiFamily: Traced<String>
    package let minNodes: Traced<Int>
    package let desiredNodes: Traced<Int>
    package let maxNodes: Traced<Int>
    /// GiB.
    package let volumeSize: Traced<Int>
    package let nodes: NodesSpec
    package let ami: Traced<AMI>
    /// Whether its instances' NVMe stores images and ephemeral storage.
    package let usesNVMe: Traced<Bool>
    /// The reservation that its instances are launched into.
    package let reservation: ReservationSpec?
    /// What the spec says of its nodes, if they exist already and belong to others; it may then be a NodePool, too.
    package let existing: ExistingPoolSpec?
}

extension Placement {
    /// Whether Cluster Autoscaler changes the size of its node group.
    ///
    /// Whole GPUs of the device plugin only: it considers a node ready before its other resources exist, and launches
    /// one more; and it does not see that a pod with a claim waits for the pods that it preempts.
    package func isResized(_ platform: PlatformSpec) -> Bool {
        isManaged && platform.clusterAutoscaler.value && nodes.layout == .whole && !usesDRA
    }
}

extension PoolBuilder {
    /// The group of a pool: as large as its models need, and never empty.
    func nodeGroup(
        _ pool: Traced<String>, _ models: [Placement], _ nodes: Traced<Int>, _ fixed: Traced<Int>?,
        _ reservation: ReservationSpec?
    ) -> NodeGroup {
        let first = models[0]
        let type = first.candidate.type
        let ami = spec.platform.gpu.ami
        let isBottlerocket = spec.platform.gpu.bottlerocket != nil
        let least = fixed ?? leastNodes(models)
        let named = first.nodes.supply.compactMap { if case .managed(let group, _) = $0 { group } else { nil } }
        return NodeGroup(
            name: named ?? pool,
            amiType: Traced(
                (isBottlerocket ? "BOTTLEROCKET_" : "AL2023_") + (type.processor == .arm64 ? "ARM_64" : "x86_64")
                    + "_NVIDIA",
                because: "EKS's AMI type for this AMI family and architecture", Ingredient("AMI", ami),
                Ingredient("architecture", Traced(type.processor.rawValue, .catalog(type.reference)))),
            amiFamily: Traced(
                isBottlerocket ? "Bottlerocket" : "AmazonLinux2023", because: "eksctl's name for this AMI family",
                Ingredient("AMI", ami)),
            minNodes: least, desiredNodes: least, maxNodes: nodes,
            volumeSize: rootVolumeSize(spec.platform.nodes.volume, hasNVMe: type.nvmeGB > 0),
            nodes: spec.platform.nodes, ami: ami,
            usesNVMe: Traced(
                type.nvmeGB > 0, because: "whether the instances have NVMe",
                Ingredient("NVMe, GB", Traced(type.nvmeGB, .catalog(type.reference)))),
            reservation: reservation, existing: first.spec.existing)
    }

    /// Nodes for the minimum replicas: at least one, which Cluster Autoscaler uses as the template for the next.
    private func leastNodes(_ models: [Placement]) -> Traced<Int> {
        let replicas = sum("minimum replicas", "replicas", models.map { ($0.name, $0.minReplicas) })
        let perNode = models[0].nodes.perNode.named("replicas per node", "replicas")
        return Traced<Int>(.maximum(1, (replicas / perNode).roundedUp))
    }

    /// Additional labels of a group's nodes.
    func groupLabels(_ model: Placement) -> [(String, Traced<String>)] {
        guard model.isResized(spec.platform) else { return [] }
        let waited = "Cluster Autoscaler waits for the GPUs of nodes with this label"
        return [(Names.acceleratorLabel, Traced(model.candidate.accelerator.gpu.id, .convention(waited)))]
    }
}
