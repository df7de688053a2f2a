import Diagnostics

/// The encoding of a text that libyaml may be given: where it starts after a byte order mark, and whether it is all ASCII.
struct Encoding {
    let start: Int
    let isASCII: Bool
}

/// Finds the encoding of a file, or reports the first byte that is not UTF-8 or not allowed in YAML.
///
/// libyaml would read UTF-16 too, but positions are byte offsets into UTF-8, so other encodings are rejected here.
func checkEncoding(_ file: SourceFile, _ text: UnsafeBufferPointer<UInt8>, _ report: inout Report) -> Encoding? {
    let start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
        report.error(
            "not-utf8", "the file is UTF-16", at: SourceRange(file, 0, 2), label: "byte order mark of UTF-16",
            help: ["save the file as UTF-8"])
        return nil
    }
    var isASCII = true
    var offset = start
    while offset < text.count {
        // Most of a text is.
        if let next = EightBytes(UnsafeRawBufferPointer(text), at: offset), next.arePrintable {
            offset += 8
            continue
        }
        let byte = text[offset]
        if byte < 0x80 {
            if byte >= 0x20 && byte != 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09 {
                offset += 1
                continue
            }
            reportControl(UInt32(byte), SourceRange(file, offset, offset + 1), &report)
            return nil
        }
        isASCII = false
        guard let (scalar, length) = decode(text, offset) else {
            report.error(
                "not-utf8", "the file is not UTF-8", at: SourceRange(file, offset, offset + 1),
                label: "invalid byte 0x\(hex(UInt32(byte), 2))", help: ["save the file as UTF-8"])
            return nil
        }
        if scalar < 0xA0 && scalar != 0x85 || scalar == 0xFFFE || scalar == 0xFFFF {
            reportControl(scalar, SourceRange(file, offset, offset + length), &report)
            return nil
        }
        offset += length
    }
    return Encoding(start: start, isASCII: isASCII)
}

/// Decodes the code point at an offset; nil if the bytes there are not UTF-8.
private func decode(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int) -> (UInt32, Int)? {
    let lead = UInt32(text[offset])
    let (length, least): (Int, UInt32)
    switch lead {
    case 0xC2...0xDF: (length, least) = (2, 0x80)
    case 0xE0...0xEF: (length, least) = (3, 0x800)
    case 0xF0...0xF4: (length, least) = (4, 0x10000)
    default: return nil
    }
    guard offset + length <= text.count else { return nil }
    var scalar = lead & (0xFF >> UInt32(length + 1))
    for next in offset + 1..<offset + length {
        guard text[next] & 0xC0 == 0x80 else { return nil }
        scalar = scalar << 6 | UInt32(text[next] & 0x3F)
    }
    guard scalar >= least, scalar <= 0x10FFFF, !(0xD800...0xDFFF).contains(scalar) else { return nil }
    return (scalar, length)
}

/// Reports a character that YAML forbids unescaped.
private func reportControl(_ scalar: UInt32, _ range: SourceRange, _ report: inout Report) {
    report.error(
        "control-character", "the control character U+\(hex(scalar, 4)) is not allowed in YAML", at: range,
        label: "invisible character",
        help: [
            "remove it, or write it as `\\\(scalar <= 0xFF ? "x" + hex(scalar, 2) : "u" + hex(scalar, 4))` in double quotes"
        ])
}

/// Writes a number in upper-case hexadecimal, padded with zeros.
func hex(_ value: UInt32, _ width: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
