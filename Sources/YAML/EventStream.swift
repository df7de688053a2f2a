import CLibYAML
import Diagnostics

/// The events of a text, pulled one by one from libyaml, with byte offsets in place of its code point counts.
struct EventStream: ~Copyable {
    /// An event with its place in bytes.
    ///
    /// It holds nothing of libyaml's, and is far smaller than what libyaml gives.
    struct Event {
        enum Kind {
            case streamStart, streamEnd, documentStart, documentEnd, alias, sequenceEnd, mappingEnd
            case scalar(String, Node.Scalar.Style)
            /// The start of a mapping or a sequence.
            case collection(isMapping: Bool, isFlow: Bool)
        }

        let kind: Kind
        let start: Int
        let end: Int
        /// The name of the node's anchor, or of the one that an alias names.
        var anchor: String?
        var tag: String?
    }

    let text: UnsafeBufferPointer<UInt8>
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// Where libyaml writes each event.
    private let event: UnsafeMutablePointer<yaml_event_t>
    private let encoding: Encoding
    /// A place known in both counts; marks come almost in order, so that each search from here is short.
    private var known: (index: Int, offset: Int)

    init(_ text: UnsafeBufferPointer<UInt8>, _ encoding: Encoding) {
        self.text = text
        self.encoding = encoding
        known = (0, encoding.start)
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        event = .allocate(capacity: 1)
        event.initialize(to: yaml_event_t())
        yaml_parser_initialize(parser)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, text.baseAddress.map { $0 + encoding.start }, text.count - encoding.start)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        event.deallocate()
    }

    /// Takes the next event; nil at a syntax error.
    mutating func next() -> Event? {
        guard yaml_parser_parse(parser, event) == 1 else { return nil }
        defer { yaml_event_delete(event) }
        let data = event.pointee.data
        let (start, end) = (offset(event.pointee.start_mark), offset(event.pointee.end_mark))
        switch event.pointee.type {
        case YAML_SCALAR_EVENT:
            let scalar = data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            return Event(
                kind: .scalar(text, Node.Scalar.Style(scalar.style)), start: start, end: end,
                anchor: name(scalar.anchor), tag: name(scalar.tag))
        case YAML_MAPPING_START_EVENT:
            let mapping = data.mapping_start
            return Event(
                kind: .collection(isMapping: true, isFlow: mapping.style == YAML_FLOW_MAPPING_STYLE),
                start: start, end: end,
                anchor: name(mapping.anchor), tag: name(mapping.tag))
        case YAML_SEQUENCE_START_EVENT:
            let sequence = data.sequence_start
            return Event(
                kind: .collection(isMapping: false, isFlow: sequence.style == YAML_FLOW_SEQUENCE_STYLE),
                start: start, end: end,
                anchor: name(sequence.anchor), tag: name(sequence.tag))
        case YAML_ALIAS_EVENT: return Event(kind: .alias, start: start, end: end, anchor: name(data.alias.anchor))
        case YAML_MAPPING_END_EVENT: return Event(kind: .mappingEnd, start: start, end: end)
        case YAML_SEQUENCE_END_EVENT: return Event(kind: .sequenceEnd, start: start, end: end)
        case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, start: start, end: end)
        case YAML_DOCUMENT_END_EVENT: return Event(kind: .documentEnd, start: start, end: end)
        case YAML_STREAM_START_EVENT: return Event(kind: .streamStart, start: start, end: end)
        default: return Event(kind: .streamEnd, start: start, end: end)
        }
    }

    /// Reads a name that libyaml owns.
    private func name(_ text: UnsafePointer<UInt8>?) -> String? { text.map { String(cString: $0) } }

    /// Converts a mark to a byte offset.
    mutating func offset(_ mark: yaml_mark_t) -> Int {
        if encoding.isASCII { return min(encoding.start + mark.index, text.count) }
        var (index, offset) = known
        while index + 8 <= mark.index, let next = EightBytes(UnsafeRawBufferPointer(text), at: offset), next.areASCII {
            offset += 8
            index += 8
        }
        while index < mark.index, offset < text.count {
            offset += 1
            while offset < text.count, text[offset] & 0xC0 == 0x80 { offset += 1 }
            index += 1
        }
        while index > mark.index, offset > encoding.start {
            offset -= 1
            while text[offset] & 0xC0 == 0x80 { offset -= 1 }
            index -= 1
        }
        known = (index, offset)
        return offset
    }

    /// What stopped the parser, in libyaml's words.
    mutating func failure() -> (problem: String, context: String, at: Int, contextAt: Int) {
        let state = parser.pointee
        return (
            state.problem.map { String(cString: $0) } ?? "", state.context.map { String(cString: $0) } ?? "",
            offset(state.problem_mark), offset(state.context_mark)
        )
    }
}
