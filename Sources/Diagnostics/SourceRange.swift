/// A half-open stretch of a file, in UTF-8 byte offsets.
package struct SourceRange: Sendable {
    package let file: SourceFile
    // Every node has one, and no file has 2 GiB.
    private let first: Int32
    private let last: Int32

    package var start: Int { Int(first) }
    package var end: Int { Int(last) }

    package init(_ file: SourceFile, _ start: Int, _ end: Int) {
        self.file = file
        first = Int32(clamping: start)
        last = Int32(clamping: max(start, end))
    }

    /// The first line, from 1.
    package var line: Int { file.place(of: start).line }

    /// Where it begins, in which file.
    package var beginning: SourcePlace { SourcePlace(path: file.path, offset: start) }

    /// Whether another range is in this one.
    package func contains(_ other: SourceRange) -> Bool {
        file === other.file && first <= other.first && other.last <= last
    }

    /// The place as `path:line:column`.
    package var description: String {
        let place = file.place(of: start)
        return "\(file.path):\(place.line):\(place.column)"
    }
}

/// A place in one of several files.
package struct SourcePlace: Hashable, Comparable, Sendable {
    let path: String
    let offset: Int

    package static func < (left: SourcePlace, right: SourcePlace) -> Bool {
        left.path == right.path ? left.offset < right.offset : left.path.utf8.lexicographicallyPrecedes(right.path.utf8)
    }
}
