/// The numbers with meaning that no spec writes: each with unit, reason and source.
package enum Thresholds {
    // MARK: Memory

    /// The share of GPU memory that a release of vLLM takes by itself.
    package static func memoryShare(of version: Version) -> Parameter {
        Component.vLLM.offers(.largerMemoryShare, at: version) ? memoryShare : earlierMemoryShare
    }
    package static let earlierMemoryShare = Parameter(
        "gpu memory share", 0.90, "ratio",
        because: "vLLM's default for --gpu-memory-utilization before \(Component.vLLM.since(.largerMemoryShare).text)",
        source: "vLLM engine arguments; aiconfigurator vllm_backend.py")
    package static let memoryShare = Parameter(
        "gpu memory share", 0.92, "ratio",
        because: "vLLM's default for --gpu-memory-utilization from \(Component.vLLM.since(.largerMemoryShare).text)",
        source: "aiconfigurator vllm_backend.py")
    package static let largestMemoryShare = Parameter(
        "largest gpu memory share", 0.95, "ratio",
        because: "the largest share that the plan gives vLLM by itself, on one GPU, where a model fits only so",
        source: "gpt-oss-120b is run so on one H100: llm-d-planner, empirical results")
    package static let memoryBesideShare = Parameter(
        "memory beside vLLM's share", 2, "GiB",
        because:
            "CUDA graphs and the driver take memory outside of the share: a GPU on which less remains gets vLLM's default",
        source: Parameter.choice)
    package static let largeGPU = Parameter(
        "large GPU", 70, "GiB", because: "from here on, but for A100, vLLM's defaults are its larger ones",
        source: "vLLM engine arguments, get_batch_defaults")
    package static let batchedTokens = Parameter(
        "batched tokens", 2048, "tokens", because: "vLLM's default for --max-num-batched-tokens of a server",
        source: "vLLM engine arguments, get_batch_defaults")
    package static let batchedTokensOfLargeGPUs = Parameter(
        "batched tokens", 8192, "tokens",
        because: "vLLM's default for --max-num-batched-tokens of a server on GPUs of 70 GiB or more that are no A100",
        source: "vLLM engine arguments, get_batch_defaults")
    package static let runtimeMemory = Parameter(
        "runtime memory", 0.25, "GiB", because: "CUDA context and libraries on one GPU", source: memoryLogs)
    package static let denseActivations = Parameter(
        "activations", 0.66, "MiB/token", because: "memory of a step of a dense model, for each batched token",
        source: memoryLogs)
    package static let mixtureActivations = Parameter(
        "activations", 0.91, "MiB/token",
        because: "memory of a step of a mixture of experts, for each batched token", source: memoryLogs)
    package static let rankMemory = Parameter(
        "memory of a rank", 0.3, "GiB", because: "buffers of NCCL where ranks exchange results", source: memoryLogs)
    private static let memoryLogs =
        "the KV cache that vLLM reported in ten published logs: see the table in docs/capacity.md"
    package static let mostSequences = Parameter(
        "most sequences", 256, "sequences",
        because: "a bound of Stowage on --max-num-seqs: vLLM's run at its start holds the logits of so many",
        source: Parameter.choice)
    package static let mostSequencesOfLargeGPUs = Parameter(
        "most sequences", 1024, "sequences",
        because:
            "a bound of Stowage on --max-num-seqs, as much as vLLM's default on GPUs of 70 GiB or more that are no A100",
        source: Parameter.choice)

    package static let nodesOfSpanningReplica = Parameter(
        "nodes of a spanning replica", 8, "nodes", because: "of more nodes it is another GPU that is wanted",
        source: Parameter.choice)

    // MARK: Queue

    package static let saturation = Parameter(
        "saturation", 0.9, "ratio", because: "a queue at nine tenths of what all sequences complete still settles",
        source: "the Workload Variant Autoscaler keeps the same share of its highest rate")

    // MARK: Sharing

    // MARK: Cold start

    package static let startupPatience = Parameter(
        "startup patience", 2, "times",
        because: "a slow start is not a dead one: the startup probe waits this many loads",
        source: Parameter.choice)

    // MARK: Requests of a replica

    package static let sharedMemoryPerGPU = Parameter(
        "shared memory per GPU", 1, "GiB", because: "NCCL and worker queues live in /dev/shm",
        source: "vLLM deployment guide")

    package static let diskReserve = Parameter(
        "disk reserve", 0.10, "ratio", because: "the kubelet evicts pods when less of the node's disk is free",
        source: "Kubernetes, default of evictionHard nodefs.available")

    // MARK: Traffic

    // MARK: Shutdown

    package static let drainDelay = Parameter(
        "drain delay", 10, "s", because: "endpoints and gateways stop sending before the server is told to stop",
        source: "KServe and production-stack use 10 to 30 s")
    package static let shutdownSlack = Parameter(
        "shutdown slack", 5, "s", because: "between vLLM's own time-out and the kill", source: "vLLM documentation")
    package static let spotNotice = Parameter(
        "spot notice", 110, "s", because: "EC2 gives two minutes; ten seconds are lost before the pod hears of it",
        source: "EC2 spot interruption notices")
    package static let shortestDrain = Parameter(
        "shortest drain", 30, "s", because: "even short requests get this long to finish", source: Parameter.choice)
    package static let longestDrain = Parameter(
        "longest drain", 600, "s", because: "no rollout waits longer than this for one replica",
        source: Parameter.choice)

    // MARK: Nodes

    package static let rootVolume = Parameter(
        "root volume", 300, "GiB", because: "images, caches and downloaded weights where a type has no NVMe",
        source: Parameter.choice)
    package static let rootVolumeBesideNVMe = Parameter(
        "root volume", 80, "GiB", because: "the system alone: images and caches live on NVMe", source: Parameter.choice)
    package static let bottlerocketVolume = Parameter(
        "bottlerocket volume", 4, "GiB", because: "the size that Karpenter gives the volume of Bottlerocket's system",
        source: "Karpenter AWS provider v1.14, pkg/providers/amifamily/bottlerocket.go")
    package static let nodeGrace = Parameter(
        "node grace", 30, "min", because: "a node that must go waits this long for its pods, more than any drain",
        source: Parameter.choice)
    package static let spareConsolidation = Parameter(
        "consolidation patience", 2, "times",
        because: "a node is not given back before this many cold starts have passed without need",
        source: Parameter.choice)
    package static let disruptionShare = Parameter(
        "disruption share", 0.20, "ratio", because: "nodes of a pool that may be disrupted at once",
        source: "the article")
    package static let spotPriceSpread = Parameter(
        "spot price spread", 2.5, "times", because: "a spot type dearer per GPU than this is no bargain",
        source: Parameter.choice)

    package static let primaryWeight = Parameter(
        "primary preference", 100, "weight", because: "guaranteed capacity is used first",
        source: "decision 3 of the design")
    package static let elasticWeight = Parameter(
        "elastic preference", 50, "weight", because: "shared capacity is used when the guaranteed is full",
        source: "decision 3 of the design")
    package static let spotWeight = Parameter(
        "spot preference", 10, "weight", because: "capacity that may vanish is used last",
        source: "decision 3 of the design")

    package static let criticalPriority = Parameter(
        "critical priority", 100_000, "priority", because: "above all other workloads of a usual cluster",
        source: Parameter.choice)
    package static let standardPriority = Parameter(
        "standard priority", 10_000, "priority", because: "between the two", source: Parameter.choice)
    package static let bestEffortPriority = Parameter(
        "best-effort priority", 0, "priority", because: "no more than a pod without a class", source: Parameter.choice)

    // MARK: Money

    package static let hoursWorst = Parameter(
        "hours of the longest month", 744, "h/month", because: "31 days", source: "calendar")
    package static let hoursMean = Parameter(
        "hours of a mean month", 730, "h/month", because: "8,760 hours over twelve months",
        source: "AWS pricing convention")

    // MARK: Scaling

    package static let hpaTolerance = Parameter(
        "HPA tolerance", 1.1, "ratio", because: "where its tolerances cannot be set an HPA ignores less than a tenth",
        source: "Kubernetes replica calculator")
    package static let requestWindow = Parameter(
        "request window", 120, "s", because: "eight scrapes: a rate that a lost one does not disturb",
        source: Parameter.choice
    )
    package static let scaleUpStep = Parameter(
        "scale-up step", 60, "s", because: "nodes arrive in waves, not in seconds", source: Parameter.choice)
    package static let scaleDownStep = Parameter(
        "scale-down step", 60, "s", because: "the article's scale-down period", source: "the article")
    package static let scaleDownShare = Parameter(
        "scale-down share", 0.25, "ratio", because: "the article's scale-down percentage", source: "the article")

    // MARK: Monitoring

    package static let scrapeInterval = Parameter(
        "scrape interval", 15, "s", because: "scaling should see a surge within two scrapes", source: "the article")
    package static let warningStep = Parameter(
        "warning step", 0.5, "ratio", because: "a warning stands half way from scaling up to the limit",
        source: Parameter.choice)
    package static let criticalStep = Parameter(
        "critical step", 0.9, "ratio", because: "critical stands at nine tenths of the way", source: Parameter.choice)
    package static let warningHold = Parameter(
        "warning hold", 300, "s", because: "twenty scrapes: not a blip", source: Parameter.choice)
    package static let criticalHold = Parameter(
        "critical hold", 120, "s", because: "eight scrapes: users already wait", source: Parameter.choice)
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
        "cache full", 0.95, "ratio", because: "vLLM preempts when no block is free", source: "vLLM scheduler")
    package static let hottestGPU = Parameter(
        "GPU temperature", 87, "°C", because: "data-centre GPUs slow down a few degrees above", source: Parameter.choice
    )
    package static let sentinelTemperature = Parameter(
        "sentinel temperature", 200, "°C", because: "DCGM writes absurd values for fields that a GPU lacks",
        source: "dcgm-exporter README")
    package static let throttledShare = Parameter(
        "throttled share", 0.05, "ratio", because: "slower for heat in a twentieth of the time is no blip",
        source: Parameter.choice)
    package static let nanoseconds = Parameter(
        "nanoseconds", 1e9, "ns/s", because: "DCGM counts violations in nanoseconds",
        source: "dcgm-exporter counters table")
    package static let highestXid = Parameter(
        "highest XID", 999, "code", because: "DCGM writes absurd values for fields that a GPU lacks",
        source: "dcgm-exporter README; NVIDIA's XID list ends far below")
    package static let slowStart = Parameter(
        "slow start", 1.25, "times", because: "a quarter above the planned cold start, the plan's figures are wrong",
        source: Parameter.choice)
    package static let poolNearLimit = Parameter(
        "pool near its limit", 0.9, "ratio", because: "the next surge would not find nodes", source: Parameter.choice)

    // MARK: Published sums and prices

    package static let daemonCores = Parameter(
        "daemon cores", 0.5, "cores", because: "CNI, kube-proxy, CSI, device plugin and exporter of one node",
        source: "sum of their default requests, rounded up")
    package static let daemonMemory = Parameter(
        "daemon memory", 0.75, "GiB", because: "CNI, kube-proxy, CSI, device plugin and exporter of one node",
        source: "sum of their default requests, rounded up")
    package static let volumePrice = Parameter(
        "gp3 price", 0.08, "$/GiB/month", because: "root volumes", source: "EBS pricing, us-east-1")
}
