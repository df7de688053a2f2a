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
            count(model)
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
    func value(of query: LoadQuery) -> Double? { query.value(loads) { rate(of: $0, window: $1) } }

    /// Notes what a gateway has counted.
    private mutating func count(_ model: Int) {
        let count = models[model].arrivals
        if counted[model].last?.time == now.milliseconds { return }
        counted[model].append((now.milliseconds, count))
        // No window of an emitted query is longer than ten minutes.
        let kept = counted[model].firstIndex { $0.time > now.milliseconds - 600_000 } ?? 0
        if kept > 32 { counted[model].removeFirst(kept) }
    }

    /// Requests per second over a window, as `rate` gives them for a counter that is scraped evenly.
    private func rate(of model: Int, window: Int) -> Double? {
        let inside = counted[model].drop { $0.time <= now.milliseconds - window }
        guard let first = inside.first, let last = inside.last, last.time > first.time else { return 0 }
        return Double(last.count - first.count) * 1000 / Double(last.time - first.time)
    }
}
