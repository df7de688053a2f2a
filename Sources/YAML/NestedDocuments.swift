import Diagnostics

extension Node {
    /// The YAML that a scalar's text is, each value at its place in the file; nil where the text makes none.
    package var documents: [Node]? {
        guard let scalar else { return nil }
        var report = Report()
        let text = SourceFile(path: range.file.path, text: scalar.text)
        guard let nodes = readYAML(text, &report, merging: true), !report.hasErrors else { return nil }
        // Between double quotes nothing can be written as elsewhere.
        let places = scalar.style == .doubleQuoted ? nil : contentPlaces(scalar)
        return nodes.map { $0.moved(into: range, places) }
    }

    /// The same node in the file that holds its text; in the place of the whole where its bytes cannot be told.
    private func moved(into whole: SourceRange, _ places: [Int]?) -> Node {
        func moved(_ range: SourceRange) -> SourceRange {
            guard let places, let last = places.last else { return whole }
            let start = range.start < places.count ? places[range.start] : last + 1
            let end = range.end > range.start && range.end <= places.count ? places[range.end - 1] + 1 : start
            return SourceRange(whole.file, start, end)
        }
        let content: Content =
            switch self.content {
            case .scalar(let scalar): .scalar(scalar)
            case .sequence(let items): .sequence(items.map { $0.moved(into: whole, places) })
            case .mapping(let entries):
                .mapping(
                    entries.map { Entry($0.key, moved($0.keyRange), $0.value.moved(into: whole, places)) })
            }
        return Node(content, moved(range))
    }
}
