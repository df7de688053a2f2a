import Diagnostics
import Groundwork
import YAML

extension FieldReader {
    /// Reads a required value.
    mutating func required<Value>(
        _ key: String, _ type: @autoclosure () -> FieldType<Value>, _ meaning: @autoclosure () -> String
    ) -> Traced<Value> {
        if mode == .recording { record(key, type().described, meaning(), required: true) }
        let (entry, wasEmpty) = entry(key)
        if let entry, let value = type().read(entry.value, .key(key), &report) {
            return Traced(value, .written(entry.value.range))
        }
        if mode == .reading, entry == nil, !wasEmpty {
            reportMissing(key, type().expects(), meaning(), only: type().onlyWord)
        }
        return Traced(type().placeholder, .written(range))
    }

    /// Reads a value that may be absent.
    mutating func optional<Value>(
        _ key: String, _ type: @autoclosure () -> FieldType<Value>, _ meaning: @autoclosure () -> String
    ) -> Traced<Value>? {
        if mode == .recording { record(key, type().described, meaning()) }
        guard let entry = entry(key).entry, let value = type().read(entry.value, .key(key), &report) else { return nil }
        return Traced(value, .written(entry.value.range))
    }

    /// Reads a value that has a default, and why it has that one.
    mutating func optional<Value: FactConvertible>(
        _ key: String, _ type: @autoclosure () -> FieldType<Value>, _ meaning: @autoclosure () -> String,
        default value: Value, because reason: String
    ) -> Traced<Value> {
        optional(key, type(), meaning(), default: Traced(value, .convention(reason)), shown: value.fact.json)
    }

    /// Reads a value whose default depends on other values; the schema cannot show that one.
    mutating func optional<Value>(
        _ key: String, _ type: @autoclosure () -> FieldType<Value>, _ meaning: @autoclosure () -> String,
        default value: Traced<Value>, shown: @autoclosure () -> JSON? = nil
    ) -> Traced<Value> {
        if mode == .recording { record(key, type().described, meaning(), default: shown()) }
        guard let entry = entry(key).entry, let read = type().read(entry.value, .key(key), &report) else {
            return value
        }
        return Traced(read, .written(entry.value.range))
    }

    /// Reads a list of values; absent means empty.
    mutating func list<Value>(
        _ key: String, _ type: @autoclosure () -> FieldType<Value>, _ meaning: @autoclosure () -> String
    ) -> [Traced<Value>] {
        if mode == .recording {
            record(
                key, .object([("type", .string("array")), ("items", type().described)]), meaning(), default: .array([]))
        }
        guard let entry = entry(key).entry else { return [] }
        guard let items = entry.value.items else {
            let place = entry.value.range
            let scalar = entry.value.scalar.map { scalar in
                [
                    Help(
                        "write a list of one item: `\(key): [\(scalar.text)]`", replacing: place,
                        by: ["[\(String(decoding: place.file.bytes[place.start..<place.end], as: UTF8.self))]"])
                ]
            }
            report.error(
                "wrong-shape", "`\(key)` must be a list, not \(entry.value.yamlType)", at: entry.value.start,
                label: entry.value.yamlType, help: scalar ?? [])
            return []
        }
        return values(of: items, key, type())
    }

    /// Reads one value or a list of them; absent means the default.
    mutating func oneOrMore<Value: FactConvertible>(
        _ key: String, _ type: @autoclosure () -> FieldType<Value>, _ meaning: @autoclosure () -> String,
        default value: Value, because reason: String
    ) -> [Traced<Value>] {
        if mode == .recording {
            let list = JSON.object([("type", .string("array")), ("minItems", .integer(1)), ("items", type().described)])
            record(key, .object([("anyOf", .array([type().described, list]))]), meaning(), default: value.fact.json)
        }
        let otherwise = [Traced(value, .convention(reason))]
        guard let entry = entry(key).entry else { return otherwise }
        let read =
            entry.value.items.map { values(of: $0, key, type()) }
            ?? type().read(entry.value, .key(key), &report).map { [Traced($0, .written(entry.value.range))] } ?? []
        if entry.value.items?.isEmpty == true {
            report.error("empty-list", "`\(key)` is empty", at: entry.value.range, help: ["add at least one item"])
        }
        return read.isEmpty ? otherwise : read
    }

    /// Reads a mapping with free keys; absent means empty.
    mutating func table<Key, Value>(
        _ key: String, _ keyType: @autoclosure () -> FieldType<Key>, _ type: @autoclosure () -> FieldType<Value>,
        _ meaning: @autoclosure () -> String
    ) -> [(key: Traced<Key>, value: Traced<Value>)] {
        if mode == .recording {
            let schema: [(key: String, value: JSON)] = [
                ("type", .string("object")), ("propertyNames", keyType().described),
                ("additionalProperties", type().described),
            ]
            record(key, .object(schema), meaning())
        }
        guard let entry = entry(key).entry else { return [] }
        guard let entries = entry.value.entries else {
            report.error(
                "wrong-shape", "`\(key)` must be a mapping, not \(entry.value.yamlType)", at: entry.value.start,
                label: entry.value.yamlType)
            return []
        }
        return entries.compactMap { inner in
            let name = Node(.scalar(Node.Scalar(inner.key, .doubleQuoted)), inner.keyRange)
            guard let read = keyType().read(name, .name(in: key), &report),
                let value = type().read(inner.value, .key(inner.key), &report)
            else { return nil }
            return (Traced(read, .written(inner.keyRange)), Traced(value, .written(inner.value.range)))
        }
    }

    private mutating func values<Value>(of items: [Node], _ key: String, _ type: FieldType<Value>) -> [Traced<Value>] {
        items.compactMap { item in
            type.read(item, .item(of: key), &report).map { Traced($0, .written(item.range)) }
        }
    }
}

extension FactValue {
    /// The value as JSON; lists, mappings and records are never defaults of a field.
    fileprivate var json: JSON {
        switch self {
        case .string(let text): .string(text)
        case .integer(let value): .integer(value)
        case .number(let value): .number(value)
        case .boolean(let value): .boolean(value)
        case .list, .mapping, .record: .null
        }
    }
}
