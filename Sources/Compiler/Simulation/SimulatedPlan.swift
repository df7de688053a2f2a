import Groundwork
import Planning
import Simulate

/// What a plan adds to its manifests for a simulation: traffic, replicas, objectives and cold starts.
package struct SimulatedPlan: Sendable {
    /// A model of the plan.
    package struct Model: Sendable {
        package let name: String
        /// The `model_name` of its metrics.
        package let servedName: String
        package let times: ReplicaTimes
        /// Nil where the spec sets replicas instead of traffic.
        package let traffic: UsualTraffic?
        package let input: Double
        package let output: Double
        package let latency: LatencyKind
        package let ttft: LatencyGoal?
        package let tpot: LatencyGoal?
        /// Milliseconds.
        package let nodeLaunch: Int
        package let imagePull: Int
        package let load: Int
        package let gpus: Int
        package let replicasPerNode: Int
        /// What a replica sustains.
        package let requestsPerSecond: Double
    }

    package let name: String
    package let models: [Model]
    /// The existing workloads.
    let existing: [ExistingServer]
    package let conditions: TreeConditions
    package let timezone: String
    package let hasInterruptionQueue: Bool

    init(
        name: String, models: [Model], existing: [ExistingServer] = [], conditions: TreeConditions, timezone: String,
        hasInterruptionQueue: Bool
    ) {
        self.name = name
        self.models = models
        self.existing = existing
        self.conditions = conditions
        self.timezone = timezone
        self.hasInterruptionQueue = hasInterruptionQueue
    }

    /// Takes from a plan what its manifests do not say.
    package init(_ plan: Plan) {
        let spec = plan.spec
        name = spec.name.value
        timezone = spec.platform.timezone.value
        hasInterruptionQueue = spec.platform.karpenter.interruptionQueue != nil
        let hours = spec.businessHours.map { hours in
            UsualTraffic.BusinessHours(
                days: hours.days.value.days.map { $0.rawValue - 1 }, from: Double(hours.from.value.minutes * 60),
                to: Double(hours.to.value.minutes * 60))
        }
        models = plan.models.map { Model($0.placement, hours) }
        existing = plan.models.compactMap { ExistingServer($0.placement) }
        var prices: [String: Double] = [:]
        var spotPrices: [String: Double] = [:]
        for type in Catalog.instanceTypes {
            guard let price = plan.prices.onDemand(type)?.value else { continue }
            prices[type.name] = price
            spotPrices[type.name] = plan.prices.spotDiscount(of: type).map { price * (1 - $0.value) }
        }
        conditions = TreeConditions(
            region: spec.platform.region.value,
            zones: spec.platform.zones.isEmpty
                ? ["a", "b"].map { spec.platform.region.value + $0 } : spec.platform.zones.map(\.value),
            kubernetes: spec.platform.kubernetes.value, prices: prices, spotPrices: spotPrices,
            replicasPerNode: Dictionary(models.map { ($0.name, $0.replicasPerNode) }) { $1 },
            groups: plan.pools.compactMap { NodeGroupUse($0, plan) })
    }
}

extension NodeGroupUse {
    /// The nodes of a pool that no NodePool of the tree launches; nil for others.
    fileprivate init?(_ pool: PoolPlan, _ plan: Plan) {
        guard let group = pool.group else { return nil }
        let placements = plan.models.map(\.placement).filter { pool.models.contains($0.name) }
        guard let first = placements.first else { return nil }
        let least = group.existing == nil ? group.minNodes.value : 0
        self.init(
            name: group.name.value,
            replicasPerNode: Dictionary(placements.map { ($0.name, $0.nodes.perNode.value) }) { $1 },
            price: pool.existing?.unpaid?.value ?? plan.prices.onDemand(first.candidate.type)?.value ?? 0,
            gpus: Double(first.candidate.type.gpuCount), size: least...max(least, group.maxNodes.value))
    }
}

extension SimulatedPlan.Model {
    fileprivate init(_ placement: Placement, _ hours: UsualTraffic.BusinessHours?) {
        let spec = placement.spec
        let candidate = placement.candidate
        name = placement.name
        servedName = placement.servedName
        let curve = ReplicaCurve(
            candidate.workload, candidate.accelerator, tensorParallel: candidate.tensorParallel,
            mostSequences: placement.point.mostSequences.value, measured: spec.measured)
        times = ReplicaTimes(
            token: curve.token, start: curve.start, promptToken: curve.promptToken, tokenMargin: curve.tokenMargin,
            cacheTokens: curve.cacheTokens)
        input = Double(candidate.workload.inputTokens.value)
        output = Double(max(1, candidate.workload.outputTokens?.value ?? 1))
        traffic = spec.traffic.map { traffic in
            let (steady, peak) = (traffic.steady.value, traffic.peak.value)
            return UsualTraffic(
                steady: steady, peak: peak, busy: steady + (peak - steady) * Assumptions.busySurge.value,
                ramp: traffic.ramp?.value ?? Defaults.ramp.value, hours: hours)
        }
        func goal(_ target: LatencyTarget?) -> LatencyGoal? {
            target.map { LatencyGoal(seconds: $0.seconds.value, share: Double($0.percentile.value) / 100) }
        }
        latency = candidate.workload.generates ? .timeToFirstToken : .endToEnd
        ttft = goal(spec.objectives.answer)
        tpot = goal(spec.objectives.tpot)
        let start = placement.point.coldStart.parts
        nodeLaunch = Int(start.nodeLaunch.value * 1000)
        imagePull = Int(start.imagePull.value * 1000)
        load = Int((start.weightsLoad.value + start.warmUp.value) * 1000)
        gpus = candidate.tensorParallel
        replicasPerNode = placement.nodes.perNode.value
        requestsPerSecond = placement.point.requestsPerSecond.value
    }
}
