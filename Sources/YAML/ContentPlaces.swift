import Diagnostics

extension Node {
    /// Finds the stretch of the file that holds some bytes of a scalar's text; the whole scalar where that cannot be told.
    package func range(ofContent extent: Range<Int>) -> SourceRange {
        guard let scalar, let places = contentPlaces(scalar), let last = places.last else { return range }
        guard extent.lowerBound < places.count else { return SourceRange(range.file, last + 1, last + 1) }
        let start = places[extent.lowerBound]
        let end = extent.isEmpty ? start : places[min(extent.upperBound, places.count) - 1] + 1
        return SourceRange(range.file, start, max(start, end))
    }

    /// Gives the place in the file of each byte of a scalar's text; nil where text and file do not go together.
    func contentPlaces(_ scalar: Scalar) -> [Int]? {
        let source = range.file.bytes
        let isBlock = scalar.style == .literal || scalar.style == .folded
        var at = range.start
        var indent = 0
        if isBlock {
            while at < range.end, source[at] != UInt8(ascii: "\n") { at += 1 }
            var first = at
            while first < range.end, source[first] == UInt8(ascii: "\n") || source[first] == UInt8(ascii: " ") {
                first += 1
            }
            var line = first
            while line > 0, source[line - 1] != UInt8(ascii: "\n") { line -= 1 }
            indent = first - line
            at = min(at + 1, source.count)
            at = skipBlanks(at, atMost: indent)
        } else if scalar.style != .plain {
            at += 1
        }
        var places: [Int] = []
        places.reserveCapacity(scalar.text.utf8.count)
        for byte in scalar.text.utf8 {
            while true {
                // What a block scalar ends with may lie beyond its trimmed end.
                guard at < source.count, at <= range.end else { return isBlock ? places : nil }
                let here = source[at]
                let isBreak = here == UInt8(ascii: "\n")
                if here == byte || (isBreak && byte == UInt8(ascii: " ")) { break }
                guard
                    isBreak || here == UInt8(ascii: " ") || here == UInt8(ascii: "\r") || here == UInt8(ascii: "\\")
                        || here == UInt8(ascii: "'")
                else { return nil }
                at = isBreak ? skipBlanks(at + 1, atMost: isBlock ? indent : .max) : at + 1
            }
            places.append(at)
            let isBreak = source[at] == UInt8(ascii: "\n")
            at += 1
            if isBreak { at = skipBlanks(at, atMost: isBlock ? indent : .max) }
            if byte == UInt8(ascii: "'"), scalar.style == .singleQuoted { at += 1 }
        }
        return places
    }

    private func skipBlanks(_ start: Int, atMost count: Int) -> Int {
        var at = start
        while at < range.file.bytes.count, at - start < count, range.file.bytes[at] == UInt8(ascii: " ") { at += 1 }
        return at
    }
}
