import Diagnostics
import Groundwork
import YAML

extension ManifestValue {
    /// Merges a patch into this object as kustomize does; nil if the patch deletes it.
    package func merging(_ patch: Node) -> ManifestValue? {
        merging(patch, MergePlace(ObjectKind(apiVersion: self["apiVersion"]?.text ?? "", self["kind"]?.text ?? "")))
    }
}

extension PatchableTree {
    /// Merges a patch into this value as kustomize does; nil if the patch deletes it.
    ///
    /// Mappings are merged key by key, and lists item by item if their items have a merge key; all else is replaced.
    func merging(_ patch: Node, _ place: MergePlace) -> Self? {
        if patch.isNull { return nil }
        switch patch.content {
        // An equal value keeps its place.
        case .scalar: return isEqual(to: patch) ? self : Self(patch)
        case .mapping(let entries):
            switch patch.directive {
            case "delete": return nil
            case "replace": return Self(patch.without("$patch"))
            default: break
            }
            // Anything but a mapping is replaced.
            var merged = self.entries == nil ? Self([Entry](), at: patch.range) : self
            for entry in entries where entry.key != "$patch" {
                merged = merged.merging(entry, place.below(entry.key))
            }
            return merged
        case .sequence(let items):
            if items.contains(where: { $0.directive == "delete" && ($0.entries?.count ?? 0) == 1 }) { return nil }
            let own = items.filter { $0.directive != "replace" || ($0.entries?.count ?? 0) > 1 }
            if own.count < items.count { return Self(Node(.sequence(own), patch.range)) }
            guard let keys = place.keys, let old = self.items else { return Self(patch) }
            return Self(keys.merge(items, into: old, place), at: self.place)
        }
    }

    /// Merges one entry of a patch into a mapping.
    private func merging(_ entry: Node.Entry, _ place: MergePlace) -> Self {
        let old = entries?.first { $0.key == entry.key }
        let base = old?.value ?? Self(Node(.scalar(Node.Scalar("")), entry.value.range))
        guard let value = base.merging(entry.value, place) else {
            return without(entry.key, removedAt: entry.keyRange)
        }
        guard let old, old.value.place.file === value.place.file, old.value.place.start == value.place.start else {
            return with(entry.key, entry.keyRange, value)
        }
        return with(entry.key, old.keyPlace, value)
    }
}

extension Node {
    /// The value of `$patch`.
    fileprivate var directive: String? { self["$patch"]?.text }
}

/// The place in an object where a patch is merged, which decides the merge keys of lists.
struct MergePlace {
    let kind: ObjectKind
    /// The last two keys of the path, without lists.
    private let above: String
    private let last: String

    init(_ kind: ObjectKind) { self.init(kind, "", "") }

    private init(_ kind: ObjectKind, _ above: String, _ last: String) {
        self.kind = kind
        self.above = above
        self.last = last
    }

    func below(_ key: String) -> MergePlace { MergePlace(kind, last, key) }

    /// The merge keys of the list here; nil if a patch replaces the list.
    ///
    /// `x-kubernetes-patch-merge-key` of Kubernetes' OpenAPI; kustomize has no merge keys for other kinds.
    fileprivate var keys: MergeKeys? {
        guard kind.isBuiltIn else { return nil }
        switch last {
        case "containers", "initContainers", "ephemeralContainers", "volumes", "env", "imagePullSecrets",
            "resourceClaims", "schedulingGates", "webhooks":
            return MergeKeys(names: ["name"])
        case "secrets" where kind == .serviceAccount: return MergeKeys(names: ["name"])
        case "volumeMounts": return MergeKeys(names: ["mountPath"])
        case "volumeDevices": return MergeKeys(names: ["devicePath"])
        case "hostAliases": return MergeKeys(names: ["ip"])
        case "topologySpreadConstraints": return MergeKeys(names: ["topologyKey", "whenUnsatisfiable"])
        case "ports" where above.hasSuffix("ontainers"): return MergeKeys(names: ["containerPort", "protocol"])
        case "ports" where kind == .service: return MergeKeys(names: ["port", "protocol"])
        case "ownerReferences": return MergeKeys(names: ["uid"])
        case "finalizers": return MergeKeys(names: [])
        default: return nil
        }
    }
}

/// The merge keys of a list; none if its items are strings.
private struct MergeKeys {
    let names: [String]

    /// Merges the items of a patch into those of a list.
    ///
    /// With one merge key the items of the patch come first, in its order, and then the others. If a second key such as
    /// `protocol` is used, new items come first, and kustomize loses items that have it on one side only.
    func merge<Tree: PatchableTree>(_ items: [Node], into old: [Tree], _ place: MergePlace) -> [Tree] {
        let all = items.map { Tree($0) } + old
        let usesAll = all.contains { item in names.dropFirst().contains { item[$0] != nil } }
        var rest = old
        var merged: [Tree] = []
        for item in items {
            let index = rest.firstIndex { isSame($0, item) }
            if usesAll, index == nil || !hasAll(item), all.contains(where: { isHalfSame($0, item) }) {
                continue
            }
            let base = index.map { rest[$0] } ?? Tree([Tree.Entry](), at: item.range)
            let value = names.isEmpty ? Tree(item) : base.merging(item, place)
            if usesAll, let index, let value {
                rest[index] = value
                continue
            }
            if let index { rest.remove(at: index) }
            if let value { merged.append(value) }
        }
        return merged + rest
    }

    private func hasAll(_ item: Node) -> Bool { names.allSatisfy { item[$0]?.text != nil } }

    /// Tells whether two items have the same keys.
    private func isSame(_ left: some PatchableTree, _ right: Node) -> Bool {
        guard let first = names.first else { return left.text == right.text }
        return left[first]?.text != nil && names.allSatisfy { left[$0]?.text == right[$0]?.text }
    }

    /// Tells whether two items differ only in a key that one of them does not have.
    private func isHalfSame(_ left: some PatchableTree, _ right: Node) -> Bool {
        guard let first = names.first, left[first]?.text == right[first]?.text, !isSame(left, right) else {
            return false
        }
        return names.allSatisfy { left[$0]?.text == nil || right[$0]?.text == nil || left[$0]?.text == right[$0]?.text }
    }
}

extension ObjectKind {
    /// Whether it is a kind of Kubernetes itself, whose lists have merge keys.
    fileprivate var isBuiltIn: Bool { !group.utf8.contains(UInt8(ascii: ".")) || group.hasSuffix(".k8s.io") }
}
