import Diagnostics
import Groundwork
import YAML

/// A patch of a kustomization: strategic merges or JSON patch operations, in a file or inline.
struct ObjectPatch {
    private enum Content {
        case merges([Node])
        case steps([PatchOperation])
    }

    private let content: Content
    private let target: PatchTarget?
    /// The name in its target, if it is for one object and not for all objects of a kind.
    private let targetName: ManifestValue?
    /// Where the kustomization lists it.
    private let place: SourceRange
    private let mayRename: Bool

    /// Reads a patch of a kustomization; the problem says why it is invalid.
    static func read(
        _ documents: [Node], target: ManifestValue?, at place: SourceRange, mayRename: Bool = false
    ) -> (patch: ObjectPatch?, problem: String?) {
        let documents = documents.filter { !$0.isNull }
        let name = target?["name"]
        let target = target.map { PatchTarget($0) }
        if let items = documents.first?.items {
            let steps = items.compactMap { PatchOperation($0) }
            if steps.count < items.count { return (nil, "an item is not an operation with `op`, `path` and `value`") }
            if target == nil { return (nil, "a JSON patch needs a `target`") }
            let patch = ObjectPatch(
                content: .steps(steps), target: target, targetName: name, place: place, mayRename: false)
            return (patch, nil)
        }
        // An empty file, or one of comments, changes nothing.
        if documents.isEmpty { return (nil, nil) }
        guard documents.allSatisfy({ $0["apiVersion"]?.text != nil && $0["kind"]?.text != nil }) else {
            return (nil, "`apiVersion` or `kind` is missing")
        }
        if target != nil, documents.count > 1 { return (nil, "it has a `target` and several documents") }
        let patch = ObjectPatch(
            content: .merges(documents), target: target, targetName: name, place: place, mayRename: mayRename)
        return (patch, nil)
    }

    /// Changes the objects that the patch is for, and returns what fails.
    func apply(to objects: inout [BuiltObject]) -> [BuildMistake] {
        switch content {
        case .steps(let steps):
            guard let target else { return [] }
            let chosen = objects.indices.filter { target.admits(objects[$0]) }
            if chosen.isEmpty { return idle }
            return chosen.flatMap { index in
                let mistakes = steps.compactMap { make($0, on: &objects[index]) }
                objects[index].replace(objects[index].root.withoutEmptyAnnotations)
                return mistakes
            }
        case .merges(let patches):
            return patches.flatMap { patch -> [BuildMistake] in
                let chosen = objects.indices.filter { index in
                    target.map { $0.admits(objects[index]) } ?? isNamed(objects[index], by: patch)
                }
                if chosen.isEmpty { return target == nil ? [missing(patch)] : idle }
                for index in chosen.reversed() where !merge(patch, into: &objects[index]) { objects.remove(at: index) }
                return []
            }
        }
    }

    private func make(_ step: PatchOperation, on object: inout BuiltObject) -> BuildMistake? {
        guard let root = step.applied(to: object.root) else {
            return BuildMistake(
                kind: .kustomizePatchFails, message: "the patch does not apply to \(object.words)", place: step.place,
                label: "the path does not exist, or a `test` fails", help: nil,
                notes: [Diagnostic.Note("the object is here", at: object.place)])
        }
        object.replace(root)
        return nil
    }

    /// Merges a patch; false if it deletes the object.
    private func merge(_ patch: Node, into object: inout BuiltObject) -> Bool {
        guard let root = object.root.merging(patch, MergePlace(object.kind)) else { return false }
        object.replace((mayRename ? root : root.keepingIdentity(of: object.root)).withoutEmptyAnnotations)
        return true
    }

    /// Tells whether a patch has the kind and a name of an object.
    private func isNamed(_ object: BuiltObject, by patch: Node) -> Bool {
        object.version == patch["apiVersion"]?.text && object.kind.name == patch["kind"]?.text
            && object.identities.contains(BuiltObject.Identity(patch))
    }

    private func missing(_ patch: Node) -> BuildMistake {
        let name = patch["metadata"]?["name"]
        return BuildMistake(
            kind: .kustomizePatchTargetNotFound,
            message:
                "a patch is for \(patch["kind"]?.text ?? "") `\(name?.text ?? "")`, which the kustomization "
                + "does not include",
            place: (name ?? patch).range, label: "`kustomize build` fails", help: nil,
            notes: [Diagnostic.Note("the kustomization lists the patch here", at: place)])
    }

    private var idle: [BuildMistake] {
        targetName.map { name in
            [
                BuildMistake(
                    kind: .kustomizePatchMatchesNothing,
                    message: "a patch is for `\(name.text ?? "")`, but its target matches no object",
                    place: name.place, label: "silently ignored by kustomize", help: nil, notes: [])
            ]
        } ?? []
    }
}

extension Node {
    /// The same object without empty `annotations`, as kustomize leaves it.
    fileprivate var withoutEmptyAnnotations: Node {
        guard let entry = entries?.first(where: { $0.key == "metadata" }),
            entry.value["annotations"]?.entries?.isEmpty == true
        else { return self }
        return with("metadata", entry.keyRange, entry.value.without("annotations"))
    }

    /// The same object under the name of another.
    fileprivate func keepingIdentity(of other: Node) -> Node {
        var root = self
        for entry in other.entries ?? [] where entry.key == "apiVersion" || entry.key == "kind" {
            root = root.with(entry.key, entry.keyRange, entry.value)
        }
        guard var metadata = root["metadata"], metadata.entries != nil, let old = other["metadata"] else { return root }
        for key in ["name", "namespace"] {
            let entry = old.entries?.first { $0.key == key }
            metadata = entry.map { metadata.with(key, $0.keyRange, $0.value) } ?? metadata.without(key)
        }
        return root.with("metadata", root.entries?.first { $0.key == "metadata" }?.keyRange ?? range, metadata)
    }
}
