/// A half-open stretch of a file, in UTF-8 byte offsets.
package struct SourceRange: Sendable {
    package let file: SourceFile
    package let start: Int
    package let end: Int

    package init(_ file: SourceFile, _ start: Int, _ end: Int) {
        self.file = file
        self.start = start
        self.end = max(start, end)
    }

    /// The first line, from 1.
    package var line: Int { file.place(of: start).line }

    /// The place as `path:line:column`.
    package var description: String {
        let place = file.place(of: start)
        return "\(file.path):\(place.line):\(place.column)"
    }
}
