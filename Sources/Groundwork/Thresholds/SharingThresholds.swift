extension Thresholds {
    // MARK: Sharing

    package static let sharedMemoryShare = Parameter(
        "memory share of a shared GPU", 0.9, "ratio",
        because: "processes that share a GPU leave 10% of it for CUDA contexts, as their memory is not isolated",
        source:
            "a choice of Stowage, equal to vLLM's default before \(Component.vLLM.since(.largerMemoryShare).text)"
    )
    package static let evenNodes = Parameter(
        "even nodes", 2, "nodes",
        because:
            "replicas that share GPUs are spread evenly over at least this many nodes: if one is lost, half of them remain",
        source: Parameter.choice)
    package static let placeholderPriority = Parameter(
        "placeholder priority", -10, "priority", because: "all other pods preempt placeholder pods",
        source: "a choice of Stowage, below the default of pods without a PriorityClass")
    package static let claimedMemory = Parameter(
        "claimed memory", 0.98, "ratio",
        because:
            "drivers report slightly less memory than the catalog, and a claim that requests more matches no device",
        source: "Karpenter v1.15 documentation: 81152Mi of an H100 with 80 GB")
}
