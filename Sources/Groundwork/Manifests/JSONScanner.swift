/// A reader of the JSON that locks and plans consist of: objects, strings and whole numbers.
struct JSONScanner {
    private let bytes: [UInt8]
    private(set) var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads an object, handing each key to the body, which reads the value.
    ///
    /// A key must be unique.
    mutating func object(
        _ body: (inout JSONScanner, String) throws(LockProblem) -> Void
    ) throws(LockProblem) {
        try take("{")
        if skip("}") { return }
        var seen: Set<String> = []
        repeat {
            let key = try string()
            guard seen.insert(key).inserted else { throw .malformed(offset: offset, expected: "each key once") }
            try take(":")
            try body(&self, key)
        } while skip(",")
        try take("}")
    }

    /// Reads a whole number that is not negative.
    mutating func integer() throws(LockProblem) -> Int {
        skipBlanks()
        let start = offset
        while offset < bytes.count, (0x30...0x39).contains(bytes[offset]) { offset += 1 }
        guard let value = Int(String(decoding: bytes[start..<offset], as: UTF8.self)) else {
            throw .malformed(offset: start, expected: "a number")
        }
        return value
    }

    /// Reads a string.
    mutating func string() throws(LockProblem) -> String {
        try take("\"")
        let start = offset
        while offset < bytes.count, bytes[offset] != 0x22, bytes[offset] != 0x5C, bytes[offset] >= 0x20 { offset += 1 }
        var text = Array(bytes[start..<offset])
        while offset < bytes.count, bytes[offset] != 0x22 {
            guard bytes[offset] >= 0x20 else { throw .malformed(offset: offset, expected: "the end of the string") }
            text += bytes[offset] == 0x5C ? try escape() : [bytes[offset]]
            offset += 1
        }
        try take("\"")
        guard let result = String(validating: text, as: UTF8.self) else {
            throw .malformed(offset: start, expected: "UTF-8")
        }
        return result
    }

    /// Reads an escape, leaving the offset on its last byte.
    ///
    /// Surrogate pairs are not needed and not read.
    private mutating func escape() throws(LockProblem) -> [UInt8] {
        let plain: [UInt8: UInt8] = [
            0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x6E: 0x0A, 0x74: 0x09, 0x72: 0x0D, 0x62: 8, 0x66: 12,
        ]
        let start = offset
        offset += 1
        guard offset < bytes.count else { throw .malformed(offset: start, expected: "an escape") }
        if let byte = plain[bytes[offset]] { return [byte] }
        let digits = bytes[min(offset + 1, bytes.count)..<min(offset + 5, bytes.count)]
        guard bytes[offset] == 0x75, digits.count == 4,
            let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16), let scalar = Unicode.Scalar(code)
        else { throw .malformed(offset: start, expected: "an escape") }
        offset += 4
        return Array(String(Character(scalar)).utf8)
    }

    /// Reads the end of the text.
    mutating func end() throws(LockProblem) {
        skipBlanks()
        if offset < bytes.count { throw .malformed(offset: offset, expected: "the end of the file") }
    }

    /// Reads a mark.
    mutating func take(_ character: Unicode.Scalar) throws(LockProblem) {
        guard skip(character) else { throw .malformed(offset: offset, expected: "`\(character)`") }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func skipBlanks() {
        while offset < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[offset]) { offset += 1 }
    }
}
