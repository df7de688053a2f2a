/// A named text with its line starts: what every position refers to.
package final class SourceFile: Sendable {
    /// The path to show, relative where the user gave a relative one.
    package let path: String
    /// The text, in UTF-8.
    package let bytes: [UInt8]
    /// The byte offset at which each line starts.
    package let lineStarts: [Int]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        var starts = [0]
        starts.reserveCapacity(bytes.count / 32)
        bytes.withUnsafeBytes { text in
            var offset = 0
            while offset < text.count {
                if let next = EightBytes(text, at: offset), !next.haveLineEnd {
                    offset += 8
                    continue
                }
                if text[offset] == UInt8(ascii: "\n") { starts.append(offset + 1) }
                offset += 1
            }
        }
        lineStarts = starts
    }

    package convenience init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }

    /// Finds the line and column, both from 1, of a byte offset; columns count characters.
    package func place(of offset: Int) -> (line: Int, column: Int) {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let mid = (low + high) / 2
            if lineStarts[mid] <= offset { low = mid } else { high = mid }
        }
        let end = min(max(offset, lineStarts[low]), bytes.count)
        return (low + 1, String(decoding: bytes[lineStarts[low]..<end], as: UTF8.self).count + 1)
    }

    /// The text of a line, counted from 1, without its line end.
    package func line(_ number: Int) -> String {
        guard lineStarts.indices.contains(number - 1) else { return "" }
        let start = lineStarts[number - 1]
        var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
    }
}
