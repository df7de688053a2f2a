/// The numbers with meaning that no spec writes: each with unit, reason and source.
package enum Thresholds {
    // MARK: Memory

    /// The share of GPU memory that a release of vLLM takes by itself.
    package static func memoryShare(of version: Version) -> Threshold {
        Component.vLLM.offers(.largerMemoryShare, at: version) ? memoryShare : earlierMemoryShare
    }
    package static let earlierMemoryShare = Threshold(
        "gpu memory share", 0.90, "ratio",
        because: "vLLM's default for --gpu-memory-utilization before \(Component.vLLM.since(.largerMemoryShare).text)",
        source: "vLLM engine arguments; aiconfigurator vllm_backend.py")
    package static let memoryShare = Threshold(
        "gpu memory share", 0.92, "ratio",
        because: "vLLM's default for --gpu-memory-utilization from \(Component.vLLM.since(.largerMemoryShare).text)",
        source: "aiconfigurator vllm_backend.py")
    package static let weightsOverhead = Threshold(
        "weights overhead", 1.02, "ratio", because: "a checkpoint loads to slightly more than its file size",
        source: "KAITO memory estimator")
    package static let runtimeMemory = Threshold(
        "runtime memory", 2.3, "GiB", because: "CUDA context, graphs and activations of one GPU",
        source: "KAITO memory estimator")
    package static let activationShare = Threshold(
        "activation share", 0.05, "ratio", because: "activations grow with the weights on a GPU",
        source: "KAITO memory estimator")
    package static let mostSequences = Threshold(
        "most sequences", 256, "sequences", because: "vLLM's default for --max-num-seqs on data-centre GPUs",
        source: "vLLM engine arguments")

    // MARK: Queue

    package static let saturation = Threshold(
        "saturation", 0.9, "ratio", because: "a queue at nine tenths of what all sequences complete still settles",
        source: "the Workload Variant Autoscaler keeps the same share of its highest rate")
    package static let percentile = Threshold(
        "percentile", 0.95, "ratio", because: "the share of requests that a latency is stated for without a target",
        source: "assumption")

    // MARK: Sharing

    package static let sliceOverhead = Threshold(
        "time-slice overhead", 0.15, "ratio",
        because: "share of the GPU lost to context switches when it is time-sliced",
        source: "assumption, upper end of the 5 to 15% that the article names")

    // MARK: Cold start

    package static let nodeLaunch = Threshold(
        "node launch", 90, "s", because: "EC2 launch, boot and kubelet ready for a GPU instance", source: "assumption")
    package static let imagePull = Threshold(
        "image pull", 120, "s", because: "about 10 GB of vLLM image on a fresh node", source: "assumption")
    package static let objectStorageSpeed = Threshold(
        "object storage speed", 1.0, "GiB/s",
        because: "weights are streamed from S3 into the GPUs, many objects at once",
        source: "assumption")
    package static let hubSpeed = Threshold(
        "hub speed", 0.25, "GiB/s", because: "weights are downloaded from Hugging Face to the disk and read from there",
        source: "assumption")
    package static let volumeSpeed = Threshold(
        "volume speed", 0.5, "GiB/s", because: "weights are read from a mounted volume", source: "assumption")
    package static let imageSpeed = Threshold(
        "image speed", 0.25, "GiB/s", because: "weights are pulled as an image, unpacked and read", source: "assumption"
    )
    package static let warmUp = Threshold(
        "warm-up", 60, "s", because: "graph capture and the first forward pass", source: "assumption")
    package static let startupPatience = Threshold(
        "startup patience", 2, "times",
        because: "a slow start is not a dead one: the startup probe waits this many loads",
        source: "assumption")

    // MARK: Requests of a replica

    package static let hostCoresBase = Threshold(
        "host cores", 1, "cores", because: "API server and scheduler of one vLLM replica", source: "assumption")
    package static let hostCoresPerGPU = Threshold(
        "host cores per GPU", 2, "cores", because: "one worker process for each GPU and its tokeniser share",
        source: "assumption")
    package static let hostMemoryBase = Threshold(
        "host memory", 6, "GiB", because: "Python, tokenisers and CUDA host state of one replica", source: "assumption")
    package static let hostMemoryPerGPU = Threshold(
        "host memory per GPU", 4, "GiB", because: "pinned buffers and shared memory of one worker", source: "assumption"
    )
    package static let sharedMemoryPerGPU = Threshold(
        "shared memory per GPU", 1, "GiB", because: "NCCL and worker queues live in /dev/shm",
        source: "vLLM deployment guide")
    package static let daemonCores = Threshold(
        "daemon cores", 0.5, "cores", because: "CNI, kube-proxy, CSI, device plugin and exporter of one node",
        source: "sum of their default requests, rounded up")
    package static let daemonMemory = Threshold(
        "daemon memory", 0.75, "GiB", because: "CNI, kube-proxy, CSI, device plugin and exporter of one node",
        source: "sum of their default requests, rounded up")
    package static let imageStorage = Threshold(
        "image storage", 40, "GiB", because: "vLLM and driver images unpacked, with room for the next version",
        source: "assumption")

    package static let diskReserve = Threshold(
        "disk reserve", 0.10, "ratio", because: "the kubelet evicts pods when less of the node's disk is free",
        source: "Kubernetes, default of evictionHard nodefs.available")
    package static let replicaCache = Threshold(
        "replica cache", 10, "GiB", because: "compiled graphs, tokenisers and logs of one replica", source: "assumption"
    )

    // MARK: Traffic

    package static let inputTokens = Threshold(
        "input tokens", 1000, "tokens", because: "a prompt of a page or two, where the spec does not say",
        source: "assumption")
    package static let outputTokens = Threshold(
        "output tokens", 250, "tokens", because: "an answer of a few paragraphs, where the spec does not say",
        source: "assumption")
    package static let context = Threshold(
        "context", 8192, "tokens", because: "long enough for a chat, where the spec does not say", source: "assumption")

    package static let ramp = Threshold(
        "ramp", 1800, "s", because: "traffic takes this long from steady to peak, where the spec does not say",
        source: "assumption")

    // MARK: Shutdown

    package static let drainDelay = Threshold(
        "drain delay", 10, "s", because: "endpoints and gateways stop sending before the server is told to stop",
        source: "KServe and production-stack use 10 to 30 s")
    package static let shutdownSlack = Threshold(
        "shutdown slack", 5, "s", because: "between vLLM's own time-out and the kill", source: "vLLM documentation")
    package static let spotNotice = Threshold(
        "spot notice", 110, "s", because: "EC2 gives two minutes; ten seconds are lost before the pod hears of it",
        source: "EC2 spot interruption notices")
    package static let shortestDrain = Threshold(
        "shortest drain", 30, "s", because: "even short requests get this long to finish", source: "assumption")
    package static let longestDrain = Threshold(
        "longest drain", 600, "s", because: "no rollout waits longer than this for one replica", source: "assumption")

    // MARK: Nodes

    package static let rootVolume = Threshold(
        "root volume", 300, "GiB", because: "images, caches and downloaded weights where a type has no NVMe",
        source: "assumption")
    package static let rootVolumeBesideNVMe = Threshold(
        "root volume", 80, "GiB", because: "the system alone: images and caches live on NVMe", source: "assumption")
    package static let bottlerocketVolume = Threshold(
        "bottlerocket volume", 4, "GiB", because: "the size that Karpenter gives the volume of Bottlerocket's system",
        source: "Karpenter AWS provider v1.14, pkg/providers/amifamily/bottlerocket.go")
    package static let nodeGrace = Threshold(
        "node grace", 30, "min", because: "a node that must go waits this long for its pods, more than any drain",
        source: "assumption")
    package static let spareConsolidation = Threshold(
        "consolidation patience", 2, "times",
        because: "a node is not given back before this many cold starts have passed without need", source: "assumption")
    package static let disruptionShare = Threshold(
        "disruption share", 0.20, "ratio", because: "nodes of a pool that may be disrupted at once",
        source: "the article")
    package static let spotPriceSpread = Threshold(
        "spot price spread", 2.5, "times", because: "a spot type dearer per GPU than this is no bargain",
        source: "assumption")

    package static let primaryWeight = Threshold(
        "primary preference", 100, "weight", because: "guaranteed capacity is used first",
        source: "decision 3 of the design")
    package static let elasticWeight = Threshold(
        "elastic preference", 50, "weight", because: "shared capacity is used when the guaranteed is full",
        source: "decision 3 of the design")
    package static let spotWeight = Threshold(
        "spot preference", 10, "weight", because: "capacity that may vanish is used last",
        source: "decision 3 of the design")

    package static let criticalPriority = Threshold(
        "critical priority", 100_000, "priority", because: "above all other workloads of a usual cluster",
        source: "assumption")
    package static let standardPriority = Threshold(
        "standard priority", 10_000, "priority", because: "between the two", source: "assumption")
    package static let bestEffortPriority = Threshold(
        "best-effort priority", 0, "priority", because: "no more than a pod without a class", source: "assumption")

    // MARK: Money

    package static let hoursWorst = Threshold(
        "hours of the longest month", 744, "h/month", because: "31 days", source: "calendar")
    package static let hoursMean = Threshold(
        "hours of a mean month", 730, "h/month", because: "8,760 hours over twelve months",
        source: "AWS pricing convention")
    package static let busySurge = Threshold(
        "surge in business hours", 0.5, "ratio",
        because: "in business hours traffic is taken to lie half way between steady and peak", source: "assumption")
    package static let spotDiscount = Threshold(
        "spot discount", 0.6, "ratio", because: "the least that the article's cost checklist claims for spot",
        source: "the article")
    package static let volumePrice = Threshold(
        "gp3 price", 0.08, "$/GiB/month", because: "root volumes", source: "EBS pricing, us-east-1")

    // MARK: Scaling

    package static let hpaTolerance = Threshold(
        "HPA tolerance", 1.1, "ratio", because: "where its tolerances cannot be set an HPA ignores less than a tenth",
        source: "Kubernetes replica calculator")
    package static let requestWindow = Threshold(
        "request window", 120, "s", because: "eight scrapes: a rate that a lost one does not disturb",
        source: "assumption"
    )
    package static let scaleUpStep = Threshold(
        "scale-up step", 60, "s", because: "nodes arrive in waves, not in seconds", source: "assumption")
    package static let scaleDownStep = Threshold(
        "scale-down step", 60, "s", because: "the article's scale-down period", source: "the article")
    package static let scaleDownShare = Threshold(
        "scale-down share", 0.25, "ratio", because: "the article's scale-down percentage", source: "the article")

    // MARK: Monitoring

    package static let scrapeInterval = Threshold(
        "scrape interval", 15, "s", because: "scaling should see a surge within two scrapes", source: "the article")
    package static let warningStep = Threshold(
        "warning step", 0.5, "ratio", because: "a warning stands half way from scaling up to the limit",
        source: "assumption")
    package static let criticalStep = Threshold(
        "critical step", 0.9, "ratio", because: "critical stands at nine tenths of the way", source: "assumption")
    package static let warningHold = Threshold(
        "warning hold", 300, "s", because: "twenty scrapes: not a blip", source: "assumption")
    package static let criticalHold = Threshold(
        "critical hold", 120, "s", because: "eight scrapes: users already wait", source: "assumption")
    package static let blockNotice = Threshold(
        "notice of a capacity block's end", 72, "h", because: "a weekend, and a working day to buy the next block",
        source: "assumption")
    package static let blockStop = Threshold(
        "stop before a capacity block's end", 30, "min", because: "EC2 terminates its instances from then on",
        source: "EC2 documentation, Capacity Blocks for ML")
    package static let blockDrain = Threshold(
        "drain before a capacity block's end", 40, "min",
        because: "Karpenter drains its nodes ten minutes before EC2 begins to stop them",
        source: "Karpenter documentation, On-Demand Capacity Reservations and Capacity Blocks")
    package static let ultraServerStop = Threshold(
        "stop before the end of an UltraServer's capacity block", 60, "min",
        because: "EC2 begins to stop its instances then", source: "EC2 User Guide, Capacity Blocks for ML")
    package static let cacheFull = Threshold(
        "cache full", 0.95, "ratio", because: "vLLM preempts when no block is free", source: "vLLM scheduler")
    package static let hottestGPU = Threshold(
        "GPU temperature", 87, "°C", because: "data-centre GPUs slow down a few degrees above", source: "assumption")
    package static let sentinelTemperature = Threshold(
        "sentinel temperature", 200, "°C", because: "DCGM writes absurd values for fields that a GPU lacks",
        source: "dcgm-exporter README")
    package static let throttledShare = Threshold(
        "throttled share", 0.05, "ratio", because: "slower for heat in a twentieth of the time is no blip",
        source: "assumption")
    package static let nanoseconds = Threshold(
        "nanoseconds", 1e9, "ns/s", because: "DCGM counts violations in nanoseconds",
        source: "dcgm-exporter counters table")
    package static let highestXid = Threshold(
        "highest XID", 999, "code", because: "DCGM writes absurd values for fields that a GPU lacks",
        source: "dcgm-exporter README; NVIDIA's XID list ends far below")
    package static let slowStart = Threshold(
        "slow start", 1.25, "times", because: "a quarter above the planned cold start, the plan's figures are wrong",
        source: "assumption")
    package static let poolNearLimit = Threshold(
        "pool near its limit", 0.9, "ratio", because: "the next surge would not find nodes", source: "assumption")
}
