import CLibYAML
import Diagnostics

/// The builder of nodes from events.
struct Composer: ~Copyable {
    let file: SourceFile
    let limits: ReadLimits
    /// Whether merge keys are taken in, and not refused.
    let isMerging: Bool
    var stream: EventStream
    var anchors = Anchors()
    var problems: [Diagnostic] = []
    /// The last quoted scalar that runs over several lines: where a quote was probably left open.
    var longQuote: SourceRange?
    /// The brackets that are open.
    private var brackets: [Int] = []
    /// Whether a node is missing, so that the documents mean nothing.
    private var isBroken = false

    init(_ file: SourceFile, _ stream: consuming EventStream, _ limits: ReadLimits, merging: Bool) {
        self.file = file
        self.stream = stream
        self.limits = limits
        isMerging = merging
    }

    /// Builds every document; nil after a syntax error or past a limit.
    mutating func documents() -> [Node]? {
        var documents: [Node] = []
        while let event = next() {
            defer { stream.release(event) }
            switch event.kind {
            case YAML_STREAM_END_EVENT: return isBroken ? nil : documents
            case YAML_STREAM_START_EVENT, YAML_DOCUMENT_START_EVENT, YAML_DOCUMENT_END_EVENT: anchors = Anchors()
            default:
                guard let node = node(event, depth: 0) else { return nil }
                documents.append(node)
            }
        }
        return nil
    }

    /// Takes an event, or reports the syntax error in its place.
    private mutating func next() -> EventStream.Event? {
        if let event = stream.next() { return event }
        let failure = stream.failure()
        problems.append(SyntaxError(file, failure, longQuote: longQuote, bracket: brackets.last).diagnostic)
        return nil
    }

    /// Builds the node that begins with an event; nil if reading cannot go on.
    private mutating func node(_ event: EventStream.Event, depth: Int) -> Node? {
        switch event.kind {
        case YAML_ALIAS_EVENT: return alias(event)
        case YAML_SCALAR_EVENT:
            let node = scalar(event)
            guard let anchor = event.raw.data.scalar.anchor else { return node }
            return anchors.define(name(anchor), node, size: 1)
        case YAML_SEQUENCE_START_EVENT, YAML_MAPPING_START_EVENT:
            guard depth < limits.depth else {
                problems.append(deepNesting(SourceRange(file, event.start, event.start + 1), limits.depth))
                return nil
            }
            let isMapping = event.kind == YAML_MAPPING_START_EVENT
            let anchor = isMapping ? event.raw.data.mapping_start.anchor : event.raw.data.sequence_start.anchor
            let tag = isMapping ? event.raw.data.mapping_start.tag : event.raw.data.sequence_start.tag
            let start = content(event, hasProperties: anchor != nil || tag != nil)
            if let tag { checkTag(name(tag), allowed: isMapping ? ["map"] : ["seq"], event.start, start) }
            guard let anchor else { return collection(event, start, isMapping, depth) }
            let (name, before) = (name(anchor), anchors.created)
            anchors.open(name)
            guard let node = collection(event, start, isMapping, depth) else { return nil }
            return anchors.define(name, node, size: anchors.created - before)
        default: return nil
        }
    }

    /// Builds a sequence or mapping after its first event.
    private mutating func collection(_ event: EventStream.Event, _ start: Int, _ isMapping: Bool, _ depth: Int) -> Node?
    {
        anchors.created += 1
        let isFlow = stream.text[start] == UInt8(ascii: "[") || stream.text[start] == UInt8(ascii: "{")
        if isFlow { brackets.append(start) }
        defer { if isFlow { brackets.removeLast() } }
        return isMapping ? mapping(event, start, depth) : sequence(event, start, depth)
    }

    /// Builds a sequence after its first event.
    private mutating func sequence(_ first: EventStream.Event, _ start: Int, _ depth: Int) -> Node? {
        var items: [Node] = []
        var end = start
        while let event = next() {
            defer { stream.release(event) }
            if event.kind == YAML_SEQUENCE_END_EVENT {
                let isFlow = first.raw.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
                return Node(.sequence(items), SourceRange(file, start, isFlow ? event.end : end))
            }
            guard let item = node(event, depth: depth + 1) else { return nil }
            end = item.range.end
            items.append(item)
        }
        return nil
    }

    /// Builds a mapping after its first event.
    private mutating func mapping(_ first: EventStream.Event, _ start: Int, _ depth: Int) -> Node? {
        var keys = KeySet()
        var entries: [Node.Entry] = []
        var merges: [Node] = []
        // Most mappings have a few entries; growing one by one would copy them as often.
        entries.reserveCapacity(3)
        var end = start
        while let event = next() {
            defer { stream.release(event) }
            if event.kind == YAML_MAPPING_END_EVENT {
                let isFlow = first.raw.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                let range = SourceRange(file, start, isFlow ? event.end : end)
                return Node(.mapping(merges.isEmpty ? entries : entries + merged(merges, besides: entries)), range)
            }
            guard let key = node(event, depth: depth + 1), let valueEvent = next() else { return nil }
            defer { stream.release(valueEvent) }
            guard let value = node(valueEvent, depth: depth + 1) else { return nil }
            let place = place(of: value, after: key.range)
            end = max(key.range.end, place.end)
            if isMerging, let scalar = key.scalar, scalar.text == "<<", scalar.style == .plain,
                let sources = mergeSources(value)
            {
                merges += sources
                continue
            }
            guard let text = keyText(key) else { continue }
            if let earlier = keys.find(text, in: entries) {
                problems.append(duplicateKey(text, key.range, earlier.keyRange))
            } else {
                entries.append(Node.Entry(text, key.range, Node(value.content, place)))
            }
        }
        return nil
    }

    /// Builds a scalar.
    private mutating func scalar(_ event: EventStream.Event) -> Node {
        anchors.created += 1
        let data = event.raw.data.scalar
        let isEmpty = data.length == 0 && data.style == YAML_PLAIN_SCALAR_STYLE
        let start = isEmpty ? event.end : content(event, hasProperties: data.anchor != nil || data.tag != nil)
        let text = String(decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
        var style = Node.Scalar.Style(data.style)
        var end = event.end
        switch style {
        case .literal, .folded: end = trimmedEnd(start, event.end)
        case .singleQuoted, .doubleQuoted:
            if stream.text[start..<end].contains(UInt8(ascii: "\n")) { longQuote = SourceRange(file, start, end) }
        case .plain: break
        }
        if let tag = data.tag.map({ name($0) }) {
            checkTag(tag, allowed: ["str", "int", "float", "bool", "null"], event.start, start)
            // A tagged string means the same as a quoted one.
            if style == .plain, tag == "!" || tag.hasSuffix(":str") { style = .doubleQuoted }
        }
        return Node(.scalar(Node.Scalar(text, style)), SourceRange(file, start, end))
    }

    /// Puts what an anchor names in the place of an alias.
    private mutating func alias(_ event: EventStream.Event) -> Node? {
        let (name, range) = (name(event.raw.data.alias.anchor), SourceRange(file, event.start, event.end))
        switch anchors.resolve(name) {
        case .found(let node, let size):
            anchors.created += size
            anchors.aliased += size
            if anchors.aliased <= limits.aliasedNodes { return Node(node.content, range) }
            problems.append(excessiveAliases(range, node.range, limits.aliasedNodes))
            return nil
        case .open: problems.append(recursiveAlias(name, range))
        case .unknown(let names): problems.append(undefinedAlias(name, range, names))
        }
        isBroken = true
        return Node(.scalar(Node.Scalar("")), range)
    }
}
