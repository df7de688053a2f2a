/// Appends a number in the shortest notation that reads back the same, never with an exponent: `0.0001`, `3`, `0.7`.
///
/// Numbers that are not finite are written as YAML does: `.inf`, `-.inf`, `.nan`.
package func appendNumber(_ value: Double, to bytes: inout [UInt8]) {
    guard value.isFinite else {
        bytes.append(contentsOf: (value.isNaN ? ".nan" : value < 0 ? "-.inf" : ".inf").utf8)
        return
    }
    // Swift's own text has the fewest digits; only its exponent has to be written out.
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    var text = value.magnitude.description.utf8[...]
    while let byte = text.popFirst() {
        switch byte {
        case UInt8(ascii: "."): point = digits.count
        case UInt8(ascii: "e"):
            exponent = Int(Substring(text)) ?? 0
            text = text.dropFirst(text.count)
        default: digits.append(byte)
        }
    }
    let whole = (point ?? digits.count) + exponent
    while digits.count > max(whole, 0), digits.last == UInt8(ascii: "0") { digits.removeLast() }
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let zero = UInt8(ascii: "0")
    if whole <= 0 {
        if digits.allSatisfy({ $0 == zero }) {
            bytes.append(zero)
            return
        }
        bytes.append(contentsOf: [zero, UInt8(ascii: ".")])
        bytes.append(contentsOf: repeatElement(zero, count: -whole))
        bytes.append(contentsOf: digits)
        return
    }
    bytes.append(contentsOf: digits.prefix(whole))
    bytes.append(contentsOf: repeatElement(zero, count: max(0, whole - digits.count)))
    if digits.count > whole {
        bytes.append(UInt8(ascii: "."))
        bytes.append(contentsOf: digits[whole...])
    }
}

/// Writes a number in the shortest notation without an exponent.
package func fixedNotation(_ value: Double) -> String {
    var bytes: [UInt8] = []
    appendNumber(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}
