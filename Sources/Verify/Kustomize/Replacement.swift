import Diagnostics
import Groundwork
import YAML

/// A replacement of a kustomization: a value of one object that is copied into fields of others.
///
/// `api/filters/replacement` of kustomize 5.5 to 5.8; fields inside strings, new in 5.8, are reported and left alone.
struct Replacement {
    /// The fields to replace and their objects.
    private struct Target {
        let choice: PatchTarget
        let rejected: [PatchTarget]
        let fields: [FieldPath]
        let options: Options
        let value: ManifestValue
    }

    /// How the value is changed when it is copied.
    private struct Options {
        let delimiter: String
        let index: Int
        let isCreated: Bool

        init(_ value: ManifestValue?) {
            delimiter = value?["delimiter"]?.text ?? ""
            index = value?["index"]?.integer ?? 0
            isCreated = value?["create"]?.boolean ?? false
        }
    }

    /// The source as written: a mapping that selects an object, or a string.
    private let source: ManifestValue
    private let targets: [Target]

    /// Reads a replacement; the problem says why it is invalid.
    static func read(_ value: ManifestValue) -> (replacement: Replacement?, problem: String?) {
        let source = value["source"] ?? value["sourceValue"]
        guard let source, let targets = value["targets"]?.items, !targets.isEmpty else {
            return (nil, "it needs a `source` and `targets`")
        }
        if value["source"] != nil, value["sourceValue"] != nil {
            return (nil, "it has both a `source` and a `sourceValue`")
        }
        if !targets.allSatisfy({ $0["select"]?.entries != nil }) { return (nil, "a target needs a `select`") }
        let read = targets.compactMap { target in
            target["select"].map { choice in
                let paths = target.items(of: "fieldPaths")
                return Target(
                    choice: PatchTarget(choice), rejected: target["reject"]?.items?.map { PatchTarget($0) } ?? [],
                    fields: paths.isEmpty ? [.name(at: choice.place)] : paths.compactMap { FieldPath($0) },
                    options: Options(target["options"]), value: choice)
            }
        }
        return (Replacement(source: source, targets: read), nil)
    }

    /// Copies the value, and returns what fails.
    func apply(to objects: inout [BuiltObject]) -> [BuildMistake] {
        let (found, mistake) = value(in: objects)
        guard let value = found else { return mistake.map { [$0] } ?? [] }
        return targets.flatMap { target -> [BuildMistake] in
            let chosen = objects.indices.filter { index in
                target.choice.admitsAnyName(of: objects[index])
                    && !target.rejected.contains { $0.rejects(objects[index]) }
            }
            if chosen.isEmpty { return [idle(target)] }
            return chosen.flatMap { copy(value, to: target, of: &objects[$0]) }
        }
    }

    /// Finds the value to copy, or says why there is none.
    private func value(in objects: [BuiltObject]) -> (Node?, BuildMistake?) {
        if source.text != nil { return (source.node, nil) }
        let choice = PatchTarget(source)
        let place = (source["name"] ?? source["kind"] ?? source).place
        let chosen = objects.filter { choice.admitsAnyName(of: $0) }
        guard let object = chosen.first else {
            return (
                nil,
                .failing(
                    "a replacement copies its value from \(choice.words), which the kustomization does not include",
                    at: place, kind: .sourcelessReplacement)
            )
        }
        if chosen.count > 1 {
            return (
                nil,
                .failing(
                    "a replacement copies its value from \(choice.words), but the kustomization includes several",
                    at: place,
                    notes: chosen.prefix(2).map { .init("\($0.words) is one", at: $0.place) })
            )
        }
        let field = source["fieldPath"].flatMap { FieldPath($0) } ?? .name(at: place)
        guard let node = field.value(in: object.root), !node.isNothing else {
            return (
                nil,
                .failing(
                    "a replacement copies `\(field.text)` of \(object.words), which has no such field", at: field.place,
                    notes: [.init("the object is here", at: object.place)])
            )
        }
        let options = Options(source["options"])
        if options.delimiter.isEmpty { return (node, nil) }
        let parts = (node.scalar?.text ?? "").pieces(between: options.delimiter)
        guard node.scalar != nil, parts.indices.contains(options.index) else {
            return (
                nil,
                .failing(
                    "`\(field.text)` of \(object.words) has no part \(options.index) if split at "
                        + "`\(options.delimiter)`",
                    at: (source["options"]?["index"] ?? source).place,
                    notes: [.init("the value is here", at: node.range)])
            )
        }
        return (node.saying(parts[options.index]), nil)
    }

    /// Copies a value into the fields of an object.
    private func copy(_ value: Node, to target: Target, of object: inout BuiltObject) -> [BuildMistake] {
        target.fields.compactMap { field in
            var editor = FieldEditor(created: target.options.isCreated ? value : nil)
            let root = editor.edit(object.root, field.steps[...]) { old, isMade in
                Replacement.merged(value, into: old, isText: !isMade || field.isOfAnnotation, target.options)
            }
            switch editor.outcome {
            case .done:
                object.rewrite(root)
                return nil
            case .insideText:
                return BuildMistake(
                    kind: .unapplied,
                    message: "a replacement writes to `\(field.text)` of \(object.words), which is inside a string",
                    place: field.place, label: "not applied here",
                    help: "pipe `kustomize build` of kustomize 5.8 or later into `stowage verify -`", notes: [])
            case .missing:
                return .failing(
                    "a replacement writes to `\(field.text)` of \(object.words), which has no such field",
                    at: field.place,
                    help: target.options.isCreated ? nil : "set `options: {create: true}` to create it",
                    notes: [.init("the object is here", at: object.place)])
            }
        }
    }

    /// The value of a field afterwards; nil if it cannot be split.
    private static func merged(_ value: Node, into old: Node, isText: Bool, _ options: Options) -> Node? {
        guard let scalar = old.scalar else { return options.delimiter.isEmpty ? value : nil }
        var text = value.scalar?.text ?? ""
        if !options.delimiter.isEmpty {
            var parts = scalar.text.pieces(between: options.delimiter)
            if options.index < 0 {
                parts.insert(text, at: 0)
            } else if options.index < parts.count {
                parts[options.index] = text
            } else {
                parts.append(text)
            }
            text = parts.joined(separator: options.delimiter)
        }
        // A string field stays a string; others get the type that the text looks like.
        return scalar.meaning == .string && isText ? value.saying(text) : Node(.scalar(.init(text)), value.range)
    }

    private func idle(_ target: Target) -> BuildMistake {
        BuildMistake(
            kind: .kustomizeReplacementMatchesNothing,
            message: "a replacement is for \(target.choice.words), which the kustomization does not include",
            place: (target.value["name"] ?? target.value["kind"] ?? target.value).place,
            label: "silently ignored by kustomize", help: nil, notes: [])
    }
}

extension BuildMistake {
    /// Reports that a replacement fails.
    static func failing(
        _ message: String, at place: SourceRange, help: String? = nil, kind: Kind = .kustomizeReplacementFails,
        notes: [Diagnostic.Note] = []
    ) -> BuildMistake {
        BuildMistake(
            kind: kind, message: message, place: place, label: "`kustomize build` fails", help: help,
            notes: notes)
    }
}

extension Node {
    /// Whether kustomize treats it as no value.
    fileprivate var isNothing: Bool { isNull || entries?.isEmpty == true || items?.isEmpty == true }
}

extension String {
    /// The parts between delimiters, some of which may be empty.
    fileprivate func pieces(between delimiter: String) -> [String] {
        split(separator: delimiter, omittingEmptySubsequences: false).map(String.init)
    }
}
