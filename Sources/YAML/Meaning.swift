/// What a plain scalar is resolved to.
package enum Meaning: Sendable, Equatable {
    case null, boolean(Bool), integer(Int), number(Double), string
}

extension Meaning {
    /// Resolves a plain scalar as Kubernetes' parser does (sigs.k8s.io/yaml over its go-yaml v2).
    ///
    /// That is YAML 1.1 with these differences: `y` and `n` are booleans too; `0o17` is an octal number beside `017`; a float
    /// needs no dot (`1e3`) and its exponent no sign; `1:30` and timestamps are strings. An integer beyond `Int` is a number.
    package init(plain text: String) {
        var text = text
        self = text.withUTF8 { Meaning(bytes: $0) }
    }

    /// Resolves the bytes of a plain scalar.
    init(bytes: UnsafeBufferPointer<UInt8>) {
        guard let first = bytes.first else {
            self = .null
            return
        }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            self = resolveNumber(bytes)
        case UInt8(ascii: "~"):
            self = bytes.count == 1 ? .null : .string
        case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"),
            UInt8(ascii: "T"),
            UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "o"), UInt8(ascii: "O"):
            self = bytes.count <= 5 ? resolveWord(String(decoding: bytes, as: UTF8.self)) : .string
        default:
            self = .string
        }
    }
}

/// Resolves the words of YAML 1.1; they have three spellings each, so `yES` is a string.
private func resolveWord(_ text: String) -> Meaning {
    switch text {
    case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": .boolean(true)
    case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": .boolean(false)
    case "null", "Null", "NULL": .null
    default: .string
    }
}

/// Resolves what begins with a digit, a sign or a dot.
private func resolveNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Meaning {
    // The longest numbers are written out doubles; go-yaml sets no bound, but longer texts are no numbers anyone writes.
    guard bytes.count <= 400 else { return .string }
    switch String(decoding: bytes.prefix(6), as: UTF8.self) {
    case ".nan", ".NaN", ".NAN": return .number(.nan)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .number(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .number(-.infinity)
    default: break
    }
    // go-yaml drops underscores before it reads a number, except after a leading dot.
    if bytes.first == UInt8(ascii: "."), bytes.contains(UInt8(ascii: "_")) { return .string }
    let digits = bytes.filter { $0 != UInt8(ascii: "_") }
    if let integer = resolveInteger(digits) { return integer }
    guard isFloat(digits), let value = Double(String(decoding: digits, as: UTF8.self)), value.isFinite else {
        return .string
    }
    return .number(value)
}

/// Reads an integer with an optional sign and base prefix; a leading `0` means octal.
private func resolveInteger(_ bytes: [UInt8]) -> Meaning? {
    let isNegative = bytes.first == UInt8(ascii: "-")
    var rest = bytes[...]
    if isNegative || bytes.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard let first = rest.first else { return nil }
    var radix = 10
    if first == UInt8(ascii: "0"), rest.count > 1 {
        switch rest[rest.startIndex + 1] | 0x20 {
        case UInt8(ascii: "x"): (radix, rest) = (16, rest.dropFirst(2))
        case UInt8(ascii: "o"): (radix, rest) = (8, rest.dropFirst(2))
        case UInt8(ascii: "b"): (radix, rest) = (2, rest.dropFirst(2))
        default: (radix, rest) = (8, rest.dropFirst())
        }
    }
    guard let digit = rest.first, digit != UInt8(ascii: "+"), digit != UInt8(ascii: "-") else { return nil }
    let digits = String(decoding: rest, as: UTF8.self)
    if let value = Int((isNegative ? "-" : "") + digits, radix: radix) { return .integer(value) }
    if !isNegative, let value = UInt64(digits, radix: radix) { return .number(Double(value)) }
    return nil
}

/// Tells whether a text is `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
private func isFloat(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    func isSign(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") }
    func takeDigits() -> Int {
        let digits = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }
        rest = rest.dropFirst(digits.count)
        return digits.count
    }
    if isSign(rest.first) { rest = rest.dropFirst() }
    let whole = takeDigits()
    if rest.first == UInt8(ascii: ".") {
        rest = rest.dropFirst()
        if takeDigits() == 0, whole == 0 { return false }
    } else if whole == 0 {
        return false
    }
    guard let exponent = rest.first else { return true }
    guard exponent | 0x20 == UInt8(ascii: "e") else { return false }
    rest = rest.dropFirst()
    if isSign(rest.first) { rest = rest.dropFirst() }
    return takeDigits() > 0 && rest.isEmpty
}
