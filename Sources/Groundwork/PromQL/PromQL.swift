/// PromQL built from metrics and label matchers; the only place that writes its text.
package enum PromQL {
    /// A label matcher, with its value escaped when it is written.
    package enum Matcher: Sendable {
        case equals(String, String)
        case notEquals(String, String)
        case matches(String, String)

        fileprivate var label: String {
            switch self {
            case .equals(let label, _), .notEquals(let label, _), .matches(let label, _): label
            }
        }

        var text: String {
            switch self {
            case .equals(let label, let value): "\(label)=\"\(PromQL.escaped(value))\""
            case .notEquals(let label, let value): "\(label)!=\"\(PromQL.escaped(value))\""
            case .matches(let label, let pattern): "\(label)=~\"\(PromQL.escaped(pattern))\""
            }
        }
    }

    /// A selector such as `vllm:num_requests_running{namespace="inference"}`.
    package static func select(_ name: MetricName, _ matchers: [Matcher], suffix: String = "") -> String {
        let metric = name.metric
        for matcher in matchers {
            precondition(metric.hasLabel(matcher.label), "\(metric.name) has no label \(matcher.label)")
        }
        precondition(suffix.isEmpty || metric.kind == .histogram, "\(metric.name) has no \(suffix)")
        return select(metric.name + suffix, matchers)
    }

    /// A selector of a series of a recording rule.
    package static func select(_ name: String, _ matchers: [Matcher]) -> String {
        matchers.isEmpty ? name : name + braced(matchers)
    }

    /// Label matchers as they are written after a name.
    package static func braced(_ matchers: [Matcher]) -> String {
        "{\(matchers.map(\.text).joined(separator: ", "))}"
    }

    /// A selector of the histogram bucket with an upper bound.
    package static func select(_ metric: MetricName, _ matchers: [Matcher], atMost bound: Reasoned) -> ReasonedText {
        precondition(metric.metric.kind == .histogram, "\(metric.rawValue) has no buckets")
        let others = select(metric, matchers, suffix: "_bucket").dropLast()
        return "\(String(others)), le=\"\(bound, .float)\"}"
    }

    /// The per-second rate of a counter over a window.
    package static func rate(_ metric: MetricName, _ matchers: [Matcher], _ window: String, suffix: String = "")
        -> String
    {
        precondition(metric.metric.kind == .counter || !suffix.isEmpty, "rate() of \(metric.rawValue)")
        return "rate(\(select(metric, matchers, suffix: suffix))[\(window)])"
    }

    /// The per-second rate of a counter over a window whose length is planned.
    package static func rate(_ metric: MetricName, _ matchers: [Matcher], _ window: ReasonedText) -> ReasonedText {
        precondition(metric.metric.kind == .counter, "rate() of \(metric.rawValue)")
        return "rate(\(select(metric, matchers))[\(window)])"
    }

    /// The sum of the per-second rates of a counter over any window; the part that does not depend on the window is written once.
    package static func sumOfRates(_ metric: MetricName, _ matchers: [Matcher], suffix: String = "")
        -> @Sendable (_ window: String) -> String
    {
        precondition(metric.metric.kind == .counter || !suffix.isEmpty, "rate() of \(metric.rawValue)")
        let selector = select(metric, matchers, suffix: suffix)
        return { "sum(rate(\(selector)[\($0)]))" }
    }

    /// A sum to one element without labels.
    package static func sum(_ vector: String) -> String { "sum(\(vector))" }

    /// A sum to one element without labels, of a vector that was selected by figures.
    package static func sum(_ vector: ReasonedText) -> ReasonedText { "sum(\(vector))" }

    private static func escaped(_ value: String) -> String {
        let isPlain = value.utf8.allSatisfy {
            $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\n")
        }
        if isPlain { return value }
        var result = ""
        for character in value {
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.append(character)
            }
        }
        return result
    }

    /// A number that both PromQL and Kubernetes can parse: no exponent, no trailing zeros.
    package static func number(_ value: Double) -> String { Notation.plain.text(value) }
}
