import Groundwork

/// Selects the objects that a patch is for: by regular expressions that match whole strings, and by labels.
struct PatchTarget {
    private let patterns: [(part: Part, text: String)]
    private let labels: [LabelRequirement]
    private let annotations: [LabelRequirement]

    private enum Part: String, CaseIterable { case group, version, kind, name, namespace }

    init(_ value: ManifestValue) {
        patterns = Part.allCases.compactMap { part in value[part.rawValue]?.text.map { (part, $0) } }
        labels = requirements(value["labelSelector"]?.text ?? "")
        annotations = requirements(value["annotationSelector"]?.text ?? "")
    }

    /// Tells whether it selects an object, by its original or current name.
    func admits(_ object: BuiltObject) -> Bool {
        for (part, text) in patterns {
            let words =
                switch part {
                case .group: [object.kind.group]
                case .version: [String(object.version.split(separator: "/").last ?? "")]
                case .kind: [object.kind.name]
                case .name: [object.identities[0].name, object.identity.name]
                case .namespace: [object.identities[0].namespace, object.identity.namespace]
                }
            if !words.contains(where: { isWhole($0, text) }) { return false }
        }
        return meets(labels, object, "labels") && meets(annotations, object, "annotations")
    }

    /// Tells whether it selects an object, by any of its names.
    func admitsAnyName(of object: BuiltObject) -> Bool {
        meets(labels, object, "labels") && meets(annotations, object, "annotations") && names(object)
    }

    /// Tells whether it excludes an object, by its labels alone or by its names alone.
    func rejects(_ object: BuiltObject) -> Bool {
        let isOfLabels = !labels.isEmpty || !annotations.isEmpty
        return isOfLabels && meets(labels, object, "labels") && meets(annotations, object, "annotations")
            || !patterns.isEmpty && names(object)
    }

    /// Tells whether kind and name match an object, by any of its names.
    private func names(_ object: BuiltObject) -> Bool {
        object.identities.contains { identity in
            patterns.allSatisfy { part, text in
                switch part {
                case .group: isWhole(object.kind.group, text)
                case .version: isWhole(String(object.version.split(separator: "/").last ?? ""), text)
                case .kind: isWhole(object.kind.name, text)
                case .name: isWhole(identity.name, text)
                case .namespace: isWhole(identity.namespace, text)
                }
            }
        }
    }

    /// What it selects in words, for example "Service `model-a`".
    var words: String {
        let kind = patterns.first { $0.part == .kind }?.text
        let name = patterns.first { $0.part == .name }?.text
        let what = kind ?? "an object"
        let whole = name.map { "\(what) `\($0)`" } ?? (kind.map { "a \($0)" } ?? what)
        return labels.isEmpty && annotations.isEmpty ? whole : whole + " by its labels"
    }

    private func meets(_ requirements: [LabelRequirement], _ object: BuiltObject, _ key: String) -> Bool {
        if requirements.isEmpty { return true }
        let values = object.root["metadata"]?[key]
        return requirements.allSatisfy { $0.accepts(values?[$0.key]?.text) }
    }
}

/// Tells whether a pattern matches a whole string.
private func isWhole(_ text: String, _ pattern: String) -> Bool {
    if text == pattern { return true }
    let isLiteral = pattern.utf8.allSatisfy { byte in
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
            || byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    }
    guard !isLiteral, let regex = try? Regex("(?:\(pattern))") else { return false }
    return ((try? regex.wholeMatch(in: text)) ?? nil) != nil
}

/// Reads a selector in text form: `a=b, c!=d, e in (f, g), h notin (i), j, !k`.
private func requirements(_ text: String) -> [LabelRequirement] {
    var parts: [Substring] = []
    var start = text.startIndex
    var isInside = false
    for index in text.indices {
        switch text[index] {
        case "(": isInside = true
        case ")": isInside = false
        case "," where !isInside:
            parts.append(text[start..<index])
            start = text.index(after: index)
        default: break
        }
    }
    return (parts + [text[start...]]).compactMap { requirement($0) }
}

private func requirement(_ part: Substring) -> LabelRequirement? {
    func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
    let text = trimmed(part)
    if text.isEmpty { return nil }
    for (mark, relation) in [("!=", LabelRequirement.Relation.notAmong), ("==", .among), ("=", .among)] {
        guard let range = text.firstRange(of: mark) else { continue }
        return LabelRequirement(
            trimmed(text[..<range.lowerBound]), relation, [trimmed(text[range.upperBound...])])
    }
    if let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"), open < close {
        let words = text[..<open].split(separator: " ")
        guard words.count == 2, words[1] == "in" || words[1] == "notin" else { return nil }
        let values = text[text.index(after: open)..<close].split(separator: ",").map { trimmed($0) }
        return LabelRequirement(String(words[0]), words[1] == "in" ? .among : .notAmong, values)
    }
    if text.hasPrefix("!") { return LabelRequirement(trimmed(text.dropFirst()), .absent) }
    return LabelRequirement(text, .exists)
}
