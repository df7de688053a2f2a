import Diagnostics

extension Help {
    /// Help that proposes a change, or one of several.
    package init(_ text: String, _ changes: NodeChange?...) {
        self.init(text, anyOf: changes.map { [$0] })
    }

    /// Help that proposes changes that are made together.
    package init(_ text: String, together changes: [NodeChange?]) {
        self.init(text, anyOf: [changes])
    }

    /// Help that proposes several ways, each of changes that are made together.
    package init(_ text: String, anyOf ways: [[NodeChange?]]) {
        self.init(text) {
            ways.compactMap { changes in
                let edits = changes.compactMap { $0?.edit }
                return edits.isEmpty || edits.count < changes.count ? nil : disjoint(edits)
            }
        }
    }
}

/// Orders edits by place and lets none begin before the one before it ends, as when two neighbors are removed.
private func disjoint(_ edits: [TextEdit]) -> [TextEdit] {
    var ends: [String: Int] = [:]
    return edits.sorted { ($0.range.start, $0.range.end) < ($1.range.start, $1.range.end) }.map { edit in
        let file = edit.range.file
        let start = max(edit.range.start, ends[file.path] ?? 0)
        let range = SourceRange(file, start, max(start, edit.range.end))
        ends[file.path] = range.end
        return TextEdit(range, edit.text)
    }
}
