import Diagnostics
import Groundwork
import YAML

extension Patterns {
    static let amiID = Pattern("ami-[0-9a-f]{8,17}")
    static let ssmParameter = Pattern("/[A-Za-z0-9._/-]{1,1010}")
    static let account = Pattern("[0-9]{12}|self|amazon")
    static let kmsKey = Pattern(
        "arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]+|alias/[A-Za-z0-9/_-]+|(mrk-)?[0-9a-f-]{32,36}"
    )
}

extension FieldType where Value == String {
    static var kmsKey: FieldType {
        .text(
            "a KMS key such as `arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`",
            Patterns.kmsKey, code: "malformed-kms-key"
        ) { text in
            guard Patterns.objectName.matches(text) else { return nil }
            return FieldProblem(
                "malformed-kms-key", "is `\(text)`, which is neither the ARN of a KMS key nor an alias",
                help: "write `alias/\(text)` for an alias", instead: ["alias/\(text)"])
        }
    }
    private static var amiID: FieldType {
        .text("an AMI ID such as `ami-0123456789abcdef0`", Patterns.amiID, code: "malformed-ami")
    }
    private static var ssmParameter: FieldType {
        .text("an SSM parameter such as `/images/gpu/al2023`", Patterns.ssmParameter, code: "malformed-ami")
    }
    private static var account: FieldType {
        .text("an AWS account such as `\"111122223333\"`", Patterns.account, code: "malformed-account")
    }
    fileprivate static var ami: (id: FieldType, ssmParameter: FieldType, owner: FieldType) {
        (amiID, ssmParameter, account)
    }
}

private let selectorKeys = ["id", "tags", "ssmParameter"]
private let amiKeys = selectorKeys + ["family", "owner", "version"]

extension FieldType where Value == AMI {
    /// `al2023@v20260714`, or an AMI of one's own: `{id: ami-…, family: al2023}`.
    static var ami: FieldType {
        let alias = FieldType<String>.amiAlias
        let expects: @Sendable () -> String = { "\(alias.expects()), or `{id: ami-0123456789abcdef0, family: al2023}`" }
        let examples = alias.examples + ["{id: ami-0123456789abcdef0, family: al2023}"]
        return FieldType(
            expects: expects, placeholder: .automatic, schema: { amiSchema(alias.described) }, examples: examples
        ) { node, subject, report in
            node.entries.map { custom($0, at: node, subject, &report) }
                ?? alias.read(node, subject, &report).map { AMI(alias: $0) }
        }
    }

    /// Reads an AMI that a company builds.
    private static func custom(
        _ entries: [Node.Entry], at node: Node, _ subject: FieldSubject, _ report: inout Report
    ) -> AMI? {
        func value<Part>(_ key: String, _ type: FieldType<Part>) -> Part? {
            entries.first { $0.key == key }.flatMap { type.read($0.value, .key(key), &report) }
        }
        let before = report.diagnostics.count
        for entry in entries where !amiKeys.contains(entry.key) {
            let close = closest(to: entry.key, among: amiKeys).map { [Help(meaning: $0, at: entry.keyRange)] }
            report.error(
                "unknown-key", "\(subject) has no key `\(entry.key)`", at: entry.keyRange, label: "unknown",
                help: close ?? [Help("the keys of \(subject) are \(enumerated(amiKeys))")])
        }
        let written = entries.filter { selectorKeys.contains($0.key) }
        if written.count != 1 {
            report.error(
                "malformed-ami", "\(subject) must have one of \(enumerated(selectorKeys, "and"))",
                at: written.dropFirst().first?.keyRange ?? node.start,
                label: written.isEmpty ? "none of them is set" : "the second of them",
                help: ["write `id: ami-0123456789abcdef0`, or an alias such as `al2023@v20260714`"])
        }
        let selector: AMI.Selector? =
            value("id", FieldType<String>.ami.id).map { .id($0) }
            ?? value("ssmParameter", FieldType<String>.ami.ssmParameter).map { .ssmParameter($0) }
            ?? entries.first { $0.key == "tags" }.flatMap { tags($0, &report) }
        let family = value("family", FieldType<AMIFamily>.word)
        if !entries.contains(where: { $0.key == "family" }) {
            report.error(
                "missing-key", "\(subject) has no `family`", at: node.start, label: "`family` is required",
                help: ["add `family: al2023` or `family: bottlerocket`, on which the image is built"])
        }
        let version = value("version", FieldType<Version>.version)
        if family == .bottlerocket, version == nil, !entries.contains(where: { $0.key == "version" }) {
            report.error(
                "missing-key", "\(subject) has no `version`", at: node.start, label: "`version` is required",
                help: ["add the release of Bottlerocket that the image is built on, such as `version: \"1.32\"`"])
        }
        let owner = value("owner", FieldType<String>.ami.owner)
        guard let selector, let family, report.diagnostics.count == before else { return nil }
        return AMI(selector, family, owner: owner, bottlerocket: family == .bottlerocket ? version : nil)
    }

    /// Reads the tags of an AMI.
    private static func tags(_ entry: Node.Entry, _ report: inout Report) -> AMI.Selector? {
        guard let entries = entry.value.entries, !entries.isEmpty else {
            report.error(
                "wrong-shape", "`tags` must be a mapping, not \(entry.value.yamlType)", at: entry.value.start,
                label: entry.value.yamlType, help: ["write `tags: {Name: gpu-al2023-2026-11}`"])
            return nil
        }
        let tags = entries.compactMap { tag in
            FieldType<String>.tagValue.read(tag.value, .key(tag.key), &report).map { AMI.Tag(key: tag.key, value: $0) }
        }
        return .tags(tags)
    }
}

@Sendable private func amiSchema(_ alias: JSON) -> JSON {
    func text(_ pattern: Pattern) -> JSON {
        .object([("type", .string("string")), ("pattern", .string(pattern.source))])
    }
    let tags = JSON.object([
        ("type", .string("object")), ("minProperties", .integer(1)),
        ("additionalProperties", FieldType<String>.tagValue.described),
    ])
    let custom = JSON.object([
        ("type", .string("object")), ("additionalProperties", .boolean(false)),
        ("required", .array([.string("family")])),
        (
            "properties",
            .object([
                ("id", FieldType<String>.ami.id.described), ("tags", tags),
                ("ssmParameter", FieldType<String>.ami.ssmParameter.described),
                ("family", FieldType<AMIFamily>.word.described), ("owner", FieldType<String>.ami.owner.described),
                ("version", FieldType<Version>.version.described),
            ])
        ),
    ])
    return .object([("anyOf", .array([alias, custom]))])
}
