import Diagnostics

/// A regular expression over ASCII that always matches from the first byte to the last.
///
/// One text serves the reader and the JSON Schema, so both accept the same. It knows literals, `\`, `.`, classes such as
/// `[a-z0-9_-]`, groups, `|`, `?`, `*`, `+` and `{m,n}`.
package struct Pattern: Sendable {
    /// The expression without anchors.
    package let body: String
    private let root: PatternGroup

    package init(_ body: String) {
        self.body = body
        var parser = PatternParser(Array(body.utf8))
        root = parser.group()
    }

    /// The expression for JSON Schema, anchored.
    package var source: String { body.contains("|") ? "^(?:\(body))$" : "^\(body)$" }

    /// Whether the whole text matches.
    package func matches(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return root.match(bytes, 0) { $0 == bytes.count }
    }
}

/// Alternatives, each a row of terms.
struct PatternGroup: Sendable {
    var alternatives: [[PatternTerm]] = [[]]

    /// Tries every way to match from `start`, and hands each end to `next` until one is accepted.
    func match(_ bytes: [UInt8], _ start: Int, _ next: (Int) -> Bool) -> Bool {
        alternatives.contains { PatternTerm.matchRow($0[...], bytes, start, next) }
    }
}

/// One element of a row and how often it may occur there.
struct PatternTerm: Sendable {
    indirect enum Element: Sendable {
        case bytes(ByteClass)
        case group(PatternGroup)
    }

    let element: Element
    var least = 1
    var most = 1

    static func matchRow(
        _ row: ArraySlice<PatternTerm>, _ bytes: [UInt8], _ start: Int, _ next: (Int) -> Bool
    ) -> Bool {
        guard let term = row.first else { return next(start) }
        return term.match(bytes, start, count: 0) { matchRow(row.dropFirst(), bytes, $0, next) }
    }

    private func match(_ bytes: [UInt8], _ start: Int, count: Int, _ next: (Int) -> Bool) -> Bool {
        switch element {
        case .bytes(let allowed):
            var end = start
            while end < bytes.count, end - start < most, allowed.contains(bytes[end]) { end += 1 }
            // Greedy, then giving back: the same order as every other engine.
            while end - start >= least {
                if next(end) { return true }
                end -= 1
            }
            return false
        case .group(let group):
            if count < most {
                let again = group.match(bytes, start) { end in
                    end > start && match(bytes, end, count: count + 1, next)
                }
                if again { return true }
            }
            return count >= least && next(start)
        }
    }
}

/// A set of bytes.
struct ByteClass: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << UInt64(byte) } else if byte < 128 { high |= 1 << UInt64(byte - 64) }
    }

    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return low & (1 << UInt64(byte)) != 0 }
        return byte < 128 && high & (1 << UInt64(byte - 64)) != 0
    }
}
