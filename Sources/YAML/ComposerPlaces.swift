import CLibYAML
import Diagnostics

extension Composer {
    /// Finds where a node's content starts, after its anchor and tag.
    func content(_ event: EventStream.Event) -> Int {
        guard event.anchor != nil || event.tag != nil else { return event.start }
        let text = stream.text
        var offset = event.start
        while offset < text.count {
            switch text[offset] {
            case UInt8(ascii: "&"), UInt8(ascii: "!"):
                while offset < text.count, !isBlank(text[offset]) { offset += 1 }
            case UInt8(ascii: "#"):
                while offset < text.count, text[offset] != UInt8(ascii: "\n") { offset += 1 }
            case let byte where isBlank(byte): offset += 1
            default: return offset
            }
        }
        return event.start
    }

    /// Finds the end of a stretch without the blanks at its end.
    func trimmedEnd(_ start: Int, _ end: Int) -> Int {
        var end = end
        while end > start, isBlank(stream.text[end - 1]) { end -= 1 }
        return end
    }

    /// Places an empty value right after its key where libyaml puts it at the next token, on a later line.
    func place(of value: Node, after key: SourceRange) -> SourceRange {
        guard value.range.start == value.range.end, value.range.start > key.end,
            stream.text[key.end..<value.range.start].contains(UInt8(ascii: "\n"))
        else { return value.range }
        return SourceRange(file, key.end, key.end)
    }

    /// Checks the tag of a node against those that its kind may have.
    mutating func checkTag(_ tag: String, allowed: [String], _ start: Int, _ end: Int) {
        let core = "tag:yaml.org,2002:"
        if tag == "!" || tag.hasPrefix(core) && allowed.contains(String(tag.dropFirst(core.count))) { return }
        let range = SourceRange(file, start, max(trimmedEnd(start, end), start + 1))
        problems.append(customTag(tag.hasPrefix(core) ? "!!" + tag.dropFirst(core.count) : tag, range))
    }

    /// Reads the text of a key, or reports why it cannot be one.
    mutating func keyText(_ key: Node) -> String? {
        guard let scalar = key.scalar else {
            problems.append(complexKey(key))
            return nil
        }
        if scalar.style == .plain {
            if scalar.text == "<<" {
                problems.append(mergeKey(key.range))
                return nil
            }
            if scalar.text.isEmpty {
                problems.append(nullKey(key.range))
                return nil
            }
            if let byte = scalar.text.utf8.first, byte >= 0x80, let first = scalar.text.unicodeScalars.first,
                isInvisible(first)
            {
                problems.append(invisibleCharacter(first, key.range))
                return nil
            }
        }
        return scalar.text
    }
}

/// Tells whether a byte is a blank or a line end.
func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\t")
}

extension Node.Scalar.Style {
    /// Takes over libyaml's style.
    init(_ style: yaml_scalar_style_t) {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: self = .literal
        case YAML_FOLDED_SCALAR_STYLE: self = .folded
        default: self = .plain
        }
    }
}
