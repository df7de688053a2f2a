import Groundwork

/// Everything about a model that its choice of shape rests on.
///
/// A class, because a spec has much to say about a model.
package final class Demand: Sendable {
    package let model: ModelSpec
    package let workload: Workload
    /// The same in the number format that vLLM may turn the weights into; nil where the spec does not allow it.
    package let quantized: Workload?
    package let targets: LatencyTargets
    package let share: GPUShare
    package let scaleUp: Traced<Double>
    package let prefer: [Traced<String>]
    package let avoid: [Traced<String>]
    package let packing: Packing
    /// Whether replicas stand evenly on several nodes, as those do that share GPUs: a node holds too many of them to lose.
    package let standsEvenly: Bool

    init(
        model: ModelSpec, workload: Workload, quantized: Workload?, targets: LatencyTargets, share: GPUShare,
        scaleUp: Traced<Double>, prefer: [Traced<String>], avoid: [Traced<String>], packing: Packing,
        standsEvenly: Bool
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
        self.standsEvenly = standsEvenly
    }

    /// The number formats to try, the model's own first.
    package var workloads: [Workload] { [workload] + (quantized.map { [$0] } ?? []) }

    /// Peak traffic, as far as the spec says.
    func peak<N: Arithmetic>() -> N {
        model.traffic.map { .given("peak traffic", $0.peak, "requests/s") }
            ?? .given("peak traffic", 0, "requests/s", .convention("the spec gives no traffic"))
    }

    /// The same demand for MIG instances of another profile.
    func taking(profile: String) -> Demand {
        guard case .mig(_, let sharers) = share else { return self }
        var model = model
        model.gpu.share = model.gpu.share.trying(.mig(profile: profile, sharers: sharers))
        return Demand(
            model: model, workload: workload, quantized: quantized, targets: targets,
            share: .mig(profile: profile, sharers: sharers), scaleUp: scaleUp, prefer: prefer, avoid: avoid,
            packing: packing, standsEvenly: standsEvenly)
    }

    /// The same demand over another number of GPUs.
    func over(gpus count: Int) -> Demand {
        var model = model
        model.gpu.tensorParallel = Traced(count, .convention("tried"))
        return changed(model, prefer)
    }

    /// The same demand on other instances.
    func preferring(_ instances: [String]) -> Demand {
        changed(model, instances.map { Traced($0, .convention("tried")) })
    }

    private func changed(_ model: ModelSpec, _ prefer: [Traced<String>]) -> Demand {
        Demand(
            model: model, workload: workload, quantized: quantized, targets: targets, share: share, scaleUp: scaleUp,
            prefer: prefer, avoid: avoid, packing: packing, standsEvenly: standsEvenly)
    }

    /// The same demand in the number format that was chosen.
    func running(_ workload: Workload) -> Demand {
        Demand(
            model: model, workload: workload, quantized: nil, targets: targets, share: share, scaleUp: scaleUp,
            prefer: prefer, avoid: avoid, packing: packing, standsEvenly: standsEvenly)
    }
}

/// How a model's replicas lie on nodes.
package enum Packing: Sendable {
    /// All of them side by side.
    case together
    /// The minimum on nodes of its own, and what comes and goes on others.
    case split
    /// On the nodes of a static pool, which has one more for replacing a drifted one.
    case fixed

    /// Nodes that a model takes at its peak, the last and partly used one included.
    func nodes<N: Arithmetic>(least: N, most: N, perNode: N, atLeast floor: N) -> N {
        func whole(_ replicas: N) -> N { (replicas / perNode).roundedUp }
        return switch self {
        case .together: .maximum(floor, whole(most))
        case .split: whole(least) + whole(most - least)
        case .fixed: .maximum(floor, whole(most)) + 1
        }
    }
}
