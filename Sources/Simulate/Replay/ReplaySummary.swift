extension Replay {
    /// Takes a sample of the timeline.
    mutating func sample() {
        for place in models.indices { models[place].advance(to: seconds) }
        let wanted = models.indices.map { model in
            workloads.indices.reduce(0) { input.tree.modelOfWorkload[$1] == model ? $0 + workloads[$1].replicas : $0 }
        }
        timeline.sample(&models, wanted: wanted, cluster, step: input.step, at: now)
        sampleDue = sampleDue + input.step
    }

    /// The outcome.
    var result: ReplayResult {
        var timeline = timeline
        timeline.pay(until: VirtualTime(milliseconds: input.duration))
        let samples = timeline.samples
        let nodes = samples.map { $0.nodes.reduce(0, +) }
        let outcomes = models.indices.map { place -> ReplayResult.Model in
            let ready = samples.map { $0.models[place].ready }
            let own = workloads.indices.filter { input.tree.modelOfWorkload[$0] == place }
            let missed = missed(models[place].tally)
            return ReplayResult.Model(
                name: models[place].model.name, latency: models[place].model.latency, tally: models[place].tally,
                leastReady: ready.min() ?? 0, mostReady: ready.max() ?? 0,
                meanReady: ready.isEmpty ? 0 : Double(ready.reduce(0, +)) / Double(ready.count),
                mostWaiting: samples.map { $0.models[place].waiting }.max() ?? 0,
                scaleOuts: own.reduce(0) { $0 + timeline.scaleOuts[$1] },
                scaleIns: own.reduce(0) { $0 + timeline.scaleIns[$1] },
                flaps: own.reduce(0) { $0 + workloads[$1].flaps }, missedMinutes: missed.count,
                longestMiss: longestSpan(missed))
        }
        return ReplayResult(
            models: outcomes, pools: timeline.pools, samples: samples, entries: entries, duration: input.duration,
            dollars: timeline.dollars, gpuHours: timeline.gpuHours, leastNodes: nodes.min() ?? 0,
            mostNodes: nodes.max() ?? 0, preemptions: preemptions, reconciles: reconciles,
            alertsLeftOut: watch?.leftOut, series: watch?.store)
    }

    /// The minutes in which fewer requests were in time than the goal asks.
    private func missed(_ tally: ModelTally) -> [Int] {
        guard let goal = tally.ttft else { return [] }
        return tally.minutes.indices.filter { place in
            let minute = tally.minutes[place]
            return minute.arrived > 0 && Double(minute.inTime) < goal.share * Double(minute.arrived)
        }
    }

    /// The minutes of the longest time in which no ten minutes in a row were good.
    private func longestSpan(_ minutes: [Int]) -> Int {
        var (longest, first, last) = (0, -100, -100)
        for minute in minutes {
            if minute - last > 10 { first = minute }
            last = minute
            longest = max(longest, last - first + 1)
        }
        return longest
    }
}
