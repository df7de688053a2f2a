import Groundwork

/// The later preferences that a claim may fall back to: other GPU products on which the operating point
/// of the first holds unchanged, on nodes with the same number of GPUs.
///
/// Only if Karpenter launches a node for whichever is available first: static nodes of every product would be billed.
func claimAlternatives(_ model: ModelSpec, _ platform: PlatformSpec, _ search: CandidateSearch) -> [Candidate] {
    guard let chosen = search.feasible.first, claiming(model, platform) == .own, !model.instances.prefer.isEmpty,
        nodeSupply(model, platform).value == .dynamic,
        Component.kubernetes.offers(.prioritizedList, at: platform.kubernetes.value),
        Component.karpenter.offers(.dynamicPrioritizedList, at: platform.karpenter.version.value)
    else { return [] }
    var seen: Set<String> = [chosen.accelerator.gpu.id]
    return search.feasible.dropFirst().filter { candidate in
        candidate.tensorParallel == chosen.tensorParallel && candidate.isQuantized == chosen.isQuantized
            && candidate.type.gpuCount == chosen.type.gpuCount
            && candidate.replicasPerNode >= chosen.replicasPerNode
            && candidate.capability.sequences >= chosen.capability.sequences
            && candidate.capability.requestsPerSecond >= chosen.capability.requestsPerSecond
            && seen.insert(candidate.accelerator.gpu.id).inserted
    }
}
