import Groundwork

/// The defaults and assumptions that the figures of a replica rest on, without computing the figures again.
///
/// A test compares them with those found from the figures themselves.
func capacityOrigins(
    _ workload: Workload, _ accelerator: Accelerator, tensorParallel: Int, _ objectives: LatencyObjectives,
    ofTTFT: Bool
) -> [Origin] {
    var parameters = [rateMargin(workload, accelerator.gpu)]
    if Component.vLLM.offers(.graphsInShare, at: workload.release) { parameters.append(Assumptions.graphMemory) }
    if workload.images != nil { parameters.append(Assumptions.imageMemory) }
    if workload.isSpeculative { parameters.append(Assumptions.draftMemory) }
    if ofTTFT { parameters.append(answerMargin(workload, accelerator.gpu)) }
    if tensorParallel > 1 { parameters.append(Assumptions.linkEfficiency) }
    if let overhead = accelerator.overhead { parameters.append(overhead) }
    let targets = workload.generates ? [objectives.ttft, objectives.tpot] : [objectives.endToEnd]
    if targets.contains(where: { $0?.isDefault ?? true }) { parameters.append(Defaults.percentile) }
    return parameters.map(Origin.parameter)
        + [workload.inputTokens.origin, workload.outputTokens?.origin].compactMap { $0 }
}
