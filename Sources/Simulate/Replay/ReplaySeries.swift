import Groundwork

extension Replay {
    /// Writes the series of a workload's replicas, as a scrape of them does.
    mutating func writeReplicas(_ place: Int) {
        guard watch != nil else { return }
        let workload = workloads[place].workload
        let model = input.tree.modelOfWorkload[place]
        let time = seriesTime
        func labels(_ metric: String, _ pod: String) -> SeriesLabels {
            SeriesLabels(
                metric,
                [
                    "namespace": workload.namespace, "model_name": workload.model ?? "", "pod": pod,
                    "service": workload.service,
                ])
        }
        var present: Set<String> = []
        for replica in models[model].scraped(of: place) {
            let pod = podName(place, replica.pod)
            present.insert(pod)
            watch?.store.append(Double(replica.running), to: labels("vllm:num_requests_running", pod), at: time)
            watch?.store.append(Double(replica.waiting), to: labels("vllm:num_requests_waiting", pod), at: time)
            watch?.store.append(replica.cache, to: labels("vllm:kv_cache_usage_perc", pod), at: time)
            watch?.store.append(0, to: labels("vllm:num_preemptions_total", pod), at: time)
        }
        let gone = (scrapedPods[place] ?? []).subtracting(present)
        for pod in gone.sorted() {
            for metric in [
                "vllm:num_requests_running", "vllm:num_requests_waiting", "vllm:kv_cache_usage_perc",
                "vllm:num_preemptions_total",
            ] {
                watch?.store.end(labels(metric, pod), at: time)
            }
        }
        scrapedPods[place] = present
        guard input.tree.modelOfWorkload.firstIndex(of: model) == place else { return }
        // The histograms of all replicas of a model together: their rates are summed anyway, and no reset cuts them.
        let tally = models[model].tally
        let own = [
            "namespace": workload.namespace, "model_name": workload.model ?? "", "service": workload.service,
        ]
        for reason in QueueLimits.Reason.allCases {
            let labels = SeriesLabels(
                MetricName.rejections.rawValue, own.merging(["reason": reason.rawValue]) { $1 })
            watch?.store.append(Double(tally.rejections[reason] ?? 0), to: labels, at: time)
        }
        watch?.store.append(
            Double(tally.completed),
            to: SeriesLabels(MetricName.completed.rawValue, own.merging(["finished_reason": "stop"]) { $1 }), at: time)
        for (name, counts) in [
            ("vllm:time_to_first_token_seconds", tally.ttftBuckets),
            ("vllm:request_time_per_output_token_seconds", tally.tpotBuckets),
        ] {
            for (bound, count) in counts.cumulative {
                let all = own.merging(["le": bound]) { $1 }
                watch?.store.append(Double(count), to: SeriesLabels("\(name)_bucket", all), at: time)
            }
            watch?.store.append(Double(counts.total), to: SeriesLabels("\(name)_count", own), at: time)
        }
    }

    /// Writes the series of kube-state-metrics and of Karpenter.
    mutating func writeStates() {
        guard watch != nil else { return }
        let time = seriesTime
        for place in workloads.indices {
            let workload = workloads[place].workload
            let isDeployment = workload.kind == .deployment
            let kind = isDeployment ? "deployment" : "statefulset"
            let own = ["namespace": workload.namespace, kind: workload.name]
            if let status = loads[place].status {
                for (metric, value) in [
                    (isDeployment ? "spec_replicas" : "replicas", status.wanted), ("status_replicas", status.replicas),
                    ("status_replicas_available", status.available),
                ] { watch?.store.append(value, to: SeriesLabels("kube_\(kind)_\(metric)", own), at: time) }
            }
            writeAutoscaler(place, time)
            writePods(place, time)
        }
        for pool in karpenter.pools {
            let usage = karpenter.usage(of: pool.name)
            for (resource, limit) in pool.limit.amounts {
                let own = ["nodepool": pool.name, "resource_type": resource]
                watch?.store.append(Double(limit) / 1000, to: SeriesLabels("karpenter_nodepools_limit", own), at: time)
                watch?.store.append(
                    Double(usage[resource]) / 1000, to: SeriesLabels("karpenter_nodepools_usage", own), at: time)
            }
        }
    }

