import Groundwork

/// What a replica of a shape sustains, worked out anew with the reasons of every figure.
struct ExplainedReplica: Sendable {
    let fit: MemoryFit<Reasoned>
    let mostSequences: Reasoned
    let figures: ReplicaFigures<Reasoned>

    init(_ demand: Demand, _ shape: Shape, ranks: Reasoned) {
        let replica = ReplicaModel(shape.workload, shape.accelerator, ranks: ranks)
        fit = replica.fit
        if let measured = demand.model.measured {
            figures = replica.measured(measured)
            mostSequences = figures.sequences
            return
        }
        let search = ExplainedSearch(
            replica: replica, plain: ReplicaModel(shape.workload, shape.accelerator, ranks: ranks.value),
            objectives: demand.model.objectives, found: shape.capability)
        mostSequences = search.mostSequences
        figures = search.load.figures
    }
}

/// The search for what a replica sustains, told from its end: what was found, and the conditions that it met.
private struct ExplainedSearch: Sendable {
    let replica: ReplicaModel<Reasoned>
    /// The same in plain numbers.
    let plain: ReplicaModel<Double>
    let objectives: LatencyObjectives
    let found: Capability

    /// The most sequences that may run at once.
    var mostSequences: Reasoned {
        .solved(
            "sequences at once", Double(found.mostSequences), "sequences",
            "the most sequences whose KV cache fits"
                + (objectives.perOutputToken == nil ? "" : " and that keep the time per output token"),
            beyond: Double(found.mostSequences + 1)
        ) { [replica, objectives] sequences in
            replica.limits(at: sequences, target: objectives.perOutputToken?.seconds.named("target", "s")).map(
                \.condition)
        }
    }

    /// The replica under the rate that it sustains.
    var load: ReplicaLoad<Reasoned> {
        let most = mostSequences
        let queue = ReplicaQueue(atMost: most, gap: replica.gap)
        guard let target = objectives.firstToken?.seconds, found.bottleneck == .queue else {
            return load(most, queue, queue.sustainedLimit.named("rate of a replica", "requests/s"))
        }
        let rate = Reasoned.solved(
            "rate of a replica", found.requestsPerSecond, "requests/s",
            "the highest rate of random arrivals at which the first token comes in time", beyond: found.rateBeyond
        ) { [self] rate in
            let queue = ReplicaQueue(atMost: most, gap: replica.gap)
            return [
                load(most, queue, rate).startLimit(target.named("target", "s")).condition,
                Condition(rate, .atMost, queue.sustainedLimit.named("rate at saturation", "requests/s")),
            ]
        }
        return load(most, queue, rate)
    }

    private func load(_ most: Reasoned, _ queue: ReplicaQueue<Reasoned>, _ rate: Reasoned) -> ReplicaLoad<Reasoned> {
        let state = queue.state(arrivals: rate)
        let shares = TargetShares<Reasoned>(objectives)
        func others(_ percentile: Reasoned) -> Reasoned {
            let plain = ReplicaQueue<Double>(atMost: Int(most.value), plain.gap)
            let state = plain.state(arrivals: rate.value)
            let count = plain.others(state, percentile: percentile.value)
            let percent = Notation.plain.text((percentile.value * 100).rounded(6))
            let statement =
                plain.waitIsCommon(state, percentile: percentile.value)
                ? "all that may run: fewer than \(percent)% of the requests find none waiting"
                : "the fewest that at least \(percent)% of the requests find at most"
            return .solved(
                "requests that run beside a new one", count, "requests",
                statement, beyond: count - 1
            ) { [replica] count in
                let queue = ReplicaQueue(atMost: most, gap: replica.gap)
                let state = queue.state(arrivals: rate)
                return [
                    Condition(count, .atLeast, 0),
                    Condition(
                        queue.weight(state, through: count).named("weight of the states with at most so many", "1"),
                        .atLeast,
                        queue.wantedWeight(state, percentile: percentile).named("wanted weight", "1")),
                ]
            }
        }
        return ReplicaLoad(
            replica: replica, state: state, most: most, targets: shares,
            others: (others(shares.firstToken), others(shares.perOutputToken)))
    }
}

/// Replicas that a node of a shape carries, with the reasons.
func explainedReplicasPerNode(_ model: ModelSpec, _ shape: Shape, tensorParallel: Traced<Int>) -> Reasoned {
    .deferred("replicas per node", Double(shape.replicasPerNode), "replicas") {
        replicasPerNode(
            of: model, on: shape.type, shape.accelerator.gpu,
            tensorParallel: tensorParallel.named("tensor parallel", "GPUs"), DiskRequest(model, shape.workload))
    }
}
