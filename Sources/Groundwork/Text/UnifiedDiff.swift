/// The number of unchanged lines around a change.
private let contextLines = 3

/// Shows how a file changes, in git's form.
///
/// Nil means no file. Empty when nothing changes.
package func unifiedDiff(old: [UInt8]?, new: [UInt8]?, path: String) -> [DiffLine] {
    if old == new { return [] }
    var lines = header(old: old, new: new, path: path)
    let (oldBytes, newBytes) = (old ?? [], new ?? [])
    if isBinary(oldBytes) || isBinary(newBytes) {
        let names = (old == nil ? "/dev/null" : quoted("a/" + path), new == nil ? "/dev/null" : quoted("b/" + path))
        return lines + [DiffLine(.remark, "Binary files \(names.0) and \(names.1) differ")]
    }
    if oldBytes.isEmpty, newBytes.isEmpty { return lines }
    // Where a name ends is clear by the tab, even if it has blanks.
    let end = path.utf8.contains(UInt8(ascii: " ")) ? "\t" : ""
    lines.append(DiffLine(.header, "--- " + (old == nil ? "/dev/null" : quoted("a/" + path) + end)))
    lines.append(DiffLine(.header, "+++ " + (new == nil ? "/dev/null" : quoted("b/" + path) + end)))
    let (oldLines, newLines) = (splitLines(oldBytes), splitLines(newBytes))
    let edits = slide(lineEdits(oldLines, newLines), old: oldLines, new: newLines)
    for hunk in hunks(edits) { append(hunk, oldLines, newLines, to: &lines) }
    return lines
}

/// The lines that name the file.
private func header(old: [UInt8]?, new: [UInt8]?, path: String) -> [DiffLine] {
    var lines = [DiffLine(.header, "diff --git \(quoted("a/" + path)) \(quoted("b/" + path))")]
    if old == nil { lines.append(DiffLine(.header, "new file mode 100644")) }
    if new == nil { lines.append(DiffLine(.header, "deleted file mode 100644")) }
    return lines
}

/// Whether a file is no text, by git's rule: a zero byte near the start.
private func isBinary(_ bytes: [UInt8]) -> Bool { bytes.prefix(8000).contains(0) }

/// Quotes a name as git does, where it has a quote in it.
private func quoted(_ name: String) -> String {
    guard name.utf8.contains(UInt8(ascii: "\"")) else { return name }
    return "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"") + "\""
}

/// Splits a text into lines that keep their line ends.
func splitLines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
        lines.append(bytes[start..<end])
        start = end
    }
    return lines
}

/// Finds the edits between two texts.
private func lineEdits(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Edit] {
    var start = 0
    while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
    var tail = 0
    while tail < old.count - start, tail < new.count - start, old[old.count - 1 - tail] == new[new.count - 1 - tail] {
        tail += 1
    }
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    func number(_ line: ArraySlice<UInt8>) -> Int {
        if let known = numbers[line] { return known }
        numbers[line] = numbers.count
        return numbers.count - 1
    }
    let oldNumbers = old[start..<old.count - tail].map(number)
    let newNumbers = new[start..<new.count - tail].map(number)
    return edits(from: oldNumbers, to: newNumbers).map { edit in
        Edit(
            old: edit.old.lowerBound + start..<edit.old.upperBound + start,
            new: edit.new.lowerBound + start..<edit.new.upperBound + start)
    }
}

/// Groups edits whose contexts touch.
private func hunks(_ edits: [Edit]) -> [ArraySlice<Edit>] {
    var groups: [ArraySlice<Edit>] = []
    var start = 0
    for index in edits.indices {
        let isLast = index + 1 == edits.count
        if isLast || edits[index + 1].old.lowerBound - edits[index].old.upperBound > 2 * contextLines {
            groups.append(edits[start...index])
            start = index + 1
        }
    }
    return groups
}

/// Appends the lines of a hunk.
private func append(
    _ hunk: ArraySlice<Edit>, _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>], to lines: inout [DiffLine]
) {
    guard let first = hunk.first, let last = hunk.last else { return }
    let lead = min(contextLines, first.old.lowerBound)
    let trail = min(contextLines, old.count - last.old.upperBound)
    let oldRange = first.old.lowerBound - lead..<last.old.upperBound + trail
    let newRange = first.new.lowerBound - lead..<last.new.upperBound + trail
    lines.append(DiffLine(.hunk, "@@ -\(place(oldRange)) +\(place(newRange)) @@"))
    var position = oldRange.lowerBound
    for edit in hunk {
        for line in old[position..<edit.old.lowerBound] { append(line, .context, " ", to: &lines) }
        for line in old[edit.old] { append(line, .removed, "-", to: &lines) }
        for line in new[edit.new] { append(line, .added, "+", to: &lines) }
        position = edit.old.upperBound
    }
    for line in old[position..<oldRange.upperBound] { append(line, .context, " ", to: &lines) }
}

/// Appends a line, and says so if it has no line end.
private func append(
    _ line: ArraySlice<UInt8>, _ kind: DiffLine.Kind, _ mark: Unicode.Scalar, to lines: inout [DiffLine]
) {
    let isComplete = line.last == UInt8(ascii: "\n")
    lines.append(DiffLine(kind, [UInt8(ascii: mark)] + (isComplete ? line.dropLast() : line)))
    if !isComplete { lines.append(DiffLine(.remark, "\\ No newline at end of file")) }
}

/// Writes a range of lines: the first, from 1, and the number of them if it is not 1.
///
/// An empty range names the line before it.
private func place(_ range: Range<Int>) -> String {
    switch range.count {
    case 0: "\(range.lowerBound),0"
    case 1: "\(range.lowerBound + 1)"
    default: "\(range.lowerBound + 1),\(range.count)"
    }
}
