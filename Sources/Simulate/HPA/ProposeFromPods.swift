extension Proposal {
    /// Computes the replicas from samples of pods; nil where none can be used.
    ///
    /// Pods without samples, and pods that are not ready, are counted such that they never enlarge a change.
    func pods(_ metric: HPAMetric, _ reading: MetricReading) -> Int32? {
        guard case .pods(let pods) = reading, !pods.isEmpty, pods.contains(where: { $0.sample != nil }) else {
            return nil
        }
        var use = PodUse()
        var usage = Usage(metric.target)
        for pod in pods {
            switch use.add(pod, metric, settings, now) {
            case .ready: usage.add(pod.sample?.value ?? 0, pod.request)
            case .ignored, .unready, .missing: break
            }
        }
        guard usage.count > 0 else { return nil }
        // A container without a request spoils the utilization of all, even in a pod that is left out.
        if usage.isShare, pods.contains(where: { $0.request == nil }) { return nil }
        guard let ratio = usage.ratio else { return nil }

        let isUp = use.unready > 0 && ratio > 1
        if !isUp, use.missing == 0 {
            if tolerances.hold(ratio) { return scale.spec }
            return settings.int32((ratio * Double(use.ready)).rounded(.up))
        }
        for pod in pods {
            switch PodUse.role(of: pod, metric, settings, now) {
            case .missing where ratio < 1: usage.add(usage.whole(pod.request), pod.request)
            case .missing where ratio > 1: usage.add(0, pod.request)
            case .unready where isUp: usage.add(0, pod.request)
            case .ready, .ignored, .missing, .unready: break
            }
        }
        guard let second = usage.ratio else { return nil }
        if tolerances.hold(second) || ratio < 1 && second > 1 || ratio > 1 && second < 1 { return scale.spec }
        let replicas = settings.int32((second * Double(usage.count)).rounded(.up))
        if second < 1 && replicas > scale.spec || second > 1 && replicas < scale.spec { return scale.spec }
        return replicas
    }
}

/// Counts of pods by what their samples are used for.
private struct PodUse {
    enum Role { case ignored, unready, missing, ready }

    var ready = 0
    var unready = 0
    var missing = 0

    /// Counts a pod, and gives its role.
    mutating func add(_ pod: PodReading, _ metric: HPAMetric, _ settings: HPASettings, _ now: VirtualTime) -> Role {
        let role = Self.role(of: pod, metric, settings, now)
        switch role {
        case .ignored: break
        case .unready: unready += 1
        case .missing: missing += 1
        case .ready: ready += 1
        }
        return role
    }

    /// What the sample of a pod is used for.
    static func role(of pod: PodReading, _ metric: HPAMetric, _ settings: HPASettings, _ now: VirtualTime) -> Role {
        if pod.isDeleted || pod.phase == .failed { return .ignored }
        if pod.phase == .pending { return .unready }
        guard let sample = pod.sample else { return .missing }
        guard metric.isCPU else { return .ready }
        guard let ready = pod.ready, let started = pod.started else { return .unready }
        if started + settings.cpuInitialization > now {
            return ready == .no || sample.time < pod.readyChanged + sample.window ? .unready : .ready
        }
        return ready == .no && started + settings.initialReadiness > pod.readyChanged ? .unready : .ready
    }
}

/// The sum of samples beside the target.
private struct Usage {
    let target: HPAMetric.Target
    var total = 0
    var requested = 0
    var count = 0

    init(_ target: HPAMetric.Target) { self.target = target }

    /// Whether the target is a share of requests.
    var isShare: Bool { if case .utilization = target { true } else { false } }

    mutating func add(_ value: Int, _ request: Int?) {
        total &+= value
        requested &+= request ?? 0
        count += 1
    }

    /// How many times the target is used, after a division of integers as the controller's; nil where nothing is requested.
    var ratio: Double? {
        switch target {
        case .averageValue(let target), .value(let target): return Double(total / count) / Double(target)
        case .utilization(let target):
            guard requested != 0 else { return nil }
            return Double(Int32(truncatingIfNeeded: total &* 100 / requested)) / Double(target)
        }
    }

    /// What a pod without a sample is taken to use when replicas would go.
    func whole(_ request: Int?) -> Int {
        switch target {
        case .averageValue(let target), .value(let target): target
        case .utilization(let target): (request ?? 0) * Int(max(100, target)) / 100
        }
    }
}