    private mutating func writeAutoscaler(_ place: Int, _ time: Int) {
        let workload = workloads[place].workload
        guard let autoscaler = workloads[place].autoscaler, let name = workload.autoscalerName else { return }
        let own = ["namespace": workload.namespace, "horizontalpodautoscaler": name]
        let prefix = "kube_horizontalpodautoscaler"
        for (metric, value) in [
            ("status_current_replicas", Double(loads[place].status?.replicas ?? 0)),
            ("status_desired_replicas", Double(autoscaler.statusDesired)),
            ("spec_max_replicas", Double(autoscaler.spec.maxReplicas)),
            ("spec_min_replicas", Double(autoscaler.spec.minimum)),
        ] { watch?.store.append(value, to: SeriesLabels("\(prefix)_\(metric)", own), at: time) }
        let isActive = autoscaler.conditions.scalingActive?.isTrue ?? true
        for (status, holds) in [("true", isActive), ("false", !isActive), ("unknown", false)] {
            let all = own.merging(["condition": "ScalingActive", "status": status]) { $1 }
            watch?.store.append(holds ? 1 : 0, to: SeriesLabels("\(prefix)_status_condition", all), at: time)
        }
    }

    private mutating func writePods(_ place: Int, _ time: Int) {
        let namespace = workloads[place].workload.namespace
        var present: Set<String> = []
        for (name, state) in workloads[place].pods.sorted(by: { $0.key < $1.key }) {
            let pod = podName(place, name)
            present.insert(pod)
            let own = ["namespace": namespace, "pod": pod]
            for (condition, holds) in [("true", state.isReady), ("false", !state.isReady), ("unknown", false)] {
                let all = own.merging(["condition": condition]) { $1 }
                watch?.store.append(holds ? 1 : 0, to: SeriesLabels("kube_pod_status_ready", all), at: time)
            }
            // A pod runs once its containers have started: when its node has the image.
            let isPending = state.node == nil
            for (phase, holds) in [("Pending", isPending), ("Running", !isPending)] {
                let all = own.merging(["phase": phase]) { $1 }
                watch?.store.append(holds ? 1 : 0, to: SeriesLabels("kube_pod_status_phase", all), at: time)
            }
            if state.isDeleted {
                watch?.store.append(Double(time / 1000), to: SeriesLabels("kube_pod_deletion_timestamp", own), at: time)
            }
        }
        for pod in (knownPods[place] ?? []).subtracting(present).sorted() {
            let own = ["namespace": namespace, "pod": pod]
            for condition in ["true", "false", "unknown"] {
                watch?.store.end(
                    SeriesLabels("kube_pod_status_ready", own.merging(["condition": condition]) { $1 }), at: time)
            }
            for phase in ["Pending", "Running"] {
                watch?.store.end(SeriesLabels("kube_pod_status_phase", own.merging(["phase": phase]) { $1 }), at: time)
            }
            watch?.store.end(SeriesLabels("kube_pod_deletion_timestamp", own), at: time)
        }
        knownPods[place] = present
    }

    /// Evaluates the alerts that are due.
    mutating func evaluateAlerts() {
        guard let due = watch?.next, due <= now else { return }
        let isUp = hasPrometheus
        guard let changes = watch?.evaluate(at: now, isUp: isUp) else { return }
        for alert in changes.begun { tell(.alert, alert.name, "fires\(alert.words)") }
        for alert in changes.ended { tell(.alert, alert.name, "no longer fires\(alert.words)") }
    }

    private var seriesTime: Int { watch?.time(now) ?? 0 }

    /// A pod's name as its controller makes it.
    private func podName(_ place: Int, _ pod: String) -> String {
        if workloads[place].workload.kind != .deployment { return pod }
        let letters = Array("bcdfghjklmnpqrstvwxz2456789")
        var number = workloads[place].pods[pod]?.id ?? Int(pod.split(separator: "-").last ?? "") ?? 0
        var suffix = ""
        for _ in 0..<5 {
            suffix.append(letters[number % letters.count])
            number /= letters.count
        }
        return "\(workloads[place].workload.name)-7f9c4b5d6c-\(suffix)"
    }
}

extension AlertWatch.Firing {
    /// Its labels besides its name: ` (model-a, critical)`.
    fileprivate var words: String {
        let shown = ["model", "nodepool", "pod", "sloth_slo", "severity"].map { labels[$0] }.filter { !$0.isEmpty }
        return shown.isEmpty ? "" : " (\(shown.joined(separator: ", ")))"
    }
}

extension Karpenter {
    /// What the nodes of a pool have, as its status says.
    func usage(of pool: String) -> ResourceAmounts {
        claims.filter { $0.pool == pool }.reduce(ResourceAmounts()) { sum, claim in
            var amounts = claim.capacity
            amounts["nodes"] = 1000
            return sum + amounts
        }
    }
}
