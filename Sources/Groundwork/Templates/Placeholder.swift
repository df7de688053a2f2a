import Diagnostics
import YAML

/// A dotted path as written, each segment with its place.
struct WrittenPath {
    struct Segment {
        let name: String
        let range: SourceRange
    }

    let text: String
    let segments: [Segment]
    let range: SourceRange

    /// Splits a path at its dots, or gives nil if it is none; `start` is its place in the file, if that is known.
    init?(_ text: String, start: Int?, within whole: SourceRange) {
        var segments: [Segment] = []
        var offset = 0
        for name in text.split(separator: ".", omittingEmptySubsequences: false) {
            guard !name.isEmpty, name.utf8.allSatisfy(\.isInFactName) else { return nil }
            let length = name.utf8.count
            let place = start.map { SourceRange(whole.file, $0 + offset, $0 + offset + length) } ?? whole
            segments.append(Segment(name: String(name), range: place))
            offset += length + 1
        }
        self.text = text
        self.segments = segments
        range = start.map { SourceRange(whole.file, $0, $0 + text.utf8.count) } ?? whole
    }
}

/// A stretch of a scalar: text, or a placeholder as written.
enum WrittenPiece {
    case literal(String)
    /// The text between `${` and `}`, and the place of its first character.
    case placeholder(String, start: Int?)
    /// A `${` without its `}`.
    case unclosed(start: Int?)
}

/// Splits a scalar into text and placeholders; `$${` is the text `${`.
///
/// Escapes and folding make positions in the text differ from those in the file, but the nth `${` of one is the nth of the
/// other.
func splitPlaceholders(_ text: String, _ range: SourceRange) -> [WrittenPiece] {
    guard hasDollar(text) else { return text.isEmpty ? [] : [.literal(text)] }
    let bytes = Array(text.utf8)
    let written = placesOfPlaceholders(range.file.bytes[range.start..<range.end])
    let places = written.count == placesOfPlaceholders(bytes[...]).count ? written : []
    var pieces: [WrittenPiece] = []
    var literal: [UInt8] = []
    var count = 0
    var index = 0
    func flush() {
        if !literal.isEmpty { pieces.append(.literal(String(decoding: literal, as: UTF8.self))) }
        literal = []
    }
    while index < bytes.count {
        if bytes[index...].starts(with: escapedPlaceholder) {
            literal += openPlaceholder
            index += escapedPlaceholder.count
            count += 1
        } else if bytes[index...].starts(with: openPlaceholder) {
            flush()
            let start = places.isEmpty ? nil : places[count] + openPlaceholder.count
            count += 1
            let inner = bytes[(index + openPlaceholder.count)...]
            guard let end = inner.firstIndex(of: UInt8(ascii: "}")) else { return pieces + [.unclosed(start: start)] }
            pieces.append(.placeholder(String(decoding: inner[..<end], as: UTF8.self), start: start))
            index = end + 1
        } else {
            literal.append(bytes[index])
            index += 1
        }
    }
    flush()
    return pieces
}

private let openPlaceholder = Array("${".utf8)
private let escapedPlaceholder = Array("$${".utf8)

/// Whether a text may have a placeholder; most have none.
private func hasDollar(_ text: String) -> Bool {
    let dollar = UInt8(ascii: "$")
    for byte in text.utf8 where byte == dollar { return true }
    return false
}

/// Finds every `${`, also the escaped ones.
private func placesOfPlaceholders(_ bytes: ArraySlice<UInt8>) -> [Int] {
    bytes.indices.dropLast().filter { bytes[$0] == UInt8(ascii: "$") && bytes[$0 + 1] == UInt8(ascii: "{") }
}

extension UInt8 {
    /// Whether the byte may be in the name of a fact or variable.
    fileprivate var isInFactName: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension Node {
    /// Where the scalar's text starts in the file, if it is there unchanged.
    var textStart: Int? {
        guard let scalar else { return nil }
        let text = Array(scalar.text.utf8)
        let start = range.start + (scalar.style == .plain ? 0 : 1)
        guard start + text.count <= range.end, Array(range.file.bytes[start..<(start + text.count)]) == text else {
            return nil
        }
        return start
    }
}
