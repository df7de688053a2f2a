import Groundwork

extension QueryEvaluator {
    /// Evaluates `label_replace(v, target, replacement, source, regex)`.
    func replaceLabel(_ arguments: [Query], _ extent: Range<Int>, _ time: Int) throws(QueryFailure) -> [QuerySample] {
        let target = try text(arguments[1])
        let replacement = try text(arguments[2])
        let source = try text(arguments[3])
        let regex = try expression(try text(arguments[4]), arguments[4].extent, behavior)
        let samples = try vector(arguments[0], time).map { element in
            guard let match = (try? regex.wholeMatch(in: element.labels[source])) ?? nil else { return element }
            var element = element
            element.labels[target] = filled(replacement, match.output.map { $0.substring.map(String.init) ?? "" })
            return element
        }
        return try distinct(samples, extent)
    }

    /// Evaluates `label_join(v, target, separator, source…)`.
    func joinLabels(_ arguments: [Query], _ extent: Range<Int>, _ time: Int) throws(QueryFailure) -> [QuerySample] {
        let target = try text(arguments[1])
        let separator = try text(arguments[2])
        var sources: [String] = []
        for argument in arguments.dropFirst(3) { sources.append(try text(argument)) }
        let samples = try vector(arguments[0], time).map { element in
            var element = element
            element.labels[target] = sources.map { element.labels[$0] }.joined(separator: separator)
            return element
        }
        return try distinct(samples, extent)
    }

    private func text(_ query: Query) throws(QueryFailure) -> String {
        guard case .text(let text) = query.content else {
            throw .invalid("the argument must be a string", query.extent)
        }
        return text
    }
}

/// Fills the groups of a match into `$1`, `${1}` and `$$`; a name of letters is a group that does not exist.
private func filled(_ replacement: String, _ groups: [String]) -> String {
    var result = ""
    var rest = replacement[...]
    while let character = rest.popFirst() {
        guard character == "$" else {
            result.append(character)
            continue
        }
        if rest.first == "$" {
            rest.removeFirst()
            result.append("$")
            continue
        }
        let isBraced = rest.first == "{"
        let name = rest.dropFirst(isBraced ? 1 : 0).prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        if name.isEmpty || (isBraced && rest[name.endIndex...].first != "}") {
            result.append("$")
            continue
        }
        rest = rest[name.endIndex...].dropFirst(isBraced ? 1 : 0)
        if let number = Int(name), groups.indices.contains(number) { result += groups[number] }
    }
    return result
}
