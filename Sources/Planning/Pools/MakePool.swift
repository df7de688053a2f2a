import Groundwork

extension PoolBuilder {
    /// Fills in what pools of every role have in common.
    func make(
        _ name: Traced<String>, _ role: PoolPlan.Role, _ models: [Placement], _ types: [InstanceType],
        named typeNames: [Traced<String>]? = nil, nodes: Traced<Int>, sizedBy largest: Placement,
        standsEvenly: Bool = false, staticNodes: Traced<Int>? = nil, partition: MIGPartition? = nil,
        capacityTypes: [String],
        reservations: [ReservationSpec] = []
    ) -> PoolPlan {
        let first = models[0]
        let gpus = Traced<Int>(nodes.named("nodes", "nodes") * largest.candidate.type.gpusPerNode)
        let isManaged = role == .primary && first.isManaged
        return PoolPlan(
            name: name, role: role, models: models.map(\.name),
            hardware: PoolHardware(
                gpu: first.candidate.accelerator.gpu, types: types,
                typeNames: typeNames ?? types.map { typeName($0, models) },
                capacityTypes: capacityTypes.map {
                    role == .primary && first.isSpotOnly
                        ? Traced(
                            $0, because: "the spec lets all replicas run on spot", Ingredient("spot", first.nodes.spot))
                        : Traced($0, .convention("\(role.rawValue) pools use this capacity type"))
                },
                zones: zones(isStatic: staticNodes != nil && !isManaged, reservations),
                nodeClass: Traced(
                    nodeClassName(types, reservations, first),
                    .convention("one EC2NodeClass per storage layout and reservation")),
                volume: spec.platform.nodes.volume,
                reservations: reservations),
            size: PoolSize(
                nodes: nodes, gpus: gpus,
                limits: first.nodes.layout == .whole && staticNodes == nil && !first.usesDRA
                    ? [("nvidia.com/gpu", gpus)] : [("nodes", nodes)],
                standsEvenly: standsEvenly, staticNodes: staticNodes,
                worstPerHour: first.spec.existing?.unpaid ?? worst(types, gpus)),
            sharing: PoolSharing(
                layout: first.nodes.layout, allocation: first.spec.gpu.allocate, partition: partition,
                overlay: staticNodes == nil && !isManaged && !first.usesDRA ? overlay(name, first, partition) : nil,
                shares: first.usesDRA ? driverShares(spec)?.map { "\($0)" } : nil,
                settings: first.bottlerocketSettings(spec.platform)),
            scheduling: PoolScheduling(
                labels: first.spec.existing?.nodeLabels ?? labels(name, first, partition)
                    + (isManaged ? groupLabels(first) : []),
                taints: first.spec.existing == nil ? taints(name) : [],
                weight: staticNodes == nil && !isManaged ? .whole(weight(role)) : nil),
            disruption: disruption(role, models),
            group: isManaged ? nodeGroup(name, models, nodes, staticNodes, reservations.first) : nil)
    }

    /// When nodes of a pool may be removed.
    private func disruption(_ role: PoolPlan.Role, _ models: [Placement]) -> PoolDisruption {
        PoolDisruption(
            consolidateAfter: consolidationPatience(models),
            consolidationPolicy: Traced(
                role == .elastic ? "WhenEmptyOrUnderutilized" : "WhenEmpty",
                .convention(
                    role == .elastic
                        ? "consolidates nodes after surges"
                        : "a replica takes minutes to load: only nodes without one are removed")),
            terminationGracePeriod: .text(Thresholds.nodeGrace, "m"), budgets: budgets())
    }

    private func weight(_ role: PoolPlan.Role) -> Parameter {
        switch role {
        case .primary: Thresholds.primaryWeight
        case .elastic: Thresholds.elasticWeight
        case .spot: Thresholds.spotWeight
        }
    }

    private func nodeClassName(_ types: [InstanceType], _ reservations: [ReservationSpec], _ model: Placement)
        -> String
    {
        let storage = types.allSatisfy { $0.nvmeGB > 0 } ? "nvme" : "ebs"
        let settings =
            switch model.bottlerocketSettings(spec.platform)?.value {
            case .partitioning(_, let profile): "-mig-\(model.candidate.accelerator.gpu.id)-\(profile)"
            case .sharing: "-\(model.nodes.layout.deviceConfiguration)"
            case nil: ""
            }
        let shares = model.usesDRA ? driverShares(spec).map { "-shares-\($0.value)" } ?? "" : ""
        return "stowage-\(storage)\(shares)\(settings)" + (reservations.first.map { "-\($0.id.value)" } ?? "")
    }

    /// Where nodes are launched: a static pool uses one zone, that of its reservation if it has one.
    private func zones(isStatic: Bool, _ reservations: [ReservationSpec]) -> [Traced<String>] {
        isStatic ? reservations.first.map { [$0.zone] } ?? Array(spec.platform.zones.prefix(1)) : spec.platform.zones
    }

