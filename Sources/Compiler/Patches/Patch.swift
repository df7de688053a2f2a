import Diagnostics
import Groundwork
import Planning
import Verify
import YAML

/// Applies the patches of a spec to the objects of its plan, in order; nil if one of them cannot be applied.
func patch(_ manifests: [Manifest], by patches: [PatchSpec], _ report: inout Report) -> [Manifest]? {
    if patches.isEmpty { return manifests }
    var objects = RenderedObject.all(in: manifests)
    var found: [Diagnostic] = []
    for patch in patches {
        let chosen = objects.indices.filter { patch.target.admits(objects[$0]) }
        if chosen.isEmpty { found.append(nothingFound(for: patch.target, among: objects)) }
        for index in chosen { found += objects[index].apply(patch) }
    }
    for diagnostic in oncePerPlace(found) { report.add(diagnostic) }
    return report.hasErrors ? nil : patched(manifests, by: objects)
}

/// The manifests with the patched objects in place of their documents.
private func patched(_ manifests: [Manifest], by objects: [RenderedObject]) -> [Manifest] {
    var result = manifests
    for object in objects where !object.patches.isEmpty {
        let manifest = result[object.manifest]
        var documents = manifest.documents
        documents[object.document] = Document(object.root)
        result[object.manifest] = Manifest(
            manifest, patchedTo: documents, by: manifest.patches + object.patches)
    }
    return result
}

extension RenderedObject {
    /// Applies a patch, and returns what is wrong or doubtful about it.
    fileprivate mutating func apply(_ patch: PatchSpec) -> [Diagnostic] {
        patches.append(patch.range)
        var found: [Diagnostic] = []
        if let merge = patch.merge, let place = merge.range, let merged = root.merging(merge.value) {
            found += replace(merged, by: ObjectChange(merge: merge.value, at: place))
        }
        for step in patch.operations {
            let place = step.path.range ?? step.range
            let operation = PatchOperation(
                step.kind.value.rawValue, path: step.path.value, from: step.from?.value, value: step.value, at: place)
            guard let operation else { continue }
            let missing = operation.missingStep(in: root)
            guard missing == nil, let changed = operation.applied(to: root) else {
                found.append(failure(of: step, missing))
                // What follows may rest on this operation.
                break
            }
            found += replace(changed, by: ObjectChange(merge: nil, at: place))
        }
        return found
    }

    /// Takes the result of a change, unless it is another object.
    private mutating func replace(_ changed: ManifestValue, by change: ObjectChange) -> [Diagnostic] {
        if let problem = changedIdentity(in: changed, by: change) { return [problem] }
        let found = changedFigures(in: changed, by: change)
        root = changed
        return found
    }
}

/// A merge or an operation, as it is in the spec.
struct ObjectChange {
    /// The patch of a merge; nil for an operation.
    let merge: Node?
    /// The merge as a whole, or the path of the operation.
    private let whole: SourceRange

    init(merge: Node?, at whole: SourceRange) {
        self.merge = merge
        self.whole = whole
    }

    /// Where the change of a value is written: its new value, otherwise what removes it.
    func place(of value: ManifestValue?, at path: [ObjectStep]) -> SourceRange {
        if let value, value.isWrittenByPatch { return value.place }
        guard var node = merge else { return whole }
        var place = whole
        for step in path {
            guard let entry = step.entry(in: node) else { break }
            (node, place) = entry
        }
        return place
    }
}
