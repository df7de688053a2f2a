/// A stretch of a file and what comes into its place.
package struct TextEdit: Sendable {
    /// What is replaced; empty where something is added.
    package let range: SourceRange
    package let text: String

    package init(_ range: SourceRange, _ text: String) {
        self.range = range
        self.text = text
    }
}

extension SourceFile {
    /// Makes edits of this file; of those that overlap, later ones keep what earlier ones wrote.
    package func edited(_ edits: [TextEdit]) -> SourceFile {
        var made: [UInt8] = []
        var at = 0
        for edit in edits.sorted(by: { ($0.range.start, $0.range.end) < ($1.range.start, $1.range.end) }) {
            made += bytes[at..<max(at, edit.range.start)]
            made += edit.text.utf8
            at = max(at, edit.range.end)
        }
        return SourceFile(path: path, bytes: made + bytes[at...])
    }
}
