/// A line of a unified diff, without its line end.
package struct DiffLine: Sendable, Equatable {
    package enum Kind: Sendable {
        /// What precedes the hunks: the files.
        case header
        /// The place of a hunk.
        case hunk
        case context, added, removed
        /// A remark on the line before.
        case remark
    }

    package let kind: Kind
    /// The text with its first column, `+`, `-` or a blank where the kind has one.
    package let bytes: [UInt8]

    init(_ kind: Kind, _ bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }

    init(_ kind: Kind, _ text: String) { self.init(kind, Array(text.utf8)) }
}

/// Writes the lines of a diff as text, in Git's colors if requested.
package func print(_ lines: [DiffLine], inColor: Bool) -> [UInt8] {
    var text: [UInt8] = []
    for line in lines {
        let color = inColor ? line.kind.color : ""
        if !color.isEmpty { text += "\u{1b}[\(color)m".utf8 }
        text += line.bytes
        if !color.isEmpty { text += "\u{1b}[m".utf8 }
        text.append(UInt8(ascii: "\n"))
    }
    return text
}

extension DiffLine.Kind {
    /// The number of the terminal's color; empty for the usual one.
    fileprivate var color: String {
        switch self {
        case .header: "1"
        case .hunk: "36"
        case .added: "32"
        case .removed: "31"
        case .context, .remark: ""
        }
    }
}
