import Diagnostics

extension TemplateChecker {
    /// What a path is for: it decides whether the fact may be optional.
    enum Use { case value, optionalValue, condition, loop }

    /// Resolves a path against the variables and types, and reports what does not exist.
    mutating func resolve(_ path: WrittenPath, for use: Use) -> FactPath? {
        let name = path.segments[0]
        guard let level = variables.lastIndex(where: { $0.name == name.name }) else {
            unknownVariable(path)
            return nil
        }
        guard var kind = variables[level].kind else { return nil }
        var meaning = variables[level].meaning
        var indices: [Int] = []
        var doubtful: String?
        for (position, segment) in path.segments.enumerated().dropFirst() {
            let before = path.segments[..<position].map(\.name).joined(separator: ".")
            guard case .record(let type) = kind else {
                error(
                    "fact-without-parts", "`\(before)` is \(kind.words), which has no facts", at: segment.range,
                    label: "not a fact")
                return nil
            }
            guard let index = type.index(of: segment.name) else {
                unknownFact(segment, of: type, before: before)
                return nil
            }
            indices.append(index)
            kind = type.entries[index].kind
            meaning = type.entries[index].meaning
            if type.entries[index].optional, !isCertain(level, indices) {
                doubtful = doubtful ?? "\(before).\(segment.name)"
            }
        }
        if let doubtful, case .value = use { uncertain(path, doubtful) }
        let depth = variables.count - 1 - level
        let resolved = FactPath(path.text, path.range, kind: kind, meaning: meaning, depth: depth, indices: indices)
        if case .condition = use, doubtful == nil { checkCondition(resolved) }
        return resolved
    }

    /// Notes that the fact at the end of the path, and each on the way to it, is set.
    mutating func assume(_ path: FactPath) {
        certainties.append(Certainty(level: variables.count - 1 - path.depth, indices: path.indices))
    }

    private func isCertain(_ level: Int, _ indices: [Int]) -> Bool {
        certainties.contains { $0.level == level && $0.indices.starts(with: indices) }
    }

    private mutating func checkCondition(_ path: FactPath) {
        switch path.kind {
        case .boolean, .list, .mapping: return
        case .string, .integer, .number, .record:
            error(
                "constant-condition", "`\(path.text)` is always set, so this condition is constant", at: path.range,
                label: path.kind.words,
                help: ["use a boolean, a list, a mapping or an optional fact as a condition"])
        }
    }

    private mutating func uncertain(_ path: WrittenPath, _ doubtful: String) {
        error(
            "unguarded-fact", "`\(doubtful)` is optional", at: path.range, label: "not set in every plan",
            help: [
                Help(
                    "write `${\(path.text)?}` to drop the entry without it, or `$if: \(doubtful)` to drop more",
                    replacing: path.range.holds(path.text) ? path.range : nil, by: ["\(path.text)?"])
            ])
    }

    private mutating func unknownVariable(_ path: WrittenPath) {
        let name = path.segments[0]
        let place = name.range.holds(name.name) ? name.range : nil
        var help = closest(to: name.name, among: variables.map(\.name)).map { [Help(meaning: $0, at: place)] } ?? []
        for variable in variables.reversed() {
            guard case .record(let type)? = variable.kind, type.index(of: name.name) != nil else { continue }
            let whole = "\(variable.name).\(path.text)"
            help = [Help(meaning: whole, at: path.range.holds(path.text) ? path.range : nil)]
            break
        }
        if help.isEmpty {
            help = [Help("the variables here are " + variables.map { "`\($0.name)`" }.joined(separator: ", "))]
        }
        error(
            "unknown-variable", "`\(name.name)` is not defined here", at: name.range, label: "not a variable",
            help: help)
    }

    private mutating func unknownFact(_ segment: WrittenPath.Segment, of type: RecordType, before: String) {
        let similar = closest(to: segment.name, among: type.entries.map(\.name))
        let entry = type.entries.first { $0.name == similar }
        error(
            "unknown-fact", "\(type.name.withArticle) has no fact `\(segment.name)`", at: segment.range,
            label: "unknown fact",
            help: entry.map { entry in
                [
                    Help(
                        "did you mean `\(before).\(entry.name)` (\(entry.meaning))?",
                        replacing: segment.range.holds(segment.name) ? segment.range : nil, by: [entry.name])
                ]
            } ?? [
                "run `stowage facts` to list the facts of \(type.name.withArticle)"
            ])
    }
}

extension SourceRange {
    /// Whether this is the place of a text, letter for letter, and not that of the scalar around it.
    fileprivate func holds(_ text: String) -> Bool { file.bytes[start..<end].elementsEqual(text.utf8) }
}
