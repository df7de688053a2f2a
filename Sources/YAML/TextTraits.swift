/// What a text contains that decides how it may be written, found in one pass.
struct TextTraits: OptionSet {
    let rawValue: UInt8

    static let colon = TextTraits(rawValue: 1)
    static let hash = TextTraits(rawValue: 2)
    static let blank = TextTraits(rawValue: 4)
    static let lineEnd = TextTraits(rawValue: 8)
    /// A double quote or a backslash.
    static let escapable = TextTraits(rawValue: 16)
    static let singleQuote = TextTraits(rawValue: 32)
    /// A character that must be escaped: a control character other than a line end, or one that some parser takes for a break.
    static let control = TextTraits(rawValue: 64)
    /// A sign that ends a plain scalar between brackets.
    static let bracket = TextTraits(rawValue: 128)
    static let none: TextTraits = []

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ text: UnsafeBufferPointer<UInt8>) {
        var bits: UInt8 = 0
        var isASCII = true
        for byte in text {
            bits |= Self.bits(byte)
            if byte >= 0x80 { isASCII = false }
        }
        if !isASCII, text.indices.contains(where: { mustEscape(text, $0) > 0 }) { bits |= Self.control.rawValue }
        self.init(rawValue: bits)
    }

    /// The traits of one byte; the compiler makes a table of it.
    private static func bits(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: ":"): colon.rawValue
        case UInt8(ascii: "#"): hash.rawValue
        case UInt8(ascii: " "): blank.rawValue
        case UInt8(ascii: "\n"): lineEnd.rawValue
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): escapable.rawValue
        case UInt8(ascii: "'"): singleQuote.rawValue
        case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
            bracket.rawValue
        case 0..<0x20, 0x7F: control.rawValue
        default: 0
        }
    }
}

/// Counts the bytes of the character at an offset, if it must be escaped though it is not ASCII; else 0.
///
/// Parsers break on C1 with NEL, the line and paragraph separators, the byte order mark, U+FFFE and U+FFFF. Readers are
/// misled by the soft hyphen, the zero-width space and the signs that turn the direction of text.
func mustEscape(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int {
    switch text[offset] {
    case 0xC2: return text[offset + 1] < 0xA0 || text[offset + 1] == 0xAD ? 2 : 0
    case 0xE2:
        switch (text[offset + 1], text[offset + 2]) {
        case (0x80, 0x8B), (0x80, 0x8E...0x8F), (0x80, 0xA8...0xAE), (0x81, 0xA0...0xAF): return 3
        default: return 0
        }
    case 0xEF:
        switch (text[offset + 1], text[offset + 2]) {
        case (0xBB, 0xBF), (0xBF, 0xBE...0xBF): return 3
        default: return 0
        }
    default: return 0
    }
}

/// Tells whether a character looks like a blank, or like nothing, and is none to YAML.
func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x80 && (scalar.properties.isWhitespace || scalar.properties.generalCategory == .format)
}

/// Tells whether a parser of YAML 1.1, YAML 1.2 or go-yaml could read a plain scalar as something else than text.
///
/// It runs for every plain text, so the first byte decides in most cases. It may be true too often, never too seldom.
func isAmbiguous(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first else { return true }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
        return isNumberLike(text) || Meaning(bytes: text) != .string
    case UInt8(ascii: "~"), UInt8(ascii: "="): return text.count == 1
    case UInt8(ascii: "<"): return text.count == 2 && text[1] == UInt8(ascii: "<")
    default:
        guard text.count <= 5 else { return false }
        switch first | 0x20 {
        case UInt8(ascii: "y"), UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "o"):
            let word = String(decoding: text.map { $0 | 0x20 }, as: UTF8.self)
            return ["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(word)
        default: return false
        }
    }
}

/// Tells whether a text is made of what numbers, times and dates are made of, and could be one: `1:30`, `2026-01-01`, `0x1F`.
private func isNumberLike(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var dots = 0
    var isDecimal = true
    var isHexadecimal = true
    for byte in text {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "e"),
            UInt8(ascii: "E"):
            continue
        case UInt8(ascii: "."): dots += 1
        case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "T"), UInt8(ascii: "t"),
            UInt8(ascii: "Z"),
            UInt8(ascii: "z"):
            isHexadecimal = false
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "x"),
            UInt8(ascii: "X"),
            UInt8(ascii: "o"), UInt8(ascii: "O"):
            isDecimal = false
        default: return false
        }
    }
    if isDecimal { return dots < 2 }
    guard isHexadecimal, dots == 0, let zero = text.firstIndex(of: UInt8(ascii: "0")), zero <= 1, zero + 1 < text.count
    else {
        return false
    }
    return [UInt8(ascii: "x"), UInt8(ascii: "o"), UInt8(ascii: "b")].contains(text[zero + 1] | 0x20)
}
