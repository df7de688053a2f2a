import Groundwork

/// A record type, and how each of its facts is read from a Swift value.
struct FactTable<Subject: Sendable>: Sendable {
    /// One line of the table: name, meaning, and how to read it.
    struct Line: Sendable {
        let entry: RecordType.Entry
        let read: @Sendable (Subject) -> Fact?
        /// Whether it leads to records that many templates use: such a line is read once per record.
        private(set) var isPassage = false

        init(
            _ name: String, _ kind: RecordType.Kind, _ meaning: String, optional: Bool,
            _ read: @escaping @Sendable (Subject) -> Fact?
        ) {
            entry = RecordType.Entry(name: name, kind: kind, meaning: meaning, optional: optional)
            self.read = read
        }

        /// A single value.
        static func fact<Value: FactConvertible>(
            _ name: String, _ meaning: String, _ value: @escaping @Sendable (Subject) -> Traced<Value>
        ) -> Line {
            Line(name, Value.kind, meaning, optional: false) { subject in
                let traced = value(subject)
                return Fact(traced.value.fact, traced.origin)
            }
        }

        /// An optional value.
        static func maybe<Value: FactConvertible>(
            _ name: String, _ meaning: String, _ value: @escaping @Sendable (Subject) -> Traced<Value>?
        ) -> Line {
            Line(name, Value.kind, meaning, optional: true) { subject in
                value(subject).map { Fact($0.value.fact, $0.origin) }
            }
        }

        /// A list of single values.
        static func list<Value: FactConvertible>(
            _ name: String, _ meaning: String, _ values: @escaping @Sendable (Subject) -> [Traced<Value>]
        ) -> Line {
            Line(name, .list(Value.kind), meaning, optional: false) { subject in
                Fact(.list(values(subject).map { Fact($0.value.fact, $0.origin) }), .convention("a list"))
            }
        }

        /// A free mapping, such as labels.
        static func mapping<Value: FactConvertible>(
            _ name: String, _ meaning: String, _ entries: @escaping @Sendable (Subject) -> [(String, Traced<Value>)]
        ) -> Line {
            Line(name, .mapping, meaning, optional: false) { subject in
                let pairs = entries(subject).map { (key: $0.0, fact: Fact($0.1.value.fact, $0.1.origin)) }
                return Fact(.mapping(pairs), .convention("a mapping"))
            }
        }

        /// A record.
        static func record<Other: Sendable>(
            _ name: String, _ meaning: String, _ table: FactTable<Other>,
            _ other: @escaping @Sendable (Subject) -> Other
        ) -> Line {
            var line = Line(name, .record(table.type), meaning, optional: false) { subject in
                Fact(.record(table.record(other(subject))), .convention(table.type.meaning))
            }
            line.isPassage = true
            return line
        }

        /// An optional record.
        static func maybeRecord<Other: Sendable>(
            _ name: String, _ meaning: String, _ table: FactTable<Other>,
            _ other: @escaping @Sendable (Subject) -> Other?
        ) -> Line {
            var line = Line(name, .record(table.type), meaning, optional: true) { subject in
                other(subject).map { Fact(.record(table.record($0)), .convention(table.type.meaning)) }
            }
            line.isPassage = true
            return line
        }

        /// A list of records, for `for:` and `$for`; shared if many templates repeat over it.
        static func records<Other: Sendable>(
            _ name: String, _ meaning: String, _ table: FactTable<Other>, shared: Bool = false,
            _ others: @escaping @Sendable (Subject) -> [Other]
        ) -> Line {
            var line = Line(name, .list(.record(table.type)), meaning, optional: false) { subject in
                let records = others(subject).map { other in
                    Fact(.record(table.record(other)), .convention(table.type.meaning))
                }
                return Fact(.list(records), .convention("a list"))
            }
            line.isPassage = shared
            return line
        }
    }

    let type: RecordType
    private let lines: [Line]
    private let hasPassages: Bool

    init(_ name: String, _ meaning: String, _ lines: [Line]) {
        type = RecordType(name, meaning, lines.map(\.entry))
        self.lines = lines
        hasPassages = lines.contains(where: \.isPassage)
    }

    /// A record that reads the facts of one subject: other records immediately, values on demand.
    func record(_ subject: Subject) -> Record {
        guard hasPassages else { return Record(type) { [lines] in lines[$0].read(subject) } }
        let passages = lines.map { $0.isPassage ? $0.read(subject) : nil }
        return Record(type) { [lines] in lines[$0].isPassage ? passages[$0] : lines[$0].read(subject) }
    }
}
