import Groundwork

extension Replay {
    /// Reads the metrics that are due: those of replicas, of kube-state-metrics, and those of recording rules.
    mutating func scrape() {
        guard scrapeDue <= now else { return }
        defer { scrapeDue = scrapes.reduce(min(statusDue, rulesDue)) { min($0, $1) } }
        let isUp = hasPrometheus
        for place in scrapes.indices where scrapes[place] <= now {
            scrapes[place] = now + workloads[place].workload.scrape
            let model = input.tree.modelOfWorkload[place]
            guard model >= 0, isUp else { continue }
            models[model].advance(to: seconds)
            loads[place] = models[model].load(of: place, loads[place].status)
            writeReplicas(place)
            counts.note(
                arrived: models[model].arrivals, rejected: models[model].tally.rejectedByReplicas, of: model,
                at: now.milliseconds)
        }
        if statusDue <= now {
            statusDue = now + Self.statusInterval
            if isUp {
                for place in workloads.indices { loads[place].status = workloads[place].status(at: now) }
                writeStates()
            }
        }
        if rulesDue <= now {
            rulesDue = now + Self.ruleInterval
            guard isUp else { return }
            for place in workloads.indices where workloads[place].workload.isRecorded {
                for (index, query) in input.tree.queries[place].enumerated() {
                    recorded[place][index] = query.flatMap { value(of: $0) }
                }
            }
        }
    }

    /// The result of a query now.
    func value(of query: LoadQuery) -> Double? { query.value(loads, counts, at: now.milliseconds) }
}
