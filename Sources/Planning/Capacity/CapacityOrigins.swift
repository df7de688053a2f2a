import Groundwork

/// The defaults and assumptions that the figures of a replica rest on, for those who do not work the figures out anew.
///
/// A test compares them with what the figures themselves lead to.
func capacityOrigins(
    _ workload: Workload, _ accelerator: Accelerator, tensorParallel: Int, _ sla: SLASpec
) -> [Origin] {
    var parameters = [paceMargin(workload, accelerator.gpu), startMargin(workload, accelerator.gpu)]
    if tensorParallel > 1 { parameters.append(Assumptions.linkEfficiency) }
    if let overhead = accelerator.overhead { parameters.append(overhead) }
    if sla.timeToFirstToken == nil || sla.timePerOutputToken == nil { parameters.append(Defaults.percentile) }
    return parameters.map(Origin.parameter) + [
        workload.inputTokens.origin, workload.outputTokens.origin,
    ]
}
