import Diagnostics
import Groundwork
import YAML

/// A part of an object that does not match the schema of its kind.
struct FieldMistake: Sendable {
    enum Kind: Sendable { case unknown, misplaced, missing, type, word, format, range, tooNew }

    let kind: Kind
    let message: String
    let place: SourceRange
    let label: String
    let help: String?
    let fix: [TextEdit]
}

/// Checks objects against the schemas of their kinds.
struct FieldChecker {
    private let schemas: Schemas
    private let kubernetes: Version
    private(set) var mistakes: [FieldMistake] = []
    private var matcher = PatternMatcher()
    /// Where else a kind has a key, for kinds and keys that were looked up already.
    private var homes: [String: String] = [:]

    init(_ schemas: Schemas, kubernetes: Version) {
        self.schemas = schemas
        self.kubernetes = kubernetes
    }

    /// Checks an object whose kind is known.
    mutating func check(_ object: KubernetesObject) {
        guard let root = schemas.root(object) else { return }
        var place = Place(object: object, root: root, path: [])
        check(object.root, root, &place)
    }

    /// Where the checker is.
    private struct Place {
        let object: KubernetesObject
        let root: Int
        /// Grows and shrinks as the checker descends and returns.
        var path: [String]

        func below(_ step: String) -> Place { Place(object: object, root: root, path: path + [step]) }

        /// The path as it is usually written.
        var words: String { path.joined(separator: ".").replacing(".[]", with: "[]") }
    }

    private mutating func check(_ value: ManifestValue, _ number: Int, below step: String, _ place: inout Place) {
        place.path.append(step)
        check(value, number, &place)
        place.path.removeLast()
    }

    private mutating func check(_ value: ManifestValue, _ number: Int, _ place: inout Place) {
        let schema = schemas.all[number]
        if schema.kind == .any { return }
        let kind = value.kind
        // A null is an absent field.
        if kind == .null { return }
        guard schema.kind.admits(kind) else {
            // `{volume-id}` stands for a string that a reader fills in.
            if value.isBracedWord, schema.kind == .string { return }
            // `keda-metadata-not-string` checks the strings of KEDA.
            if place.path.last == "metadata", place.path.count > 1 { return }
            return add(
                .type,
                "`\(place.words)` of \(place.object.words) is \(kind.words), but must be \(schema.kind.words)",
                value.place, "must be \(schema.kind.words)", value.proposal(schema.kind, place.path.last),
                fix: schema.kind == .string && place.path.last != "port" ? value.quoting.map { [$0] } ?? [] : [])
        }
        switch schema.kind {
        case .object where !schema.fields.isEmpty: checkFields(value, schema, &place)
        case .array:
            guard let item = schema.item else { return }
            value.forEachItem { check($0, item, below: "[]", &place) }
        case .map:
            guard let item = schema.item else { return }
            let isTriggerMetadata = place.path.last == "metadata" && place.path.count > 1
            value.forEachEntry { key, _, member in
                if !isTriggerMetadata { check(member(), item, below: key, &place) }
                return true
            }
        case .string, .quantity, .integer, .number: checkScalar(value, schema, place)
        case .any, .boolean, .object: return
        }
    }

    private mutating func checkFields(_ value: ManifestValue, _ schema: FieldSchema, _ place: inout Place) {
        value.forEachEntry { key, keyPlace, member in
            if let field = schema.field(key) {
                if let since = field.since(in: place.object.kind, below: place.path.last), kubernetes < since {
                    add(
                        .tooNew,
                        "`\(place.below(key).words)` of \(place.object.words) has no effect before Kubernetes \(since)",
                        keyPlace, "silently dropped by Kubernetes \(kubernetes)", nil)
                }
                check(member(), field.schema, below: key, &place)
            } else if !schema.isOpen {
                addUnknown(key, keyPlace, member(), schema, place)
            }
            return true
        }
        for name in schema.required where value[name]?.isNull ?? true {
            let what = place.path.isEmpty ? place.object.words : "`\(place.words)` of \(place.object.words)"
            add(.missing, "\(what) has no `\(name)`", value.start, "`\(name)` is required here", nil)
        }
    }

    private mutating func addUnknown(
        _ key: String, _ at: SourceRange, _ value: ManifestValue, _ schema: FieldSchema, _ place: Place
    ) {
        let owner = place.path.isEmpty ? place.object.kind.name : "`\(place.words)` of \(place.object.words)"
        let near = closest(to: key, among: schema.fields.map(\.name))
        if near == nil, let home = home(of: key, value.kind, place) {
            return add(
                .misplaced, "\(owner) has no field `\(key)`", at, "dropped or rejected by the API server",
                "move `\(key)` to `\(home)`")
        }
        add(
            .unknown, "\(owner) has no field `\(key)`", at, "dropped or rejected by the API server",
            near.map { "did you mean `\($0)`?" })
    }

