import Diagnostics
import Groundwork
import YAML

extension FieldReader {
    /// Reads a required mapping.
    mutating func required<RecordType>(_ key: String, _ read: (inout FieldReader) -> RecordType, _ meaning: String)
        -> RecordType
    {
        if mode == .recording { return record(key, read, meaning, required: true) }
        let (entry, wasEmpty) = entry(key)
        if let entry { return nested(entry.value, name: .key(key), at: entry.keyRange, read) }
        if !wasEmpty { reportMissing(key, "a mapping", meaning) }
        return placeholder(key, read)
    }

    /// Where one word is written in place of a mapping; nil where it is not.
    mutating func writtenWord(_ word: String, insteadOf key: String) -> SourceRange? {
        guard mode == .reading, let node = entries.first(where: { $0.key == key })?.value, node.scalar?.text == word
        else { return nil }
        _ = entry(key)
        return node.range
    }

    /// Reads a mapping that may be absent, or, in the schema, a word in its place.
    mutating func optional<RecordType>(
        _ key: String, _ read: (inout FieldReader) -> RecordType, _ meaning: String, or word: String? = nil
    ) -> RecordType? {
        if mode == .recording { return record(key, read, meaning, required: false, or: word) }
        return entry(key).entry.map { nested($0.value, name: .key(key), at: $0.keyRange, read) }
    }

    /// Reads a value, or a mapping in its place; both are nil if the key is absent.
    mutating func optional<Value, RecordType>(
        _ key: String, _ type: @autoclosure () -> FieldType<Value>, or read: (inout FieldReader) -> RecordType,
        _ meaning: String
    ) -> (value: Traced<Value>?, mapping: RecordType?) {
        if mode == .recording {
            var child = FieldReader(recording: .key(key))
            _ = read(&child)
            record(key, .object([("anyOf", .array([type().described, child.recorded.schema]))]), meaning)
        }
        guard let entry = entry(key).entry else { return (nil, nil) }
        guard entry.value.entries == nil else {
            return (nil, nested(entry.value, name: .key(key), at: entry.keyRange, read))
        }
        return (type().read(entry.value, .key(key), &report).map { Traced($0, .written(entry.value.range)) }, nil)
    }

    /// Reads a mapping all of whose fields have defaults: absent means all of them.
    mutating func always<RecordType>(_ key: String, _ read: (inout FieldReader) -> RecordType, _ meaning: String)
        -> RecordType
    {
        if mode == .recording { return record(key, read, meaning, required: false) }
        let entry = entry(key).entry
        return nested(entry?.value, name: .key(key), at: entry?.keyRange ?? range, read)
    }

    /// Reads a list of mappings; a required one has at least one item.
    mutating func nouns<RecordType>(
        _ key: String, _ read: (inout FieldReader) -> RecordType, _ meaning: String, required: Bool = false
    ) -> [RecordType] {
        if mode == .recording {
            var child = FieldReader(recording: .key(key))
            let noun = read(&child)
            var schema: [(key: String, value: JSON)] = [("type", .string("array"))]
            if required { schema.append(("minItems", .integer(1))) }
            record(key, .object(schema + [("items", child.recorded.schema)]), meaning, required: required)
            return [noun]
        }
        let (entry, wasEmpty) = entry(key)
        guard let entry else {
            if required, !wasEmpty { reportMissing(key, "a list", meaning) }
            return []
        }
        guard let items = entry.value.items else {
            report.error(
                "wrong-shape", "`\(key)` must be a list, not \(entry.value.yamlType)", at: entry.value.start,
                label: entry.value.yamlType, help: ["start every item with `- `"])
            return []
        }
        if required, items.isEmpty {
            report.error("empty-list", "`\(key)` is empty", at: entry.value.range, help: ["add at least one item"])
        }
        return items.enumerated().map { index, item in
            nested(item, name: .element(item, of: key, index), at: item.firstLine, read)
        }
    }

    private mutating func record<RecordType>(
        _ key: String, _ read: (inout FieldReader) -> RecordType, _ meaning: String, required: Bool,
        or word: String? = nil
    ) -> RecordType {
        var child = FieldReader(recording: .key(key))
        let noun = read(&child)
        let mapping = child.recorded.schema
        let schema =
            word.map { JSON.object([("anyOf", .array([mapping, .object([("const", .string($0))])]))]) } ?? mapping
        record(key, schema, meaning, required: required)
        return noun
    }

    private func placeholder<RecordType>(_ key: String, _ read: (inout FieldReader) -> RecordType) -> RecordType {
        var child = FieldReader(reading: [], name: .key(key), at: range, report: Report())
        return read(&child)
    }
}

extension Node {
    /// The first entry of a mapping with its value, if that is on the same line.
    var firstLine: SourceRange {
        guard let first = entries?.first else { return start }
        guard first.value.scalar != nil, first.value.range.line == first.keyRange.line else { return first.keyRange }
        return SourceRange(first.keyRange.file, first.keyRange.start, first.value.range.end)
    }
}
