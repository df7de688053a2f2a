import Diagnostics
import Groundwork

/// Checks a model's load and replicas against each other and against the context.
func checkLoad(_ model: ModelSpec, _ report: inout Report) {
    if model.traffic == nil, model.replicas == nil {
        report.error(
            "missing-load", "`\(model.name.value)` has neither `traffic` nor `replicas`", at: model.range,
            label: "how many replicas?",
            help: [
                "say what it has to carry: `traffic: {requestsPerSecond: {steady: 2, peak: 8}, tokens: {input: 1000, output: 250}}`"
            ])
    }
    if let replicas = model.replicas, replicas.min.value > replicas.max.value {
        report.error(
            "min-above-max", "`min` is \(replicas.min.value) and `max` is \(replicas.max.value)",
            at: replicas.max.range,
            label: "less than the minimum", notes: [.init("the minimum is given here", at: replicas.min.range)])
    }
    guard let traffic = model.traffic else { return }
    if traffic.peak.value < traffic.steady.value {
        report.error(
            "peak-below-steady",
            "the peak is \(plainly(traffic.peak.value)) and steady traffic \(plainly(traffic.steady.value))",
            at: traffic.peak.range, label: "less than as usual",
            notes: [.init("steady traffic is given here", at: traffic.steady.range)])
    }
    let tokens = traffic.inputTokens.value + traffic.outputTokens.value
    guard let context = model.context, tokens > context.value else { return }
    report.error(
        "requests-beyond-context",
        "an average request of `\(model.name.value)` has \(tokens) tokens, and the context holds \(context.value)",
        at: context.range, label: "too short even on average",
        notes: [.init("the tokens are given here", at: traffic.inputTokens.range)],
        help: ["the context has to hold the longest request, prompt and answer together"])
}

/// Checks an architecture against arithmetic.
func checkArchitecture(_ model: ModelSpec, _ report: inout Report) {
    guard let shape = model.architecture else { return }
    func refuse(_ value: Traced<Int>?, _ message: String, _ other: Traced<Int>, _ label: String) {
        report.error(
            "impossible-architecture", message, at: value?.range, label: label,
            notes: [.init("compared with this", at: other.range)],
            help: ["copy the numbers from the model's `config.json`"])
    }
    if !shape.attentionHeads.value.isMultiple(of: shape.kvHeads.value) {
        refuse(
            shape.kvHeads,
            "\(shape.attentionHeads.value) attention heads cannot share \(shape.kvHeads.value) KV heads evenly",
            shape.attentionHeads, "not a divisor")
    }
    if let active = shape.activeParameters, active.value > shape.parameters.value {
        refuse(active, "more parameters are active than there are", shape.parameters, "more than all")
    }
    if let experts = shape.experts {
        if experts.perToken.value > experts.count.value {
            refuse(experts.perToken, "a token goes to more experts than there are", experts.count, "more than all")
        }
        if experts.parameters.value > shape.parameters.value {
            refuse(
                experts.parameters, "the experts have more parameters than the model", shape.parameters, "more than all"
            )
        }
    }
    if let rank = shape.kvLoraRank, shape.ropeDimension == nil {
        refuse(rank, "latent attention needs `ropeDimension` beside `kvLoraRank`", rank, "half of the KV cache's width")
    }
}
