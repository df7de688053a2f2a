/// Reads JSON, with every number as the `Double` that its digits mean: Foundation's reader is off by a unit in the last place.
package struct ExactJSON {
    private let bytes: [UInt8]
    private var next = 0

    /// The value of a text; nil where it is no JSON.
    package static func value(of text: String) -> Any? {
        var reader = ExactJSON(bytes: Array(text.utf8))
        return reader.value()
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func skip() { while next < bytes.count, bytes[next] <= 0x20 { next += 1 } }

    private mutating func take(_ character: Character) -> Bool {
        skip()
        guard next < bytes.count, bytes[next] == character.asciiValue else { return false }
        next += 1
        return true
    }

    private mutating func value() -> Any? {
        skip()
        guard next < bytes.count else { return nil }
        switch bytes[next] {
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return array()
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "n"):
            next += 4
            return "null"
        case UInt8(ascii: "t"), UInt8(ascii: "f"):
            let isTrue = bytes[next] == UInt8(ascii: "t")
            next += isTrue ? 4 : 5
            return isTrue
        default: return number()
        }
    }

    private mutating func object() -> Any? {
        var members: [String: Any] = [:]
        guard take("{") else { return nil }
        while !take("}") {
            skip()
            guard let key = string(), take(":"), let member = value() else { return nil }
            members[key] = member
            _ = take(",")
        }
        return members
    }

    private mutating func array() -> Any? {
        var items: [Any] = []
        guard take("[") else { return nil }
        while !take("]") {
            guard let item = value() else { return nil }
            items.append(item)
            _ = take(",")
        }
        return items
    }

    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        var result: [UInt8] = []
        while next < bytes.count, bytes[next] != UInt8(ascii: "\"") {
            if bytes[next] == UInt8(ascii: "\\") {
                next += 1
                switch bytes[next] {
                case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
                case UInt8(ascii: "t"): result.append(UInt8(ascii: "\t"))
                default: result.append(bytes[next])
                }
            } else {
                result.append(bytes[next])
            }
            next += 1
        }
        next += 1
        return String(decoding: result, as: UTF8.self)
    }

    private mutating func number() -> Any? {
        let start = next
        while next < bytes.count, "+-.eE0123456789".utf8.contains(bytes[next]) { next += 1 }
        return Double(String(decoding: bytes[start..<next], as: UTF8.self))
    }
}
