/// Moves each pure insertion and deletion, among the places where it reads the same, to where a reader expects it.
func slide(_ edits: [Edit], old: [ArraySlice<UInt8>], new: [ArraySlice<UInt8>]) -> [Edit] {
    var result = edits
    for index in edits.indices {
        let edit = edits[index]
        let before = index > 0 ? result[index - 1] : Edit(old: 0..<0, new: 0..<0)
        let after =
            index + 1 < edits.count
            ? edits[index + 1] : Edit(old: old.count..<old.count, new: new.count..<new.count)
        if edit.old.isEmpty {
            let shift = bestShift(edit.new, in: new, within: before.new.upperBound..<after.new.lowerBound)
            result[index] = edit.shifted(by: shift)
        } else if edit.new.isEmpty {
            let shift = bestShift(edit.old, in: old, within: before.old.upperBound..<after.old.lowerBound)
            result[index] = edit.shifted(by: shift)
        }
    }
    return result
}

extension Edit {
    fileprivate func shifted(by shift: Int) -> Edit {
        Edit(
            old: old.lowerBound + shift..<old.upperBound + shift, new: new.lowerBound + shift..<new.upperBound + shift)
    }
}

/// Finds how far a stretch of lines should move: to begin with the line that is indented least, and then as far down as it goes.
private func bestShift(_ stretch: Range<Int>, in lines: [ArraySlice<UInt8>], within bounds: Range<Int>) -> Int {
    var up = 0
    while stretch.lowerBound - up > bounds.lowerBound,
        lines[stretch.lowerBound - up - 1].elementsEqual(lines[stretch.upperBound - up - 1])
    { up += 1 }
    var best = -up
    var shift = -up
    while true {
        if weight(lines[stretch.lowerBound + shift]) <= weight(lines[stretch.lowerBound + best]) { best = shift }
        guard stretch.upperBound + shift < bounds.upperBound,
            lines[stretch.lowerBound + shift].elementsEqual(lines[stretch.upperBound + shift])
        else { return best }
        shift += 1
    }
}

/// How ill a line serves as the first of a stretch: by its indentation; blank and closing lines serve worst.
private func weight(_ line: ArraySlice<UInt8>) -> Int {
    let indentation = line.prefix { $0 == UInt8(ascii: " ") }.count
    guard let first = line.dropFirst(indentation).first, first != UInt8(ascii: "\n") else { return Int.max }
    let isClosing = first == UInt8(ascii: "}") || first == UInt8(ascii: "]")
    return indentation * 2 + (isClosing ? 1 : 0)
}
