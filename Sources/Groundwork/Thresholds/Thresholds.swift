/// The numbers that specs do not set, each with unit, reason and source.
package enum Thresholds {
    // MARK: Memory

    /// The share of GPU memory that a release of vLLM uses by default.
    package static func memoryShare(of version: Version) -> Parameter {
        Component.vLLM.offers(.largerMemoryShare, at: version) ? memoryShare : earlierMemoryShare
    }
    package static let earlierMemoryShare = Parameter(
        "GPU memory share", 0.90, "ratio",
        because: "vLLM's default for --gpu-memory-utilization before \(Component.vLLM.since(.largerMemoryShare).text)",
        source: "vLLM engine arguments; aiconfigurator vllm_backend.py")
    package static let memoryShare = Parameter(
        "GPU memory share", 0.92, "ratio",
        because: "vLLM's default for --gpu-memory-utilization from \(Component.vLLM.since(.largerMemoryShare).text)",
        source: "aiconfigurator vllm_backend.py")
    package static let largestMemoryShare = Parameter(
        "maximum GPU memory share", 0.95, "ratio",
        because: "the largest share that the plan gives vLLM, on one GPU, if a model does not fit otherwise",
        source: "gpt-oss-120b runs with it on one H100: llm-d-planner, empirical results")
    package static let memoryBesideShare = Parameter(
        "memory outside vLLM's share", 2, "GiB",
        because:
            "CUDA graphs and the driver use memory outside the share: a GPU with less left gets vLLM's default",
        source: Parameter.choice)
    package static let largeGPU = Parameter(
        "large GPU", 70, "GiB", because: "vLLM has larger defaults from this size, except for A100",
        source: "vLLM engine arguments, get_batch_defaults")
    package static let batchedTokens = Parameter(
        "batched tokens", 2048, "tokens", because: "vLLM's default for --max-num-batched-tokens of a server",
        source: "vLLM engine arguments, get_batch_defaults")
    package static let batchedTokensOfLargeGPUs = Parameter(
        "batched tokens", 8192, "tokens",
        because: "vLLM's default for --max-num-batched-tokens of a server on GPUs of 70 GiB or more, except A100",
        source: "vLLM engine arguments, get_batch_defaults")
    package static let runtimeMemory = Parameter(
        "runtime memory", 0.25, "GiB", because: "CUDA context and libraries on one GPU", source: memoryLogs)
    package static let denseActivations = Parameter(
        "activations", 0.66, "MiB/token", because: "memory of a step of a dense model, per batched token",
        source: memoryLogs)
    package static let moeActivations = Parameter(
        "activations", 0.91, "MiB/token",
        because: "memory of a step of an MoE model, per batched token", source: memoryLogs)
    package static let rankMemory = Parameter(
        "communication memory", 0.3, "GiB", because: "NCCL buffers of each rank", source: memoryLogs)
    private static let memoryLogs =
        "the KV cache that vLLM reported in ten published logs: see the table in docs/capacity.md"
    package static let mostSequences = Parameter(
        "maximum sequences", 256, "sequences",
        because: "Stowage's limit on --max-num-seqs: vLLM's profiling run at startup holds the logits of this many",
        source: Parameter.choice)
    package static let mostSequencesOfLargeGPUs = Parameter(
        "maximum sequences", 1024, "sequences",
        because:
            "Stowage's limit on --max-num-seqs, equal to vLLM's default on GPUs of 70 GiB or more, except A100",
        source: Parameter.choice)

    package static let nodesOfSpanningReplica = Parameter(
        "nodes of a spanning replica", 8, "nodes", because: "beyond this, a different GPU is needed",
        source: Parameter.choice)

    // MARK: Queue

    package static let saturation = Parameter(
        "saturation", 0.9, "ratio",
        because: "a queue at 90% of the completion rate with all sequences running is still stable",
        source: "the Workload Variant Autoscaler uses the same share of its highest rate")

    // MARK: Sharing

    // MARK: Cold start

    package static let startupPatience = Parameter(
        "startup patience", 2, "times",
        because: "a slow start is not a failure: the startup probe waits this many load times",
        source: Parameter.choice)

    // MARK: Requests of a replica

    package static let sharedMemoryPerGPU = Parameter(
        "shared memory per GPU", 1, "GiB", because: "NCCL and worker queues use /dev/shm",
        source: "vLLM deployment guide")

    package static let diskReserve = Parameter(
        "disk reserve", 0.10, "ratio", because: "the kubelet evicts pods if less of the node's disk is free",
        source: "Kubernetes, default of evictionHard nodefs.available")

    // MARK: Traffic

    // MARK: Shutdown

    package static let drainDelay = Parameter(
        "drain delay", 10, "s",
        because: "endpoints and gateways stop sending requests before the server is told to stop",
        source: "KServe and production-stack use 10 to 30 s")
    package static let vllmUser = Parameter(
        "vLLM user", 2000, "user ID", because: "the user `vllm` of vLLM's image, whose home folder group 0 may write",
        source: "vLLM docker/Dockerfile (vllm-project/vllm#40275)")
    package static let shutdownSlack = Parameter(
        "shutdown slack", 5, "s", because: "between vLLM's own timeout and SIGKILL", source: "vLLM documentation")
    package static let spotNotice = Parameter(
        "spot notice", 110, "s", because: "EC2 gives two minutes; ten seconds pass before the pod is notified",
        source: "EC2 spot interruption notices")
    package static let shortestDrain = Parameter(
        "minimum drain", 30, "s", because: "even short requests get this long to finish", source: Parameter.choice)
    package static let longestDrain = Parameter(
        "maximum drain", 600, "s", because: "no rollout waits longer than this for one replica",
        source: Parameter.choice)

    // MARK: Nodes

    package static let nodeGrace = Parameter(
        "node termination grace period", 30, "min",
        because: "a node that is removed waits this long for its pods, longer than any drain",
        source: Parameter.choice)
    package static let spareConsolidation = Parameter(
        "consolidation delay factor", 2, "times",
        because: "a node is removed only after it is not needed for this many cold starts",
        source: Parameter.choice)
    package static let disruptionShare = Parameter(
        "disruption share", 0.20, "ratio", because: "nodes of a pool that may be disrupted at once",
        source: Parameter.article)
    package static let spotPriceSpread = Parameter(
        "spot price spread", 2.5, "times",
        because: "the maximum price per GPU of a spot type, relative to the model's own type",
        source: Parameter.choice)

    package static let primaryWeight = Parameter(
        "primary preference", 100, "weight", because: "guaranteed capacity is used first",
        source: "decision 3 of the design")
    package static let elasticWeight = Parameter(
        "elastic preference", 50, "weight", because: "shared capacity is used when the guaranteed is full",
        source: "decision 3 of the design")
    package static let spotWeight = Parameter(
        "spot preference", 10, "weight", because: "capacity that can be interrupted is used last",
        source: "decision 3 of the design")

    package static let criticalPriority = Parameter(
        "critical priority", 100_000, "priority", because: "above all other workloads of a typical cluster",
        source: Parameter.choice)
    package static let standardPriority = Parameter(
        "standard priority", 10_000, "priority", because: "between critical and best-effort", source: Parameter.choice)
    package static let bestEffortPriority = Parameter(
        "best-effort priority", 0, "priority", because: "the same as a pod without a PriorityClass",
        source: Parameter.choice)

    // MARK: Money

    package static let hoursWorst = Parameter(
        "hours of the longest month", 744, "h/month", because: "31 days", source: "calendar")
    package static let hoursMean = Parameter(
        "hours of a mean month", 730, "h/month", because: "8,760 hours over twelve months",
        source: "AWS pricing convention")

    // MARK: Scaling

    package static let hpaTolerance = Parameter(
        "HPA tolerance", 1.1, "ratio", because: "an HPA without configurable tolerance ignores deviations below 10%",
        source: "Kubernetes replica calculator")
    package static let requestWindow = Parameter(
        "request window", 120, "s", because: "eight scrapes, so that a missed one does not distort the rate",
        source: Parameter.choice
    )
    package static let rejectionWindow = Parameter(
        "rejection window", 60, "s", because: "four scrapes, so that a missed one does not hide rejected requests",
        source: Parameter.choice)
    package static let scaleUpStep = Parameter(
        "scale-up step", 60, "s", because: "nodes arrive in waves, not in seconds", source: Parameter.choice)
    package static let scaleDownStep = Parameter(
        "scale-down step", 60, "s", because: "the `periodSeconds` of the scale-down policy", source: Parameter.article)
    package static let scaleDownShare = Parameter(
        "scale-down share", 0.25, "ratio", because: "the `Percent` of the scale-down policy", source: Parameter.article)

    // MARK: Monitoring

    package static let scrapeInterval = Parameter(
        "scrape interval", 15, "s", because: "scaling should see a surge within two scrapes", source: Parameter.article)
    package static let warningStep = Parameter(
        "warning step", 0.5, "ratio", because: "a warning is halfway between the scale-up threshold and the limit",
        source: Parameter.choice)
    package static let criticalStep = Parameter(
        "critical step", 0.9, "ratio",
        because: "critical is at 90% of the way from the scale-up threshold to the limit", source: Parameter.choice)
    package static let warningForDuration = Parameter(
        "warning duration", 300, "s", because: "twenty scrapes, to ignore short spikes", source: Parameter.choice)
    package static let criticalForDuration = Parameter(
        "critical duration", 120, "s", because: "eight scrapes, as requests are already late", source: Parameter.choice)
    package static let blockNotice = Parameter(
        "notice of a capacity block's end", 72, "h", because: "a weekend, and a working day to buy the next block",
        source: Parameter.choice)
    package static let blockStop = Parameter(
        "stop before a capacity block's end", 30, "min", because: "EC2 terminates its instances from then on",
        source: "EC2 documentation, Capacity Blocks for ML")
    package static let blockDrain = Parameter(
        "drain before a capacity block's end", 40, "min",
        because: "Karpenter drains its nodes ten minutes before EC2 begins to stop them",
        source: "Karpenter documentation, On-Demand Capacity Reservations and Capacity Blocks")
    package static let ultraServerStop = Parameter(
        "stop before the end of an UltraServer's capacity block", 60, "min",
        because: "EC2 begins to stop its instances then", source: "EC2 User Guide, Capacity Blocks for ML")
    package static let cacheFull = Parameter(
        "cache full", 0.95, "ratio", because: "vLLM preempts requests if no block is free", source: "vLLM scheduler")
    package static let hottestGPU = Parameter(
        "GPU temperature", 87, "°C", because: "data center GPUs throttle a few degrees above this",
        source: Parameter.choice
    )
    package static let sentinelTemperature = Parameter(
        "sentinel temperature", 200, "°C",
        because: "DCGM reports sentinel values for fields that a GPU does not support",
        source: "dcgm-exporter README")
    package static let throttledShare = Parameter(
        "throttled share", 0.05, "ratio", because: "thermal throttling for 5% of the time is not a short spike",
        source: Parameter.choice)
    package static let nanoseconds = Parameter(
        "nanoseconds", 1e9, "ns/s", because: "DCGM counts violations in nanoseconds",
        source: "dcgm-exporter counters table")
    package static let highestXid = Parameter(
        "highest XID", 999, "code", because: "DCGM reports sentinel values for fields that a GPU does not support",
        source: "dcgm-exporter README; NVIDIA's XID list ends far below")
    package static let slowStart = Parameter(
        "slow start", 1.25, "times", because: "above 125% of the planned cold start, the plan's figures are wrong",
        source: Parameter.choice)
    package static let poolNearLimit = Parameter(
        "pool near its limit", 0.9, "ratio", because: "the next surge might not get nodes", source: Parameter.choice)

    // MARK: Published sums and prices

    package static let daemonCores = Parameter(
        "daemon cores", 0.5, "cores", because: "CNI, kube-proxy, CSI, device plugin and exporter of one node",
        source: "sum of their default requests, rounded up")
    package static let daemonMemory = Parameter(
        "daemon memory", 0.75, "GiB", because: "CNI, kube-proxy, CSI, device plugin and exporter of one node",
        source: "sum of their default requests, rounded up")
}
