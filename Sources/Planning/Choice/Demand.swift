import Groundwork

/// Everything about a model that decides between its candidates.
///
/// A class, because it has many fields.
package final class Demand: Sendable {
    package let model: ModelSpec
    package let workload: Workload
    /// The same in the dtype that vLLM may convert the weights to; nil if the spec does not allow it.
    package let quantized: Workload?
    package let targets: LatencyTargets
    package let share: GPUShare
    package let scaleUp: Traced<Double>
    package let prefer: [Traced<String>]
    package let avoid: [Traced<String>]
    package let packing: Packing
    /// The settings of the nodes.
    package let nodes: NodesSpec
    /// Whether replicas are spread evenly over several nodes, as those that share GPUs are: a node holds too many of them to lose.
    package let standsEvenly: Bool

    init(
        model: ModelSpec, workload: Workload, quantized: Workload?, targets: LatencyTargets, share: GPUShare,
        scaleUp: Traced<Double>, prefer: [Traced<String>], avoid: [Traced<String>], packing: Packing,
        nodes: NodesSpec, standsEvenly: Bool
    ) {
        self.model = model
        self.workload = workload
        self.quantized = quantized
        self.targets = targets
        self.share = share
        self.scaleUp = scaleUp
        self.prefer = prefer
        self.avoid = avoid
        self.packing = packing
        self.nodes = nodes
        self.standsEvenly = standsEvenly
    }

    /// The dtypes to try, the model's own first.
    package var workloads: [Workload] { [workload] + (quantized.map { [$0] } ?? []) }

    /// Peak traffic, if the spec sets it.
    func peak<N: Arithmetic>() -> N {
        model.traffic.map { .given("peak traffic", $0.peak, "requests/s") }
            ?? .given("peak traffic", 0, "requests/s", .convention("the spec sets no traffic"))
    }

    /// The same demand for MIG instances of another profile.
    func taking(profile: String) -> Demand {
        guard case .mig(_, let sharers) = share else { return self }
        var model = model
        model.gpu.share = model.gpu.share.trying(.mig(profile: profile, sharers: sharers))
        return Demand(
            model: model, workload: workload, quantized: quantized, targets: targets,
            share: .mig(profile: profile, sharers: sharers), scaleUp: scaleUp, prefer: prefer, avoid: avoid,
            packing: packing, nodes: nodes, standsEvenly: standsEvenly)
    }

    /// The same demand on another number of GPUs.
    func over(gpus count: Int) -> Demand {
        var model = model
        model.gpu.tensorParallel = Traced(count, .convention("tried"))
        return changed(model, prefer)
    }

    /// The same demand of a model with other settings.
    func serving(_ model: ModelSpec) -> Demand { changed(model, prefer) }

    /// The same demand on other instances.
    func preferring(_ instances: [String]) -> Demand {
        changed(model, instances.map { Traced($0, .convention("tried")) })
    }

    private func changed(_ model: ModelSpec, _ prefer: [Traced<String>]) -> Demand {
        Demand(
            model: model, workload: workload, quantized: quantized, targets: targets, share: share, scaleUp: scaleUp,
            prefer: prefer, avoid: avoid, packing: packing, nodes: nodes, standsEvenly: standsEvenly)
    }

    /// The same demand in the chosen dtype.
    func running(_ workload: Workload) -> Demand {
        Demand(
            model: model, workload: workload, quantized: nil, targets: targets, share: share, scaleUp: scaleUp,
            prefer: prefer, avoid: avoid, packing: packing, nodes: nodes, standsEvenly: standsEvenly)
    }
}

/// How a model's replicas are placed on nodes.
package enum Packing: Sendable {
    /// All of them together.
    case together
    /// The minimum on separate nodes, and the surge on others.
    case split
    /// On the nodes of a static pool, which has one more to replace a drifted node.
    case fixed

    /// Nodes that a model uses at peak load, including the last, partly used one.
    func nodes<N: Arithmetic>(least: N, most: N, perNode: N, atLeast fewest: N) -> N {
        func whole(_ replicas: N) -> N { (replicas / perNode).roundedUp }
        return switch self {
        case .together: .maximum(fewest, whole(most))
        case .split: whole(least) + whole(most - least)
        case .fixed: .maximum(fewest, whole(most)) + 1
        }
    }
}
