import Diagnostics
import Groundwork
import YAML

/// A change of a file that fixes a finding and keeps the intended meaning.
package struct Correction: Sendable {
    /// The rule of the finding.
    let code: String
    /// The place of the finding.
    let place: SourceRange
    let edits: [TextEdit]

    /// Whether it fixes one of these findings.
    func isOf(_ found: [Diagnostic]) -> Bool {
        found.contains { $0.code == code && $0.range?.start == place.start && $0.range?.file.path == place.file.path }
    }
}

extension TextEdit {
    /// Tells whether two edits conflict; different insertions at one place do not.
    fileprivate func collides(with other: TextEdit) -> Bool {
        let (left, right) = (range, other.range)
        if left.start == left.end, right.start == right.end {
            return left.start == right.start && text == other.text
        }
        return left.start < right.end && right.start < left.end || left.start == right.start
    }
}

/// Applies all corrections to the bytes of their files; of two that overlap, only the first is applied.
package func apply(_ corrections: [Correction]) -> [(file: SourceFile, bytes: [UInt8])] {
    var order: [String] = []
    var files: [String: (file: SourceFile, edits: [TextEdit])] = [:]
    for correction in corrections {
        let isFree = correction.edits.allSatisfy { edit in
            !(files[edit.range.file.path]?.edits.contains { $0.collides(with: edit) } ?? false)
        }
        guard isFree else { continue }
        for edit in correction.edits {
            let file = edit.range.file
            if files[file.path] == nil { order.append(file.path) }
            files[file.path, default: (file, [])].edits.append(edit)
        }
    }
    return order.sorted().compactMap { files[$0] }.map { file, edits in
        (file, file.edited(edits).bytes)
    }
}

extension ManifestValue {
    /// The edit that quotes a scalar.
    var quoting: TextEdit? {
        guard let text, case .node(let node) = storage, node.scalar?.style == .plain, node.isAsWritten else {
            return nil
        }
        return TextEdit(node.range, JSON.string(text).line)
    }

    /// The edit that removes the line of a key of this mapping; nil if the line has other content.
    func removing(_ key: String) -> TextEdit? {
        guard let own = entries?.filter(isWrittenHere), own.count > 1, let entry = own.first(where: { $0.key == key })
        else { return nil }
        let file = entry.keyPlace.file
        let line = entry.keyPlace.line
        let start = file.lineStarts[line - 1]
        let end = line < file.lineStarts.count ? file.lineStarts[line] : file.bytes.count
        let before = file.bytes[start..<entry.keyPlace.start]
        let after = file.bytes[min(max(entry.value.place.end, start), end)..<end].filter {
            $0 != 0x20 && $0 != 0x0A && $0 != 0x0D
        }
        guard entry.value.place.file === file, before.allSatisfy({ $0 == 0x20 }), entry.value.place.end <= end,
            after.isEmpty || after.first == UInt8(ascii: "#")
        else {
            return nil
        }
        return TextEdit(SourceRange(file, start, end), "")
    }

    /// Whether an entry of this mapping is written in it, and was not added by a patch.
    func isWrittenHere(_ entry: Entry) -> Bool {
        place.file === entry.keyPlace.file && place.start <= entry.keyPlace.start && entry.keyPlace.end <= place.end
    }
}

extension Node {
    /// Whether a plain scalar is unchanged from the file, and was not changed by a kustomization.
    fileprivate var isAsWritten: Bool {
        guard let scalar else { return false }
        return range.file.bytes[range.start..<range.end].elementsEqual(scalar.text.utf8)
    }
}
