import Diagnostics
import Groundwork

/// The forms of the names and references that a spec contains.
enum Patterns {
    static let name = Pattern("[a-z]([-a-z0-9]*[a-z0-9])?")
    static let namespace = Pattern("[a-z0-9]([-a-z0-9]*[a-z0-9])?")
    static let objectName = Pattern("[a-z0-9]([-.a-z0-9]*[a-z0-9])?")
    static let cluster = Pattern("[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
    static let region = Pattern("[a-z]{2,4}(-[a-z]+)+-[0-9]+")
    static let zone = Pattern("[a-z]{2,4}(-[a-z]+)+-[0-9]+(-[a-z]+-[0-9]+)?[a-z]")
    static let instanceType = Pattern("[a-z][a-z0-9-]*\\.[a-z0-9-]+")
    static let instance = Pattern("[a-z][a-z0-9-]*(\\.[a-z0-9-]+)?")
    static let source = Pattern("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?")
    static let roleArn = Pattern("arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+")
    static let role = Pattern("[A-Za-z0-9+=,.@_-]{1,64}")
    static let instanceProfile = Pattern("[A-Za-z0-9+=,.@_-]{1,128}")
    static let queue = Pattern("[A-Za-z0-9_-]{1,80}")
    static let reservation = Pattern("cr-[0-9a-z]+")
    static let timezone = Pattern("[A-Z][A-Za-z0-9_+-]*(/[A-Za-z][A-Za-z0-9_+-]*){0,2}")
    static let url = Pattern("https?://[A-Za-z0-9][A-Za-z0-9._-]*(:[0-9]+)?(/[A-Za-z0-9./_~%-]*)?")
    static let repository = Pattern("(https://|ssh://|git@)[A-Za-z0-9][A-Za-z0-9._~:/@%-]+")
    static let folder = Pattern("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
    static let revision = Pattern("[A-Za-z0-9][A-Za-z0-9._/-]*")
    static let tagKey = Pattern("[A-Za-z0-9][A-Za-z0-9 +=._:/@-]{0,127}")
    static let tagValue = Pattern("[A-Za-z0-9*][A-Za-z0-9 +=._:/@*-]{0,255}")
    static let migProfile = Pattern("[1-7]g\\.[0-9]+gb(\\+me)?")
    static let port = Pattern("[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?")
    static let prometheusLabel = Pattern("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
}

extension FieldType where Value == String {
    /// A name of lowercase letters, digits and dashes that starts with a letter.
    ///
    /// It is never truncated.
    static func name(atMost limit: Int, because reason: String) -> FieldType {
        limited(Patterns.name, limit, reason, nameRule)
    }

    /// The name of a namespace.
    static var namespace: FieldType {
        limited(
            Patterns.namespace, Int(Thresholds.longestLabel.value), "the limit for a namespace",
            "lowercase letters, digits and `-`, with a letter or digit at both ends")
    }

    /// A name of limited length; the rule says which characters it has.
    private static func limited(_ pattern: Pattern, _ limit: Int, _ reason: String, _ rule: String) -> FieldType {
        let schema: @Sendable () -> JSON = {
            .object([
                ("type", .string("string")), ("pattern", .string(pattern.source)), ("maxLength", .integer(limit)),
            ])
        }
        return .scalar("a name such as `chat-70b`", placeholder: "unnamed", schema: schema) { scalar in
            if let problem = notText(scalar) { return .failure(problem) }
            let count = scalar.text.utf8.count
            if count > limit {
                return .failure(
                    FieldProblem(
                        "overlong-name", "has \(count) characters, more than the limit of \(limit)", label: reason,
                        help:
                            "shorten it: names are never truncated, because two that differ only at the end would collide"
                    ))
            }
            if pattern.matches(scalar.text) { return .success(scalar.text) }
            return .failure(malformedName(scalar.text, pattern, rule))
        }
    }

    /// The name of an object that exists in the cluster, such as a Secret.
    static var objectName: FieldType {
        .text(
            "an object name such as `hf-token`", Patterns.objectName, code: "malformed-name"
        ) { malformedName($0, Patterns.objectName, objectNameRule) }
    }
    static var clusterName: FieldType {
        .text("an EKS cluster name such as `genai-prod`", Patterns.cluster, code: "malformed-name")
    }
    static var region: FieldType {
        .text("a region such as `us-east-1`", Patterns.region, code: "malformed-region") { text in
            guard Patterns.zone.matches(text) else { return nil }
            return FieldProblem(
                "malformed-region", "is `\(text)`, which is an availability zone",
                help: "write `\(text.dropLast())`; zones belong under `zones`", instead: ["\(text.dropLast())"])
        }
    }
    static var zone: FieldType {
        .text("an availability zone such as `us-east-1a`", Patterns.zone, code: "malformed-zone") { text in
            guard Patterns.region.matches(text) else { return nil }
            return FieldProblem(
                "malformed-zone", "is `\(text)`, which is a region", help: "write the zone with its letter: `\(text)a`",
                instead: ["\(text)a"])
        }
    }
    static var instanceType: FieldType {
        .text("an instance type such as `p5.48xlarge`", Patterns.instanceType, code: "malformed-instance-type")
    }
    static var instance: FieldType {
        .text(
            "an instance type, family or GPU such as `p5.48xlarge`, `p5` or `h100`", Patterns.instance,
            code: "malformed-instance-type")
    }
    static var modelSource: FieldType {
        .text("a model name such as `meta-llama/Llama-3.1-8B-Instruct`", Patterns.source, code: "malformed-source") {
            text in
            guard text.contains("://") else { return nil }
            return FieldProblem(
                "malformed-source", "is a URI, not the name of a model", label: "not a name",
                help: "set `source` to the name of the model, and its location under `weights: {from: \(text)}`")
        }
    }
    static var roleArn: FieldType {
        .text("a role ARN such as `arn:aws:iam::111122223333:role/models`", Patterns.roleArn, code: "malformed-arn") {
            text in
            guard Patterns.role.matches(text) else { return nil }
            return FieldProblem(
                "malformed-arn", "is `\(text)`, which is a role name without an account",
                help: "write the full ARN: `arn:aws:iam::111122223333:role/\(text)`")
        }
    }
    static var role: FieldType {
        .text("a role name such as `KarpenterNodeRole-prod`", Patterns.role, code: "malformed-role") { text in
            guard text.hasPrefix("arn:"), let slash = text.lastIndex(of: "/") else { return nil }
            return FieldProblem(
                "malformed-role", "is an ARN, but Karpenter requires the role name",
                help: "write `\(text[text.index(after: slash)...])`", instead: ["\(text[text.index(after: slash)...])"])
        }
    }
    static var instanceProfile: FieldType {
        .text("an instance profile name", Patterns.instanceProfile, code: "malformed-role").example("genai-prod-nodes")
    }
    static var queue: FieldType {
        .text("an SQS queue name such as `genai-prod`", Patterns.queue, code: "malformed-queue") { text in
            guard text.contains("/") || text.contains(":") else { return nil }
            return FieldProblem(
                "malformed-queue", "is a URL or an ARN, but Karpenter requires the queue name",
                help: "write the part after the last `/` or `:`")
        }
    }
    static var reservation: FieldType {
        .text("a reservation ID such as `cr-0123456789abcdef0`", Patterns.reservation, code: "malformed-reservation")
    }
    static var migProfile: FieldType {
        .text("a MIG profile such as `1g.20gb`", Patterns.migProfile, code: "malformed-mig-profile")
    }
    static var tagKey: FieldType {
        .text("a tag key", Patterns.tagKey, code: "malformed-tag").example("karpenter.sh/discovery")
    }
    static var tagValue: FieldType {
        .text("a tag value", Patterns.tagValue, code: "malformed-tag").example("genai-prod")
    }
    static var label: FieldType {
        .text("a label value such as `kube-prometheus-stack`", Patterns.prometheusLabel, code: "malformed-name")
    }
}

/// The characters of object names, such as that of a Secret.
let objectNameRule = "lowercase letters, digits, `-` and `.`, with a letter or digit at both ends"

/// The characters of the names of models and pools, from which those of objects are made.
let nameRule = "lowercase letters, digits and `-`, starting with a letter"

/// Explains a name that Kubernetes rejects.
@Sendable func malformedName(
    _ text: String, _ pattern: Pattern = Patterns.name,
    _ rule: String = nameRule
) -> FieldProblem {
    let lowered = String(
        decoding: text.lowercased().utf8.map { $0 == UInt8(ascii: "_") || $0 == 32 ? 45 : $0 }, as: UTF8.self)
    var problem = FieldProblem(
        "malformed-name", "is `\(text)`, which is not a valid Kubernetes name", label: rule)
    if lowered != text, pattern.matches(lowered) {
        problem.help = ["write `\(lowered)`"]
        problem.others = [lowered]
    }
    return problem
}
