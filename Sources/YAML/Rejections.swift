import Diagnostics

/// Describes a key that its mapping has already.
func duplicateKey(_ key: String, _ range: SourceRange, _ earlier: SourceRange) -> Diagnostic {
    Diagnostic(
        .error, "duplicate-key", "the mapping has the key `\(key)` twice", at: range, label: "second `\(key)`",
        notes: [Diagnostic.Note("it is first set here", at: earlier, label: "first `\(key)`")])
}

/// Describes a key that is a list or a mapping.
func complexKey(_ key: Node) -> Diagnostic {
    var help: [Help] = []
    let text = key.range.file.bytes[key.range.start..<key.range.end]
    if text.starts(with: Array("{".utf8)) {
        let isHelm = text.starts(with: Array("{{".utf8))
        help = [
            isHelm
                ? "quote strings that start with `{{`; placeholders in templates are written `${…}`"
                : "quote strings that start with `{`"
        ]
    }
    return Diagnostic(
        .error, "complex-key", "a key is a \(key.items == nil ? "mapping" : "list")", at: key.range,
        label: "a key must be a string", help: help)
}

/// Describes a key that is empty.
func nullKey(_ range: SourceRange) -> Diagnostic {
    Diagnostic(.error, "null-key", "a key is empty", at: range, label: "no key before this `:`")
}

/// Describes a key after a character that looks like a blank.
func invisibleCharacter(_ scalar: Unicode.Scalar, _ key: SourceRange) -> Diagnostic {
    let range = SourceRange(key.file, key.start, key.start + UTF8.width(scalar))
    return Diagnostic(
        .error, "invisible-character", "a key starts with the invisible character U+\(hex(scalar.value, 4))", at: range,
        label: "YAML does not treat this as a space",
        help: [Help("replace it with a space", replacing: range, by: [" "])])
}

/// Describes a merge key.
func mergeKey(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
        .error, "merge-key", "the merge key `<<` is not supported", at: range, label: "YAML 1.2 has no merge keys",
        help: ["write the keys out, or use an alias for the whole mapping"])
}

/// Describes a tag outside the core schema.
func customTag(_ tag: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
        .error, "custom-tag", "the tag `\(tag)` does not match this value", at: range,
        label: "not a tag of this value",
        help: [
            "remove the tag: values of the types `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!map` and `!!seq` need no tag",
            "quote strings that start with `!`",
        ])
}

/// Describes an alias whose anchor is not above it.
func undefinedAlias(_ name: String, _ range: SourceRange, _ known: [String]) -> Diagnostic {
    var help: [Help] = ["quote strings that start with `*`"]
    if let name = closest(to: name, among: known) {
        help.insert(Help("did you mean the anchor `&\(name)`?", replacing: range, by: ["*\(name)"]), at: 0)
    }
    return Diagnostic(
        .error, "undefined-alias", "the alias `*\(name)` has no anchor", at: range,
        label: "no `&\(name)` above it in this document", help: help)
}

/// Describes an alias inside the node that it names.
func recursiveAlias(_ name: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
        .error, "recursive-alias", "the alias `*\(name)` is inside the value that it refers to", at: range,
        label: "would contain itself")
}

/// Describes aliases that expand to too many nodes.
func excessiveAliases(_ range: SourceRange, _ anchored: SourceRange, _ limit: Int) -> Diagnostic {
    Diagnostic(
        .error, "excessive-aliases", "the aliases of this document expand to more than \(limit) values", at: range,
        label: "exceeds the limit", notes: [Diagnostic.Note("it refers to this value", at: anchored)])
}

/// Describes nesting past the limit.
func deepNesting(_ range: SourceRange, _ limit: Int) -> Diagnostic {
    Diagnostic(
        .error, "deep-nesting", "the nesting is deeper than \(limit) levels", at: range,
        label: "level \(limit + 1)")
}
