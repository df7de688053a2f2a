import Groundwork
import Simulate

extension SimulatedPlan {
    /// A plan without models: what their operating points do not say is taken from these conditions.
    package init(name: String, conditions: TreeConditions) {
        self.init(
            name: name, models: [], conditions: conditions, timezone: "UTC", hasInterruptionQueue: true)
    }

    /// The plan with other models in place of those with the same names.
    package func replacing(_ others: [Model]) -> SimulatedPlan {
        let names = Set(others.map(\.name))
        return SimulatedPlan(
            name: name, models: models.filter { !names.contains($0.name) } + others, existing: existing,
            conditions: conditions, timezone: timezone, hasInterruptionQueue: hasInterruptionQueue)
    }
}

extension SimulatedPlan.Model {
    /// How an operating point is written.
    package static let form =
        "MODEL most=26 token=30ms-114ms first=300ms-1900ms rate=2-6 tokens=800/200 ttft=2500ms tpot=150ms load=3m cache=60000"

    /// Reads an operating point; nil if it does not have the form.
    ///
    /// `token` and `first` are the seconds per output token and to the first token of one sequence and of the most; `rate` is the
    /// steady and the peak load; the objectives are those of 95% of the requests; `cache` is the tokens that the KV cache holds.
    /// Objectives, `load` and `cache` may be absent.
    package init?(_ text: String) {
        var words = text.split(separator: " ").map(String.init)
        guard words.count > 1 else { return nil }
        name = words.removeFirst()
        servedName = name
        var values: [String: String] = [:]
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, values.updateValue(parts[1], forKey: parts[0]) == nil else { return nil }
        }
        func pair(_ key: String, _ separator: Character, _ read: (String) -> Double?) -> (Double, Double)? {
            guard let parts = values.removeValue(forKey: key)?.split(separator: separator).map(String.init),
                let first = parts.first.flatMap(read), let last = parts.last.flatMap(read), parts.count <= 2,
                first > 0, last >= 0
            else { return nil }
            return (first, last)
        }
        func optional(_ key: String) -> Double?? {
            guard let text = values.removeValue(forKey: key) else { return .some(nil) }
            guard let seconds = queryDuration(text), seconds > 0 else { return nil }
            return seconds
        }
        guard let most = values.removeValue(forKey: "most").flatMap({ Int($0) }), (1...100_000).contains(most),
            let token = pair("token", "-", queryDuration), token.1 >= token.0,
            let first = pair("first", "-", queryDuration), first.1 >= first.0,
            let rate = pair("rate", "-", { Double($0) }), let tokens = pair("tokens", "/", { Double($0) }),
            let ttft = optional("ttft"), let tpot = optional("tpot"), let load = optional("load")
        else { return nil }
        let cache = values.removeValue(forKey: "cache").map { Double($0) ?? 0 }
        guard values.isEmpty, cache ?? 1 > 0 else { return nil }
        times = .between(
            most: most, token: token.0...token.1, first: first.0...first.1, promptTokens: tokens.0,
            cacheTokens: cache)
        traffic = UsualTraffic(
            steady: rate.0, peak: rate.1, busy: (rate.0 + rate.1) / 2, ramp: Defaults.ramp.value, hours: nil)
        (input, output) = (tokens.0, max(1, tokens.1))
        latency = .timeToFirstToken
        self.ttft = ttft.map { LatencyGoal(seconds: $0, share: Defaults.percentile.value) }
        self.tpot = tpot.map { LatencyGoal(seconds: $0, share: Defaults.percentile.value) }
        nodeLaunch = Int(Assumptions.nodeLaunch.value * 1000)
        imagePull = Int(Assumptions.imagePull.value * 1000)
        self.load = Int((load ?? 180) * 1000)
        gpus = 1
        replicasPerNode = 1
        requestsPerSecond = rate.1
    }
}