    private func labels(_ name: Traced<String>, _ model: Placement, _ partition: MIGPartition?)
        -> [(String, Traced<String>)]
    {
        var labels: [(String, Traced<String>)] = [
            (Names.poolLabel, name), (Names.allocationLabel, model.spec.gpu.allocate.map(\.rawValue)),
        ]
        let isOperated = spec.platform.gpu.stack.value == .operator
        let configuration = Traced(
            model.nodes.layout.deviceConfiguration,
            because: "the device plugin configuration for this GPU sharing",
            Ingredient("share", model.spec.gpu.share))
        if model.usesDRA {
            let looked = "the DRA driver's kubelet plugin selects nodes by this label"
            labels.append(("nvidia.com/gpu.present", Traced("true", .convention(looked))))
            let alone = "DRA and the device plugin would allocate the same GPU twice"
            if isOperated { labels.append((Names.operatorPluginLabel, Traced("false", .convention(alone)))) }
        } else if spec.platform.gpu.ownsDevicePlugin {
            labels.append((Names.deviceConfigurationLabel, configuration))
        } else if isOperated, sharesGPUs(spec) {
            labels.append((Names.operatorConfigurationLabel, configuration))
        }
        // The MIG manager reads it; Bottlerocket has settings instead.
        if let partition, spec.platform.gpu.bottlerocket == nil { labels.append((Names.migLabel, partition.name)) }
        return labels
    }

    private func taints(_ name: Traced<String>) -> [Taint] {
        let effect = Traced("NoSchedule", .convention("only pods that tolerate the taint run here"))
        let present = Traced(
            "present", .convention("the value that NVIDIA's node feature discovery tolerates by default"))
        return [
            Taint(
                key: Traced(Names.poolLabel, .convention("only the models of the pool run here")), value: name,
                effect: effect
            ),
            Taint(
                key: Traced(Names.gpuTaint, .convention("keeps pods without GPUs away")), value: present, effect: effect
            ),
        ]
    }

    private func consolidationPatience(_ models: [Placement]) -> Traced<String> {
        let delay =
            slowestColdStart(of: models) * Thresholds.spareConsolidation.reasoned / .constant(60, "s/min")
        let text: ReasonedText = "\(delay.roundedUp.named("consolidation delay", "min"))m"
        return text.because("how long an unneeded node is kept")
    }

    private func budgets() -> [DisruptionBudget] {
        let percent = Thresholds.disruptionShare.reasoned * .constant(100, "%")
        let share: ReasonedText = "\(percent.named("nodes", "%"))%"
        let always = DisruptionBudget(
            nodes: share.because("nodes that may be disrupted at once"), schedule: nil, duration: nil)
        guard let hours = spec.businessHours, let zone = Catalog.timeZone(named: spec.platform.timezone.value) else {
            return [always]
        }
        return [always] + quietWindows(hours, spec.platform.timezone, zone)
    }

    private func worst(_ types: [InstanceType], _ gpus: Traced<Int>) -> Traced<Double> {
        let gpus = gpus.named("GPUs", "GPUs")
        return Traced<Double>(Reasoned.maximum(of: types.map { gpus / $0.gpus * prices.known($0) }).rounded(4))
    }

    private func overlay(_ name: Traced<String>, _ model: Placement, _ partition: MIGPartition?) -> CapacityOverlay? {
        guard model.nodes.layout != .whole else { return nil }
        let type = model.candidate.type
        let none = Traced("0", .convention("the GPUs of this layout are only available in slices"))
        let offered = model.nodes.layout.resource == "nvidia.com/gpu" ? [] : [("nvidia.com/gpu", none)]
        return CapacityOverlay(
            name: name.map { "stowage-\($0)" }, type: Traced(type.name, .catalog(type.reference)),
            capacity: (partition.map { slices($0, model.nodes.layout) } ?? shares(model, type)) + offered)
    }

    /// The GPU shares of a node.
    private func shares(_ model: Placement, _ type: InstanceType) -> [(String, Traced<String>)] {
        let perGPU: Reasoned? = replicasPerGPU(model.spec.gpu.share, model.candidate.accelerator.gpu)
        let shares = perGPU.map { type.gpusPerNode * $0 } ?? type.gpusPerNode
        let text: ReasonedText = "\(shares.named("shares", "shares"))"
        return [(model.nodes.layout.resource, text.because("the GPU shares per node"))]
    }

    /// The MIG instances of a node.
    private func slices(_ partition: MIGPartition, _ layout: Layout) -> [(String, Traced<String>)] {
        partition.profiles.map { profile in
            let text: ReasonedText = "\(partition.perNode(profile))"
            return (
                layout.resource == "nvidia.com/gpu" ? layout.resource : "nvidia.com/mig-\(Layout.word(profile))",
                text.because("the MIG instances per node")
            )
        }
    }
}

extension ExistingPoolSpec {
    /// The labels of its nodes.
    package var nodeLabels: [(String, Traced<String>)] { labels.map { ($0.key.value, $0.value) } }
    /// Their price, if they do not count in the costs.
    package var unpaid: Traced<Double>? {
        cost.value == .none
            ? Traced(0, because: "others pay for the nodes", Ingredient("cost", cost)) : nil
    }
}

extension InstanceType {
    /// The GPUs of a node for formulas.
    var gpusPerNode: Reasoned { Traced(gpuCount, .catalog(reference)).named("GPUs per node", "GPUs") }
}

/// Whether any model gets part of a GPU from the device plugin.
package func sharesGPUs(_ spec: ClusterSpec) -> Bool {
    spec.models.contains { $0.gpu.share.value != .whole && $0.gpu.allocate.value == .devicePlugin }
}

extension GPUPlatformSpec {
    /// Whether the tree includes the device plugin: Bottlerocket and the GPU Operator have their own.
    package var ownsDevicePlugin: Bool { stack.value == .none && ami.value.family != .bottlerocket }
}
