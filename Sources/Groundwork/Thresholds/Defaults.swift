/// Numbers that stand in where the spec says nothing.
package enum Defaults {
    package static let inputTokens = Parameter.default(
        "input tokens", 1000, "tokens", because: "a prompt of a page or two, where the spec does not say",
        replacedBy: "models[].traffic.tokens.input")
    package static let outputTokens = Parameter.default(
        "output tokens", 250, "tokens", because: "an answer of a few paragraphs, where the spec does not say",
        replacedBy: "models[].traffic.tokens.output")
    package static let context = Parameter.default(
        "context", 8192, "tokens", because: "long enough for a chat, where the spec does not say",
        replacedBy: "models[].context")
    package static let ramp = Parameter.default(
        "ramp", 1800, "s", because: "traffic takes this long from steady to peak, where the spec does not say",
        replacedBy: "models[].traffic.ramp")
    package static let percentile = Parameter.default(
        "percentile", 0.95, "ratio", because: "the share of requests that a latency is stated for without a target",
        replacedBy: "models[].sla")
}
