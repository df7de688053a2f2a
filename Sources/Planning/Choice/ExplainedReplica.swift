import Groundwork

/// What a replica of a candidate sustains, computed again with the reasons of every figure.
struct ExplainedReplica: Sendable {
    let fit: MemoryFit<Reasoned>
    let mostSequences: Reasoned
    let figures: ReplicaFigures<Reasoned>

    init(_ demand: Demand, _ candidate: Candidate, ranks: Reasoned) {
        let replica = ReplicaModel(candidate.workload, candidate.accelerator, ranks: ranks)
        fit = replica.fit
        if let measured = demand.model.measured {
            figures = replica.measured(measured)
            mostSequences = figures.sequences
            return
        }
        let search = ExplainedSearch(
            replica: replica, plain: ReplicaModel(candidate.workload, candidate.accelerator, ranks: ranks.value),
            objectives: demand.model.objectives, found: candidate.capability)
        mostSequences = search.mostSequences
        figures = search.load.figures
    }
}

/// The search for what a replica sustains, explained by its result: what was found, and the conditions that it met.
private struct ExplainedSearch: Sendable {
    let replica: ReplicaModel<Reasoned>
    /// The same in plain numbers.
    let plain: ReplicaModel<Double>
    let objectives: LatencyObjectives
    let found: Capability

    /// The maximum of concurrent sequences.
    var mostSequences: Reasoned {
        .solved(
            "concurrent sequences", Double(found.mostSequences), "sequences",
            statement,
            beyond: Double(found.mostSequences + 1)
        ) { [replica, objectives] sequences in
            replica.limits(at: sequences, target: objectives.tpot?.seconds.named("target", "s")).map(
                \.condition)
        }
    }

    /// What the maximum of concurrent sequences is.
    private var statement: String {
        if !replica.workload.generates {
            let held = replica.workload.keepsCache ? " and whose prompts fit in the KV cache" : ""
            return "the most requests that a step computes\(held)"
        }
        let late = objectives.tpot == nil ? "" : " and meet the target for time per output token"
        return "the most sequences that fit in the KV cache\(late)"
    }

    /// The replica under the rate that it sustains.
    var load: ReplicaLoad<Reasoned> {
        let most = mostSequences
        let queue = ReplicaQueue(atMost: most, gap: replica.gap)
        guard let target = objectives.answer?.seconds, found.bottleneck == .queue else {
            return load(most, queue, queue.sustainedLimit.named("request rate per replica", "requests/s"))
        }
        let rate = Reasoned.solved(
            "request rate per replica", found.requestsPerSecond, "requests/s",
            "the highest rate of random arrivals that meets the target for \(replica.workload.answerWords)",
            beyond: found.rateBeyond
        ) { [self] rate in
            let queue = ReplicaQueue(atMost: most, gap: replica.gap)
            return [
                load(most, queue, rate).answerLimit(target.named("target", "s")).condition,
                Condition(rate, .atMost, queue.sustainedLimit.named("saturation rate", "requests/s")),
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
                ? "the maximum: fewer than \(percent)% of the requests find an empty queue"
                : "the smallest number that covers at least \(percent)% of the requests"
            return .solved(
                "requests running beside a new one", count, "requests",
                statement, beyond: count - 1
            ) { [replica] count in
                let queue = ReplicaQueue(atMost: most, gap: replica.gap)
                let state = queue.state(arrivals: rate)
                return [
                    Condition(count, .atLeast, 0),
                    Condition(
                        queue.weight(state, through: count).named("weight of the states up to this number", "1"),
                        .atLeast,
                        queue.wantedWeight(state, percentile: percentile).named("required weight", "1")),
                ]
            }
        }
        return ReplicaLoad(
            replica: replica, state: state, most: most, targets: shares,
            others: (others(shares.answer), others(shares.tpot)))
    }
}

/// Replicas per node of a candidate, with the reasons.
func explainedReplicasPerNode(_ demand: Demand, _ candidate: Candidate, tensorParallel: Traced<Int>) -> Reasoned {
    .deferred("replicas per node", Double(candidate.replicasPerNode), "replicas") {
        replicasPerNode(
            of: demand.model, on: NodeResources(candidate.type, demand.nodes), candidate.accelerator.gpu,
            tensorParallel: tensorParallel.named("tensor parallel size", "GPUs"),
            DiskRequest(demand.model, candidate.workload))
    }
}
