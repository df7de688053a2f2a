import Diagnostics

extension TemplateChecker {
    /// What a path is for: it decides whether the plan may lack the fact.
    enum Use { case value, optionalValue, condition, loop }

    /// Resolves a path against the variables and types, and reports where it leads nowhere.
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
                    "fact-without-parts", "`\(before)` is \(kind.words) and has no facts of its own", at: segment.range,
                    label: "nothing can follow here")
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

    /// Notes that the fact at the end of the path, and each on the way to it, is there.
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
                "constant-condition", "`\(path.text)` is always there, so this condition never changes", at: path.range,
                label: path.kind.words,
                help: ["a condition asks for true or false, a list, or a fact that a plan may lack"])
        }
    }

    private mutating func uncertain(_ path: WrittenPath, _ doubtful: String) {
        error(
            "unguarded-fact", "a plan may lack `\(doubtful)`", at: path.range, label: "not every plan has it",
            help: [
                Help(
                    "`${\(path.text)?}` drops what holds it then; `$if: \(doubtful)` drops more",
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
        if help.isEmpty { help = [Help("here there is " + variables.map { "`\($0.name)`" }.joined(separator: ", "))] }
        error(
            "unknown-variable", "nothing is called `\(name.name)` here", at: name.range, label: "not a variable",
            help: help)
    }

    private mutating func unknownFact(_ segment: WrittenPath.Segment, of type: RecordType, before: String) {
        let similar = closest(to: segment.name, among: type.entries.map(\.name))
        let entry = type.entries.first { $0.name == similar }
        error(
            "unknown-fact", "\(type.name.withArticle) has no fact called `\(segment.name)`", at: segment.range,
            label: "not in the plan",
            help: entry.map { entry in
                [
                    Help(
                        "did you mean `\(before).\(entry.name)` (\(entry.meaning))?",
                        replacing: segment.range.holds(segment.name) ? segment.range : nil, by: [entry.name])
                ]
            } ?? [
                "`stowage facts` lists what \(type.name.withArticle) has"
            ])
    }
}

extension SourceRange {
    /// Whether this is the place of a text, letter for letter, and not that of the scalar around it.
    fileprivate func holds(_ text: String) -> Bool { file.bytes[start..<end].elementsEqual(text.utf8) }
}