    private mutating func checkScalar(_ value: ManifestValue, _ schema: FieldSchema, _ place: Place) {
        // Most fields take any string.
        if schema.words.isEmpty, schema.pattern.isEmpty, schema.least == nil, schema.most == nil { return }
        let text = value.text ?? ""
        if !schema.words.isEmpty, !schema.words.contains(text) {
            let list = schema.words.filter { !$0.isEmpty }.map { "`\($0)`" }.joined(separator: ", ")
            let near = closest(to: text, among: schema.words).map { "did you mean `\($0)`?" }
            return add(
                .word, "`\(place.words)` of \(place.object.words) is `\(text)`, but must be one of \(list)",
                value.place,
                "not an allowed value", near,
                fix: text == "WhenUnderutilized"
                    ? [TextEdit(value.place, "WhenEmptyOrUnderutilized")] : [])
        }
        if !schema.pattern.isEmpty, !text.mentions("${"), !isStandIn(text), !matcher.matches(text, schema) {
            return add(
                .format, "`\(place.words)` of \(place.object.words) is `\(text)`, which does not match its pattern",
                value.place, "must match \(schema.pattern.prefix(100))", nil)
        }
        guard let number = value.number else { return }
        if let least = schema.least, number < least {
            add(
                .range, "`\(place.words)` of \(place.object.words) is \(text), but must be at least \(short(least))",
                value.place,
                "too small", nil)
        }
        if let most = schema.most, number > most {
            add(
                .range, "`\(place.words)` of \(place.object.words) is \(text), but must be at most \(short(most))",
                value.place,
                "too large", nil)
        }
    }

    private mutating func add(
        _ kind: FieldMistake.Kind, _ message: String, _ place: SourceRange, _ label: String, _ help: String?,
        fix: [TextEdit] = []
    ) {
        mistakes.append(FieldMistake(kind: kind, message: message, place: place, label: label, help: help, fix: fix))
    }

    /// Finds the place in a kind that has a key and is nearest to where it was written.
    private mutating func home(of key: String, _ kind: ManifestValue.Kind, _ place: Place) -> String? {
        let question = "\(place.root) \(place.words) \(key)"
        if let known = homes[question] { return known.isEmpty ? nil : known }
        var found: [[String]] = []
        var level: [(schema: Int, path: [String])] = [(place.root, [])]
        var seen: Set<Int> = []
        for _ in 0..<9 where found.count < 20 {
            var next: [(Int, [String])] = []
            for (number, path) in level where seen.insert(number).inserted {
                let schema = schemas.all[number]
                if let item = schema.item { next.append((item, path + [schema.kind == .array ? "[]" : "*"])) }
                for field in schema.fields {
                    // Generic values and metadata say nothing about the place.
                    if field.name == key, schemas.all[field.schema].kind.admits(kind), path.first != "metadata" {
                        found.append(path)
                    }
                    next.append((field.schema, path + [field.name]))
                }
            }
            level = next
        }
        let common = { (path: [String]) in zip(path, place.path).prefix { $0 == $1 }.count }
        let nearest = found.filter { !$0.isEmpty && $0 != place.path }.max {
            (common($0), -$0.count) < (common($1), -$1.count)
        }
        let home = nearest.flatMap { path -> String? in
            // A distant place was hardly meant.
            guard common(path) > 0, path.count - common(path) <= 3 else { return nil }
            return path.joined(separator: ".").replacing(".[]", with: "[]")
        }
        homes[question] = home ?? ""
        return home
    }
}

/// Writes a bound, without a fraction if it is an integer.
private func short(_ number: Double) -> String { number == number.rounded() ? "\(wholeNumber(number))" : "\(number)" }

extension ManifestValue {
    /// The first key of a mapping, where a diagnostic about the whole mapping is shown; after a patch removed a key, that removal.
    fileprivate var start: SourceRange { entries?.first { place.contains($0.keyPlace) }?.keyPlace ?? place }

    /// Proposes how to write a scalar so that it is of a kind.
    fileprivate func proposal(_ kind: FieldSchema.Kind, _ field: String?) -> String? {
        guard let text else { return nil }
        switch kind {
        // A port that must be a string is a port name.
        case .string where field == "port": return "use the name of the port; if the port has no name, add one"
        case .string: return "quote it: `\"\(text)\"`"
        case .integer where Int(text) != nil, .boolean where text == "true" || text == "false":
            return "write it without quotes: `\(text)`"
        default: return nil
        }
    }
}

extension FieldSchema.Kind {
    /// Tells whether a value of a kind is allowed here.
    fileprivate func admits(_ kind: ManifestValue.Kind) -> Bool {
        switch self {
        case .any: true
        case .array: kind == .list
        case .boolean: kind == .boolean
        case .integer: kind == .integer
        case .number: kind == .integer || kind == .number
        case .quantity: kind == .integer || kind == .number || kind == .string
        case .string: kind == .string
        case .map, .object: kind == .mapping
        }
    }

    fileprivate var words: String {
        switch self {
        case .any: "anything"
        case .array: "a list"
        case .boolean: "a boolean"
        case .integer: "an integer"
        case .number: "a number"
        case .quantity: "a number or a string"
        case .string: "a string"
        case .map, .object: "a mapping"
        }
    }
}

extension ManifestValue.Kind {
    fileprivate var words: String {
        switch self {
        case .null: "null"
        case .boolean: "a boolean"
        case .integer: "an integer"
        case .number: "a number"
        case .string: "a string"
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }
}

extension ManifestValue {
    /// Whether it is a word in braces, which YAML reads as a mapping.
    fileprivate var isBracedWord: Bool {
        guard let entries, entries.count == 1, entries[0].value.isNull else { return false }
        let place = place
        return place.file.bytes.indices.contains(place.start) && place.file.bytes[place.start] == UInt8(ascii: "{")
    }
}
