import Diagnostics
import Groundwork

/// Checks a model's load and replicas against each other and against the context.
func checkLoad(_ model: ModelSpec, _ report: inout Report) {
    if model.traffic == nil, model.replicas == nil {
        report.error(
            "missing-load", "`\(model.name.value)` has neither `traffic` nor `replicas`", at: model.range,
            label: "one of them is required",
            help: [
                model.task.value.generates
                    ? "set its load: `traffic: {requestsPerSecond: {steady: 2, peak: 8}, tokens: {input: 1000, output: 250}}`"
                    : "set its load: `traffic: {requestsPerSecond: {steady: 20, peak: 80}, tokens: {input: 500}}`"
            ])
    }
    if let replicas = model.replicas, replicas.min.value > replicas.max.value {
        report.error(
            "min-above-max",
            "`replicas.min` is \(replicas.min.value), greater than `replicas.max`, \(replicas.max.value)",
            at: replicas.max.range,
            label: "must be at least \(replicas.min.value)",
            notes: [.init("the minimum is set here", at: replicas.min.range)])
    }
    guard let traffic = model.traffic else { return }
    if traffic.peak.value < traffic.steady.value {
        report.error(
            "peak-below-steady",
            "peak load is \(plainly(traffic.peak.value)) requests/s, less than steady load, \(plainly(traffic.steady.value))",
            at: traffic.peak.range, label: "must be at least \(plainly(traffic.steady.value))",
            notes: [.init("steady load is set here", at: traffic.steady.range)])
    }
    let tokens = traffic.inputTokens.value + (traffic.outputTokens?.value ?? 0)
    guard let context = model.context, tokens > context.value else { return }
    report.error(
        "requests-beyond-context",
        "an average request of `\(model.name.value)` has \(tokens) tokens, more than `context`, \(context.value)",
        at: context.range, label: "less than an average request",
        notes: [.init("the tokens are set here", at: traffic.inputTokens.range)],
        help: [
            model.task.value.generates
                ? "set `context` to at least the longest request, prompt and completion together"
                : "set `context` to at least the longest request"
        ])
}

/// Checks that the numbers of an architecture are consistent.
func checkArchitecture(_ model: ModelSpec, _ report: inout Report) {
    guard let architecture = model.architecture else { return }
    func reject(_ value: Traced<Int>?, _ message: String, _ other: Traced<Int>, _ label: String) {
        report.error(
            "impossible-architecture", message, at: value?.range, label: label,
            notes: [.init("compared with this", at: other.range)],
            help: ["copy the values from the model's `config.json`"])
    }
    if !architecture.attentionHeads.value.isMultiple(of: architecture.kvHeads.value) {
        reject(
            architecture.kvHeads,
            "\(architecture.attentionHeads.value) attention heads are not a multiple of \(architecture.kvHeads.value) KV heads",
            architecture.attentionHeads, "not a divisor")
    }
    if let active = architecture.activeParameters, active.value > architecture.parameters.value {
        reject(
            active, "`activeParameters` exceeds `parameters`", architecture.parameters, "must be at most `parameters`")
    }
    if let experts = architecture.experts {
        if experts.perToken.value > experts.count.value {
            reject(
                experts.perToken, "`experts.perToken` exceeds `experts.count`", experts.count, "must be at most `count`"
            )
        }
        if experts.parameters.value > architecture.parameters.value {
            reject(
                experts.parameters, "`experts.parameters` exceeds the `parameters` of the model",
                architecture.parameters,
                "must be at most the model's `parameters`")
        }
    }
    if let rank = architecture.kvLoraRank, architecture.ropeDimension == nil {
        reject(
            rank, "multi-head latent attention requires `ropeDimension` besides `kvLoraRank`", rank,
            "only a part of the KV cache's width")
    }
}
