import Diagnostics

/// Appends a text as a YAML string: plain where every parser reads it as that text, else quoted, several lines as a block.
///
/// It comes after `key: ` or `- `; `indent` is the column of that key or dash. No line end is written after it.
package func appendScalar(_ text: String, to bytes: inout [UInt8], indent: Int) {
    var text = text
    text.withUTF8 { text in
        let traits = TextTraits(text)
        if traits.contains(.lineEnd), !traits.contains(.control), isBlockSafe(text) {
            appendBlock(text, &bytes, indent + 2)
        } else {
            appendLine(text, traits, &bytes)
        }
    }
}

/// Appends a text as a mapping's key, always in one line, without the colon.
///
/// Parsers look no further than 1,024 characters for the colon.
package func appendKey(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { appendLine($0, TextTraits($0), &bytes) }
}

/// Appends a text as a string that may also be between brackets: in one line, quoted where a plain one would end early.
package func appendFlowScalar(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { text in
        let traits = TextTraits(text)
        if traits.isDisjoint(with: [.bracket, .colon]) {
            appendLine(text, traits, &bytes)
        } else {
            appendQuoted(text, traits, &bytes)
        }
    }
}

/// Appends an integer.
package func appendScalar(_ value: Int, to bytes: inout [UInt8]) { bytes.append(contentsOf: value.description.utf8) }

/// Appends a number without an exponent.
package func appendScalar(_ value: Double, to bytes: inout [UInt8]) { appendNumber(value, to: &bytes) }

/// Appends a boolean.
package func appendScalar(_ value: Bool, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
}

/// Appends the null value.
package func appendNull(to bytes: inout [UInt8]) { bytes.append(contentsOf: "null".utf8) }

/// Appends a text in one line, plain if that is safe.
private func appendLine(_ text: UnsafeBufferPointer<UInt8>, _ traits: TextTraits, _ bytes: inout [UInt8]) {
    if isPlainSafe(text, traits) { bytes.append(contentsOf: text) } else { appendQuoted(text, traits, &bytes) }
}

/// Tells whether a plain scalar is read as this very text outside of brackets.
private func isPlainSafe(_ text: UnsafeBufferPointer<UInt8>, _ traits: TextTraits) -> Bool {
    guard traits.isDisjoint(with: [.lineEnd, .control]), !isAmbiguous(text), !beginsLikeSyntax(text) else {
        return false
    }
    if traits.isDisjoint(with: [.colon, .hash, .blank]) { return true }
    let (blank, colon) = (UInt8(ascii: " "), UInt8(ascii: ":"))
    if text[0] == blank || text[text.count - 1] == blank || text[text.count - 1] == colon { return false }
    guard traits.contains(.blank), !traits.isDisjoint(with: [.colon, .hash]) else { return true }
    for index in 1..<text.count
    where text[index] == blank && text[index - 1] == colon
        || text[index] == UInt8(ascii: "#") && text[index - 1] == blank
    {
        return false
    }
    return true
}

/// Tells whether a text begins with a sign that YAML gives a meaning.
private func beginsLikeSyntax(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch text[0] {
    case UInt8(ascii: "-"):
        // A dash that begins a word is text (`--flag`), unless it makes a document's line.
        return text.count == 1 || text[1] == UInt8(ascii: " ")
            || text.count >= 3 && text[1] == UInt8(ascii: "-") && text[2] == UInt8(ascii: "-")
    case UInt8(ascii: "."): return text.starts(with: "...".utf8)
    case UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"),
        UInt8(ascii: "{"),
        UInt8(ascii: "}"), UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"),
        UInt8(ascii: "|"),
        UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "%"), UInt8(ascii: "@"),
        UInt8(ascii: "`"):
        return true
    case 0x80...:
        // A blank that YAML takes for a letter would look like indentation.
        return String(decoding: text.prefix(4), as: UTF8.self).unicodeScalars.first.map(isInvisible) ?? false
    default: return false
    }
}
