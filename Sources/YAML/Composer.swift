import Diagnostics

/// The builder of nodes from events.
struct Composer: ~Copyable {
    let file: SourceFile
    let limits: ReadLimits
    /// Whether merge keys are merged instead of rejected.
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
            switch event.kind {
            case .streamEnd: return isBroken ? nil : documents
            case .streamStart, .documentStart, .documentEnd: anchors = Anchors()
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
        case .alias: return alias(event)
        case .scalar(let text, let style):
            let node = scalar(event, text, style)
            guard let anchor = event.anchor else { return node }
            return anchors.define(anchor, node, size: 1)
        case .collection(let isMapping, let isFlow):
            guard depth < limits.depth else {
                problems.append(deepNesting(SourceRange(file, event.start, event.start + 1), limits.depth))
                return nil
            }
            let start = content(event)
            if let tag = event.tag { checkTag(tag, allowed: isMapping ? ["map"] : ["seq"], event.start, start) }
            let before = anchors.created
            anchors.created += 1
            if let anchor = event.anchor { anchors.open(anchor) }
            if isFlow { brackets.append(start) }
            defer { if isFlow { brackets.removeLast() } }
            let node = isMapping ? mapping(start, isFlow, depth) : sequence(start, isFlow, depth)
            guard let node, let anchor = event.anchor else { return node }
            return anchors.define(anchor, node, size: anchors.created - before)
        default: return nil
        }
    }

    /// Builds a sequence after its first event.
    private mutating func sequence(_ start: Int, _ isFlow: Bool, _ depth: Int) -> Node? {
        var items: [Node] = []
        var end = start
        while let event = next() {
            if case .sequenceEnd = event.kind {
                return Node(.sequence(items), SourceRange(file, start, isFlow ? event.end : end))
            }
            guard let item = node(event, depth: depth + 1) else { return nil }
            end = item.range.end
            items.append(item)
        }
        return nil
    }

    /// Builds a mapping after its first event.
    private mutating func mapping(_ start: Int, _ isFlow: Bool, _ depth: Int) -> Node? {
        var keys = KeySet()
        var entries: [Node.Entry] = []
        var merges: [Node] = []
        // Most mappings have a few entries; growing one by one would copy them as often.
        entries.reserveCapacity(3)
        var end = start
        while let event = next() {
            if case .mappingEnd = event.kind {
                let range = SourceRange(file, start, isFlow ? event.end : end)
                return Node(.mapping(merges.isEmpty ? entries : entries + merged(merges, besides: entries)), range)
            }
            guard let key = node(event, depth: depth + 1), let valueEvent = next() else { return nil }
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
    private mutating func scalar(_ event: EventStream.Event, _ text: String, _ written: Node.Scalar.Style) -> Node {
        anchors.created += 1
        var style = written
        let start = text.isEmpty && style == .plain ? event.end : content(event)
        var end = event.end
        switch style {
        case .literal, .folded: end = trimmedEnd(start, event.end)
        case .singleQuoted, .doubleQuoted:
            if stream.text[start..<end].contains(UInt8(ascii: "\n")) { longQuote = SourceRange(file, start, end) }
        case .plain: break
        }
        if let tag = event.tag {
            checkTag(tag, allowed: ["str", "int", "float", "bool", "null"], event.start, start)
            // A tagged string means the same as a quoted one.
            if style == .plain, tag == "!" || tag.hasSuffix(":str") { style = .doubleQuoted }
        }
        return Node(.scalar(Node.Scalar(text, style)), SourceRange(file, start, end))
    }

    /// Puts what an anchor names in the place of an alias.
    private mutating func alias(_ event: EventStream.Event) -> Node? {
        let (name, range) = (event.anchor ?? "", SourceRange(file, event.start, event.end))
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
