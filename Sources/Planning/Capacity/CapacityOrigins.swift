import Groundwork

/// The defaults and assumptions that the figures of a replica rest on, without computing the figures again.
///
/// A test compares them with those found from the figures themselves.
func capacityOrigins(
    _ workload: Workload, _ accelerator: Accelerator, tensorParallel: Int, _ objectives: LatencyObjectives,
    ofTTFT: Bool
) -> [Origin] {
    var parameters = [tpotMargin(workload, accelerator.gpu)]
    if Component.vLLM.offers(.graphsInShare, at: workload.release) { parameters.append(Assumptions.graphMemory) }
    if workload.isSpeculative { parameters.append(Assumptions.draftMemory) }
    if ofTTFT { parameters.append(ttftMargin(workload, accelerator.gpu)) }
    if tensorParallel > 1 { parameters.append(Assumptions.linkEfficiency) }
    if let overhead = accelerator.overhead { parameters.append(overhead) }
    let targets = [objectives.ttft, objectives.tpot]
    if targets.contains(where: { $0?.isDefault ?? true }) { parameters.append(Defaults.percentile) }
    return parameters.map(Origin.parameter) + [
        workload.inputTokens.origin, workload.outputTokens.origin,
    ]
}
