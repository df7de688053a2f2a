import Groundwork

extension Replay {
    /// Reads the metrics that are due: those of replicas, of kube-state-metrics, and those of recording rules.
    mutating func scrape() {
        let isUp = hasPrometheus
        for place in workloads.indices where scrapes[place] <= now {
            scrapes[place] = now + workloads[place].workload.scrape
            let model = input.tree.modelOfWorkload[place]
            guard model >= 0, isUp else { continue }
            models[model].advance(to: seconds)
            loads[place] = models[model].load(of: place, loads[place].status)
            writeReplicas(place)
            counts.note(
                arrived: models[model].arrivals, rejected: models[model].tally.rejections.values.reduce(0, +),
                of: model,
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
                for (index, query) in input.tree.queries[place] { recorded[place][index] = value(of: query) }
            }
        }
    }

    /// The result of a query now.
    func value(of query: LoadQuery) -> Double? { query.value(loads, counts, at: now.milliseconds) }
}
