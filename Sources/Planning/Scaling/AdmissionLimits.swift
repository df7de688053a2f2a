import Groundwork

/// What a replica takes before it rejects further requests; nil for no limit.
struct AdmissionLimits {
    /// The requests that run or wait.
    let requests: Traced<Int>?
    /// The tokens of all prompts without a first token.
    let promptTokens: Traced<Int>?
}

/// The limits of the spec, else those within which requests can still get their first token in time.
///
/// Nil without any, and for releases that do not count what they reject.
func admissionLimits(_ model: Placement) -> AdmissionLimits? {
    let serving = model.spec.serving
    guard Component.vLLM.offers(.admissionRejections, at: serving.version.value) else { return nil }
    // An existing workload keeps its arguments.
    let planned = serving.boundQueue.value && model.workload == nil ? limitsInTime(model) : nil
    let requests = serving.maxNumQueuedReqs ?? planned?.requests
    let tokens = serving.maxNumQueuedTokens ?? planned?.promptTokens
    return requests == nil && tokens == nil ? nil : AdmissionLimits(requests: requests, promptTokens: tokens)
}

/// Bounds the queue to the requests that can still get their first token in time; nil without a target, or where latency is not modeled.
///
/// The times have no margin here: too low a bound would reject requests that could be served.
private func limitsInTime(_ model: Placement) -> AdmissionLimits? {
    guard model.hasModelledLatency, model.spec.task.value.generates, let target = model.spec.sla.timeToFirstToken else {
        return nil
    }
    let workload = model.candidate.workload
    let time = StepTime<Reasoned>(
        workload, on: model.candidate.accelerator,
        ranks: model.point.tensorParallel.named("tensor parallel size", "GPUs"))
    let seconds = target.seconds.named("target for time to first token", "s")
    let most = model.point.mostSequences.named("concurrent sequences", "sequences")
    let output: Reasoned = workload.outputTokens.map { .given("output tokens", $0, "tokens") } ?? 1
    let rate = (most / (output * time.tpot(most))).named("completions with all sequences running", "requests/s")
    let waiting = Reasoned.maximum(1, (seconds * rate).roundedDown).named("requests that start in time", "requests")
    let input: Reasoned = .given("input tokens", workload.inputTokens, "tokens")
    let speed = (input / time.prefill(1)).named("prompt tokens per second", "tokens/s")
    let tokens = Reasoned.maximum(input, (seconds * speed).roundedDown)
    return AdmissionLimits(
        requests: Traced<Int>((most + waiting).named("maximum requests", "requests")),
        promptTokens: Traced<Int>(tokens.named("maximum prompt tokens", "tokens")))
}

/// The load of the requests that replicas reject: as many as would run or wait if they were taken.
///
/// Without it the load would never exceed what the present replicas take, and a surge would be met in small steps.
func rejectedLoad(_ model: Placement, _ series: [PromQL.Matcher]) -> Total? {
    guard admissionLimits(model) != nil else { return nil }
    let stay =
        model.point.sequences.named("sequences", "sequences")
        / model.point.requestsPerSecond.named("sustained request rate", "requests/s")
    return .rejected(
        series, over: Thresholds.rejectionWindow.reasoned, each: stay.rounded(1).named("time in a replica", "s"))
}
