import Groundwork

extension Candidate {
    /// Whether it is chosen before another.
    func isBetter(than other: Candidate) -> Bool { ChoiceCriterion.deciding(self, other).prefers(self, to: other) }

    /// The comparisons that it won over the next best.
    func comparisons(with other: Candidate, _ demand: Demand) -> [Condition] {
        ChoiceCriterion.deciding(self, other).comparisons(of: self, with: other, demand)
    }

    /// Dollars per hour when all replicas run, with the reasons.
    func explainedPeakPrice(_ demand: Demand) -> Reasoned {
        price(of: explainedPeakNodes(demand)).named("hourly cost of \(words) at peak load", "$/h")
    }

    /// Dollars per month when all replicas run, with the reasons.
    package func explainedPeakPerMonth(_ demand: Demand) -> Reasoned {
        (explainedPeakPrice(demand) * Thresholds.hoursMean.reasoned)
            .named("monthly cost of \(words) at peak load", "$/month")
    }

    /// Nodes when all replicas run, with the reasons.
    func explainedPeakNodes(_ demand: Demand) -> Reasoned {
        .deferred("nodes of \(words) at peak load", Double(peakNodes), "nodes") { [self] in
            let counts = explainedCounts(demand)
            return demand.packing.nodes(
                least: counts.least, most: counts.most, perNode: explainedPerNode(demand), atLeast: explainedLeastNodes)
        }
    }

    /// The fewest nodes on which replicas run.
    private var explainedLeastNodes: Reasoned { leastNodes > 1 ? Thresholds.evenNodes.reasoned : 1 }

    /// Requests per second that all replicas sustain, with the reasons.
    func explainedCarried(_ demand: Demand) -> Reasoned {
        explainedCounts(demand).carried(rate: explainedRate(demand))
            .named("request rate of all replicas on \(words)", "requests/s")
    }

    func explainedCounts(_ demand: Demand) -> ReplicaCounts<Reasoned> {
        replicaCounts(demand, workload, rate: explainedRate(demand), perNode: explainedPerNode(demand))
    }

    private func explainedRate(_ demand: Demand) -> Reasoned {
        .deferred(
            "request rate per replica on \(words)", capability.requestsPerSecond, "requests/s",
            restingOn: origins(demand, ofRateAlone: true)
        ) { [self] in
            ExplainedReplica(demand, self, ranks: explainedRanks).figures.requestsPerSecond
        }
    }

    /// The defaults and assumptions that its figures rest on; nil if a measurement replaces the search, so that they are cheap to find.
    func origins(_ demand: Demand, ofRateAlone: Bool = false) -> (@Sendable () -> [Origin])? {
        if demand.model.measured != nil { return nil }
        return { [self] in
            capacityOrigins(
                workload, accelerator, tensorParallel: tensorParallel, demand.model.objectives,
                ofTTFT: !ofRateAlone || capability.bottleneck == .queue)
        }
    }

    private func explainedPerNode(_ demand: Demand) -> Reasoned {
        explainedReplicasPerNode(demand, self, tensorParallel: Traced<Int>(explainedRanks))
    }

    /// GPUs of a replica, as they were tried.
    var explainedRanks: Reasoned {
        .given("tensor parallel size of \(words)", Double(tensorParallel), "GPUs", .convention("part of the candidate"))
    }

    /// Its place in the order of preference, from 1.
    func place(in demand: Demand) -> Reasoned {
        let origin: Origin =
            demand.prefer.indices.contains(rank)
            ? .inferred(
                Inference("the order in the spec", [Ingredient("preferred", demand.prefer[rank])]))
            : .convention("no order of preference")
        return .given("rank of \(type.name) in the order of preference", Double(rank + 1), "1", origin)
    }
}
