import Diagnostics
import Groundwork
import YAML

extension Patterns {
    static let variable = Pattern("[A-Za-z_][A-Za-z0-9_]*")
    static let absolutePath = Pattern("/[A-Za-z0-9._/-]*[A-Za-z0-9._-]")
    static let configKey = Pattern("[A-Za-z0-9._-]+")
}

extension FieldType where Value == String {
    /// The name of an environment variable.
    static var variable: FieldType {
        .text("a variable name such as `HTTPS_PROXY`", Patterns.variable, code: "malformed-variable")
    }
    static var absolutePath: FieldType {
        .text("an absolute path such as `/etc/ssl/company`", Patterns.absolutePath, code: "malformed-path")
    }
    /// The key of a node label, of any owner.
    static var nodeLabelKey: FieldType {
        .text("a label key such as `example.com/zone`", Patterns.labelKey, code: "malformed-label")
    }
    /// The port of a container: a name, or a number.
    static var port: FieldType {
        let schema: @Sendable () -> JSON = {
            .object([
                ("type", .array([.string("string"), .string("integer")])), ("pattern", .string(Patterns.port.source)),
            ])
        }
        return .scalar("a port such as `http` or `8000`", placeholder: "http", schema: schema) { scalar in
            Patterns.port.matches(scalar.text)
                ? .success(scalar.text)
                : .failure(
                    FieldProblem(
                        "malformed-port", "is `\(scalar.text)`, which is neither the name of a port nor a number",
                        help: "write the name or the number under `ports` of the container"))
        }
    }
    fileprivate static var configKey: FieldType {
        .text("a key such as `token`", Patterns.configKey, code: "malformed-name")
    }
}

extension FieldType where Value == EnvironmentValue {
    /// A string, `{secret: NAME, key: KEY}` or `{configMap: NAME, key: KEY}`.
    static var environmentValue: FieldType {
        let expects = "a string, `{secret: proxy, key: url}` or `{configMap: proxy, key: url}`"
        return FieldType(
            expects: { expects }, placeholder: .text(""), schema: environmentSchema,
            examples: ["http://proxy.example.com:3128", "{secret: proxy, key: url}"]
        ) { node, subject, report in
            guard let entries = node.entries else {
                return FieldType<String>.possiblyEmpty.read(node, subject, &report).map { .text($0) }
            }
            let kinds = entries.filter { ["secret", "configMap"].contains($0.key) }
            guard kinds.count == 1, let kind = kinds.first, let key = entries.first(where: { $0.key == "key" }),
                entries.count == 2
            else {
                report.error(
                    "malformed-variable", "\(subject) is a mapping that is not one key of a Secret or ConfigMap",
                    at: node.start, help: ["write \(expects)"])
                return nil
            }
            guard let name = FieldType<String>.objectName.read(kind.value, .key(kind.key), &report),
                let field = FieldType<String>.configKey.read(key.value, .key("key"), &report)
            else { return nil }
            return kind.key == "secret" ? .secret(name: name, key: field) : .configMap(name: name, key: field)
        }
    }
}

extension FieldType where Value == String {
    /// Any string, even the empty one.
    fileprivate static var possiblyEmpty: FieldType {
        .scalar("a string", placeholder: "", schema: { .object([("type", .string("string"))]) }) { scalar in
            notText(scalar).map { .failure($0) } ?? .success(scalar.text)
        }
    }
}

extension FieldType where Value == RawMapping {
    /// A mapping that is placed as it is.
    static var rawMapping: FieldType {
        FieldType(
            expects: { "a mapping" }, placeholder: RawMapping(fact: .mapping([])),
            schema: { .object([("type", .string("object"))]) }
        ) { node, subject, report in
            guard node.entries != nil else {
                report.error(
                    "wrong-shape", "\(subject) must be a mapping, not \(node.yamlType)", at: node.start,
                    label: node.yamlType)
                return nil
            }
            return RawMapping(fact: node.factValue)
        }
    }
}

extension Node {
    /// The value as a fact, as it is written.
    fileprivate var factValue: FactValue {
        switch content {
        case .sequence(let items): .list(items.map { Fact($0.factValue, .written($0.range)) })
        case .mapping(let entries):
            .mapping(entries.map { (key: $0.key, fact: Fact($0.value.factValue, .written($0.value.range))) })
        case .scalar(let scalar):
            switch scalar.meaning {
            case .integer(let value): .integer(value)
            case .number(let value): .number(value)
            case .boolean(let value): .boolean(value)
            case .string, .null: .string(scalar.text)
            }
        }
    }
}

@Sendable private func environmentSchema() -> JSON {
    func reference(_ kind: String) -> JSON {
        .object([
            ("type", .string("object")), ("additionalProperties", .boolean(false)),
            ("required", .array([.string(kind), .string("key")])),
            (
                "properties",
                .object([
                    (kind, FieldType<String>.objectName.described), ("key", FieldType<String>.configKey.described),
                ])
            ),
        ])
    }
    return .object([
        ("anyOf", .array([.object([("type", .string("string"))]), reference("secret"), reference("configMap")]))
    ])
}
