import CLibYAML
import Diagnostics

/// The events of a text, pulled one by one from libyaml, with byte offsets in place of its code point counts.
struct EventStream: ~Copyable {
    /// An event with its place in bytes.
    struct Event {
        let raw: yaml_event_t
        let start: Int
        let end: Int

        var kind: yaml_event_type_t { raw.type }
    }

    let text: UnsafeBufferPointer<UInt8>
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let encoding: Encoding
    /// A place known in both counts; marks come almost in order, so that each search from here is short.
    private var known: (index: Int, offset: Int)

    init(_ text: UnsafeBufferPointer<UInt8>, _ encoding: Encoding) {
        self.text = text
        self.encoding = encoding
        known = (0, encoding.start)
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        yaml_parser_initialize(parser)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, text.baseAddress.map { $0 + encoding.start }, text.count - encoding.start)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// Takes the next event, which `release` must give back; nil at a syntax error.
    mutating func next() -> Event? {
        var raw = yaml_event_t()
        guard yaml_parser_parse(parser, &raw) == 1 else { return nil }
        let start = offset(raw.start_mark)
        return Event(raw: raw, start: start, end: offset(raw.end_mark))
    }

    /// Frees what libyaml allocated for an event.
    func release(_ event: Event) {
        var raw = event.raw
        yaml_event_delete(&raw)
    }

    /// Converts a mark to a byte offset.
    mutating func offset(_ mark: yaml_mark_t) -> Int {
        if encoding.isASCII { return min(encoding.start + mark.index, text.count) }
        while known.index < mark.index, known.offset < text.count {
            known.offset += 1
            while known.offset < text.count, text[known.offset] & 0xC0 == 0x80 { known.offset += 1 }
            known.index += 1
        }
        while known.index > mark.index, known.offset > encoding.start {
            known.offset -= 1
            while text[known.offset] & 0xC0 == 0x80 { known.offset -= 1 }
            known.index -= 1
        }
        return known.offset
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
