extension Thresholds {
    // MARK: Sharing

    package static let sharedMemoryShare = Parameter(
        "memory share of sharers", 0.9, "ratio",
        because: "the sharers of a GPU together leave a tenth of it to CUDA contexts: nothing keeps them apart",
        source:
            "a choice of Stowage, as vLLM's own default of one process before \(Component.vLLM.since(.largerMemoryShare).text)"
    )
    package static let evenNodes = Parameter(
        "even nodes", 2, "nodes",
        because: "replicas that share GPUs stand evenly on so many nodes at least: one may go, and half of them stay",
        source: Parameter.choice)
    package static let placeholderPriority = Parameter(
        "placeholder priority", -10, "priority", because: "pods that only keep room give way to all others",
        source: "a choice of Stowage, below the default of pods without a class")
    package static let claimedMemory = Parameter(
        "claimed memory", 0.98, "ratio",
        because: "drivers report a little less than tables do, and a claim that asks for more finds no device",
        source: "Karpenter v1.15 documentation: 81152Mi of an H100 with 80 GB")
}
