extension Shape {
    /// Whether it is to be chosen before another: preference, then the traffic, then cost at peak, then whatever is simpler.
    func isBetter(than other: Shape) -> Bool {
        if rank != other.rank { return rank < other.rank }
        if carriesPeak != other.carriesPeak { return carriesPeak }
        if peakPrice != other.peakPrice { return peakPrice < other.peakPrice }
        if tensorParallel != other.tensorParallel { return tensorParallel < other.tensorParallel }
        if isQuantized != other.isQuantized { return other.isQuantized }
        return type.name < other.type.name
    }

    /// What it won over the next best in: the first of those criteria in which they differ, with the reasons of both sides.
    func comparison(with other: Shape, _ demand: Demand) -> Condition {
        func own(_ name: String, _ value: Int, _ shape: Shape) -> Reasoned {
            .given("\(name) of \(shape.words)", Double(value), "1", .convention("what the shape is"))
        }
        if rank != other.rank {
            return Condition(
                place(in: demand), .below, other.place(in: demand))
        }
        if carriesPeak != other.carriesPeak {
            return Condition(explainedCarried(demand), .atLeast, demand.explainedPeak)
        }
        if peakPrice != other.peakPrice {
            return Condition(explainedPeakPrice(demand), .below, other.explainedPeakPrice(demand))
        }
        if tensorParallel != other.tensorParallel {
            return Condition(
                own("tensor parallel", tensorParallel, self), .below,
                own("tensor parallel", other.tensorParallel, other))
        }
        // Equal in all figures: the order is that of the names, or the published format before another.
        return Condition(explainedPeakPrice(demand), .atMost, other.explainedPeakPrice(demand))
    }

    /// Dollars per hour when all replicas run, with the reasons.
    func explainedPeakPrice(_ demand: Demand) -> Reasoned {
        (explainedPeakNodes(demand) * .given("$/hour of \(type.name)", price, "$/h"))
            .named("cost of \(words) at peak", "$/h")
    }

    /// Dollars per month when all replicas run, with the reasons.
    func explainedPeakPerMonth(_ demand: Demand) -> Reasoned {
        (explainedPeakPrice(demand) * Thresholds.hoursMean.reasoned)
            .named("$ of \(words) at peak", "$/month")
    }

    /// Nodes when all replicas run, with the reasons.
    func explainedPeakNodes(_ demand: Demand) -> Reasoned {
        .deferred("nodes of \(words) at peak", Double(peakNodes), "nodes") { [self] in
            let counts = explainedCounts(demand)
            return demand.packing.nodes(
                least: counts.least, most: counts.most, perNode: explainedPerNode(demand), atLeast: explainedLeastNodes)
        }
    }

    /// Nodes on which replicas stand at least.
    private var explainedLeastNodes: Reasoned { leastNodes > 1 ? Thresholds.evenNodes.reasoned : 1 }

    /// Requests per second that all replicas sustain, with the reasons.
    private func explainedCarried(_ demand: Demand) -> Reasoned {
        (explainedCounts(demand).most * explainedRate(demand)).named("requests/s that \(words) carries", "requests/s")
    }

    func explainedCounts(_ demand: Demand) -> ReplicaCounts<Reasoned> {
        replicaCounts(demand, workload, rate: explainedRate(demand), perNode: explainedPerNode(demand))
    }

    private func explainedRate(_ demand: Demand) -> Reasoned {
        .deferred("rate of a replica on \(words)", capability.requestsPerSecond, "requests/s") { [self] in
            ExplainedReplica(demand, self, ranks: explainedRanks).figures.requestsPerSecond
        }
    }

    private func explainedPerNode(_ demand: Demand) -> Reasoned {
        explainedReplicasPerNode(demand.model, self, tensorParallel: Traced<Int>(explainedRanks))
    }

    private var explainedRanks: Reasoned {
        .given("tensor parallel of \(words)", Double(tensorParallel), "GPUs", .convention("what the shape is"))
    }

    /// Its place in the order of preference, from 1.
    private func place(in demand: Demand) -> Reasoned {
        let origin: Origin =
            demand.prefer.indices.contains(rank)
            ? .inferred(
                Inference("the order in which the spec names them", [Ingredient("preferred", demand.prefer[rank])]))
            : .convention("no order of preference")
        return .given("place of \(type.name) in the order of preference", Double(rank + 1), "1", origin)
    }
}

extension Demand {
    /// Peak traffic, as far as the spec says.
    fileprivate var explainedPeak: Reasoned {
        model.traffic.map { $0.peak.named("peak traffic", "requests/s") }
            ?? .given("peak traffic", 0, "requests/s", .convention("the spec gives no traffic"))
    }
}
