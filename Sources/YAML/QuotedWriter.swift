import Diagnostics

/// Appends a text in quotes: double ones, but single ones where only those need no escape.
func appendQuoted(_ text: UnsafeBufferPointer<UInt8>, _ traits: TextTraits, _ bytes: inout [UInt8]) {
    if traits.contains(.escapable), traits.isDisjoint(with: [.singleQuote, .lineEnd, .control]) {
        bytes.append(UInt8(ascii: "'"))
        bytes.append(contentsOf: text)
        bytes.append(UInt8(ascii: "'"))
        return
    }
    bytes.append(UInt8(ascii: "\""))
    if traits.isDisjoint(with: [.escapable, .lineEnd, .control]) {
        bytes.append(contentsOf: text)
    } else {
        appendEscaped(text, &bytes)
    }
    bytes.append(UInt8(ascii: "\""))
}

/// Appends a text with the escapes of double quotes; never surrogates, which go-yaml rejects.
private func appendEscaped(_ text: UnsafeBufferPointer<UInt8>, _ bytes: inout [UInt8]) {
    var offset = 0
    while offset < text.count {
        let byte = text[offset]
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
        case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
        case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
        case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
        case 0..<0x20, 0x7F: bytes.append(contentsOf: ("\\x" + hex(UInt32(byte), 2)).utf8)
        case 0x80...:
            switch mustEscape(text, offset - 1) {
            case 2:
                bytes.append(contentsOf: ("\\x" + hex(UInt32(text[offset]), 2)).utf8)
                offset += 1
            case 3:
                let scalar =
                    UInt32(byte & 0x0F) << 12 | UInt32(text[offset] & 0x3F) << 6 | UInt32(text[offset + 1] & 0x3F)
                bytes.append(contentsOf: ("\\u" + hex(scalar, 4)).utf8)
                offset += 2
            default: bytes.append(byte)
            }
        default: bytes.append(byte)
        }
    }
}

/// Tells whether a text of several lines can be a literal block without an indentation sign.
///
/// The first line must show the indentation, and no line may consist of blanks alone: editors remove those.
func isBlockSafe(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let lineEnd = UInt8(ascii: "\n")
    guard let first = text.first, first != UInt8(ascii: " "), first != lineEnd else { return false }
    var isBlankLine = true
    for index in text.indices {
        switch text[index] {
        case lineEnd:
            if isBlankLine, text[index - 1] != lineEnd { return false }
            isBlankLine = true
        case UInt8(ascii: " "): continue
        default: isBlankLine = false
        }
    }
    return !isBlankLine || text[text.count - 1] == lineEnd
}

/// Appends a text as a literal block whose lines begin in a column, without the last line end.
func appendBlock(_ text: UnsafeBufferPointer<UInt8>, _ bytes: inout [UInt8], _ column: Int) {
    let lineEnd = UInt8(ascii: "\n")
    var end = text.count
    while text[end - 1] == lineEnd { end -= 1 }
    switch text.count - end {
    case 0: bytes.append(contentsOf: "|-".utf8)
    case 1: bytes.append(contentsOf: "|".utf8)
    default: bytes.append(contentsOf: "|+".utf8)
    }
    for line in text[..<end].split(separator: lineEnd, omittingEmptySubsequences: false) {
        bytes.append(lineEnd)
        if line.isEmpty { continue }
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: column))
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: line))
    }
    bytes.append(contentsOf: repeatElement(lineEnd, count: max(0, text.count - end - 1)))
}
