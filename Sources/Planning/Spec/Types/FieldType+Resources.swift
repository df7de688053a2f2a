import Diagnostics
import Groundwork
import YAML

extension Patterns {
    static let cores = Pattern("[0-9]+(\\.[0-9]+)?|[0-9]+m")
    static let size = Pattern("[0-9]+(\\.[0-9]+)?(Ki|Mi|Gi|Ti|k|M|G|T)")
    static let eviction = Pattern("[0-9]+(\\.[0-9]+)?(Ki|Mi|Gi|Ti|k|M|G|T|%)")
}

extension FieldType where Value == ResourceAmount {
    /// CPU: `2` or `500m`.
    static var cores: FieldType {
        let schema: @Sendable () -> JSON = {
            .object([
                (
                    "anyOf",
                    .array([
                        .object([("type", .string("number")), ("exclusiveMinimum", .integer(0))]),
                        .object([("type", .string("string")), ("pattern", .string(Patterns.cores.source))]),
                    ])
                )
            ])
        }
        let expects = "an amount of CPU such as `2` or `500m`"
        return .scalar(expects, placeholder: .zero, schema: schema) { scalar in
            guard Patterns.cores.matches(scalar.text), let quantity = ResourceAmount(scalar.text), quantity.value > 0
            else {
                return .failure(malformedResource(scalar.text, expects))
            }
            return .success(quantity)
        }
    }

    /// Memory or disk: `16Gi`.
    static func size(_ example: String) -> FieldType {
        let schema: @Sendable () -> JSON = {
            .object([("type", .string("string")), ("pattern", .string(Patterns.size.source))])
        }
        let expects = "an amount with a unit such as `\(example)`"
        return .scalar(expects, placeholder: .zero, schema: schema) { scalar in
            guard Patterns.size.matches(scalar.text), let quantity = ResourceAmount(scalar.text), quantity.value > 0
            else {
                return .failure(sizeProblem(scalar.text, expects))
            }
            return .success(quantity)
        }
    }
}

extension FieldType where Value == Int {
    /// A whole number of GiB: `500Gi` or `1Ti`.
    static func gibibytes(_ limits: ClosedRange<Int>, _ example: String) -> FieldType {
        let schema: @Sendable () -> JSON = {
            .object([("type", .string("string")), ("pattern", .string("^[0-9]+(Gi|Ti)$"))])
        }
        let expects = "a size such as `\(example)`"
        return .scalar(expects, placeholder: limits.lowerBound, schema: schema) { scalar in
            guard let quantity = ResourceAmount(scalar.text), scalar.text.hasSuffix("Gi") || scalar.text.hasSuffix("Ti")
            else {
                return .failure(sizeProblem(scalar.text, expects))
            }
            let size = quantity.value / 0x1p30
            guard size == size.rounded(), limits.contains(Int(size)) else {
                return .failure(outOfRange(scalar.text, "\(limits.lowerBound)Gi to \(limits.upperBound)Gi"))
            }
            return .success(Int(size))
        }
    }
}

extension FieldType where Value == EvictionThreshold {
    /// What must remain free: `5%` or `1Gi`.
    static var evictionThreshold: FieldType {
        let schema: @Sendable () -> JSON = {
            .object([("type", .string("string")), ("pattern", .string(Patterns.eviction.source))])
        }
        let expects = "a threshold such as `5%` or `500Mi`"
        return .scalar(expects, placeholder: .quantity(.zero), schema: schema) { scalar in
            let text = scalar.text
            guard Patterns.eviction.matches(text) else { return .failure(sizeProblem(text, expects)) }
            if text.hasSuffix("%"), let percent = Double(text.dropLast()) {
                return percent > 0 && percent < 100
                    ? .success(.share(percent / 100, text)) : .failure(outOfRange(text, "above 0% and below 100%"))
            }
            return ResourceAmount(text).map { .success(.quantity($0)) } ?? .failure(sizeProblem(text, expects))
        }
    }
}

private func malformedResource(_ text: String, _ expects: String) -> FieldProblem {
    FieldProblem("malformed-quantity", "is `\(text)`, which is not \(expects.beforeExample)", help: "write \(expects)")
}

/// Explains an amount without a unit, or with one that Kubernetes does not know.
private func sizeProblem(_ text: String, _ expects: String) -> FieldProblem {
    guard let (_, rest) = Decimal.prefix(of: text) else { return malformedResource(text, expects) }
    let number = text.dropLast(rest.count)
    if rest.isEmpty {
        return FieldProblem(
            "missing-unit", "is `\(text)`, without a unit, which means bytes", label: "must have a unit",
            help: "write `\(text)Gi`", instead: ["\(text)Gi"])
    }
    let unit = [
        "gb": "G", "gib": "Gi", "g": "G", "gi": "Gi", "mb": "M", "mib": "Mi", "mi": "Mi", "tb": "T", "tib": "Ti",
    ]
    guard let meant = unit[rest.lowercased()], meant != rest else { return malformedResource(text, expects) }
    return FieldProblem(
        "unknown-unit", "is `\(text)`, but `\(rest)` is not a unit of Kubernetes", help: "write `\(number)\(meant)`",
        "supported units are `Ki`, `Mi`, `Gi` and `Ti`, and the decimal `k`, `M`, `G` and `T`",
        instead: ["\(number)\(meant)"])
}
