import Diagnostics
import Groundwork
import YAML

extension Kustomization {
    /// Adds labels to the objects, in the order of `labels` and then `commonLabels`.
    func label(_ objects: inout [BuiltObject]) {
        for choice in root.items(of: "labels") {
            let own = choice.items(of: "fields").compactMap { KustomizedField($0) }
            let usual =
                choice["includeSelectors"]?.boolean == true
                ? KustomizedFields.commonLabels
                : choice["includeTemplates"]?.boolean == true
                    ? KustomizedFields.templateLabels : KustomizedFields.metadataLabels
            add(choice["pairs"]?.node?.entries, to: own + usual, of: &objects)
        }
        add(root["commonLabels"]?.node?.entries, to: KustomizedFields.commonLabels, of: &objects)
    }

    /// Adds annotations to the objects.
    func annotate(_ objects: inout [BuiltObject]) {
        add(root["commonAnnotations"]?.node?.entries, to: KustomizedFields.commonAnnotations, of: &objects)
    }

    private func add(_ pairs: [Node.Entry]?, to fields: [KustomizedField], of objects: inout [BuiltObject]) {
        guard let pairs, let first = pairs.first else { return }
        for index in objects.indices {
            for field in fields {
                objects[index].edit(field, at: first.keyRange) { old in
                    pairs.reduce(old ?? .emptyMapping(first.keyRange)) { $0.with($1.key, $1.keyRange, $1.value) }
                }
            }
        }
    }

    /// Sets the replicas of the workloads that it lists.
    func scale(_ objects: inout [BuiltObject]) {
        for choice in root.items(of: "replicas") {
            guard let name = choice["name"]?.text, let count = choice["count"]?.node else { continue }
            for index in objects.indices where objects[index].identities.contains(where: { $0.name == name }) {
                objects[index].edit(KustomizedFields.replicas, at: count.range) { _ in count }
            }
        }
    }

    /// Sets names, tags and digests of images, wherever there are containers.
    func retag(_ objects: inout [BuiltObject]) {
        let changes = root.items(of: "images").compactMap { ImageChange($0) }
        if changes.isEmpty { return }
        for index in objects.indices where objects[index].kind.name != "CustomResourceDefinition" {
            objects[index].replace(objects[index].root.changingImages(changes))
        }
    }
}

/// How a kustomization changes an image.
private struct ImageChange {
    let name: String
    let newName: String?
    let tag: String?
    let digest: String?
    let tagSuffix: String?
    let place: SourceRange

    init?(_ value: ManifestValue) {
        guard let name = value["name"]?.text else { return nil }
        self.name = name
        newName = value["newName"]?.text
        tag = value["newTag"]?.text
        digest = value["digest"]?.text
        tagSuffix = value["tagSuffix"]?.text
        place = (value["newTag"] ?? value["digest"] ?? value["newName"] ?? value).place
    }

    /// The image that replaces another; nil if the change does not apply to it.
    func changed(_ image: String) -> String? {
        let parts = image.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].utf8
        let slash = path.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
        let colon = path[slash...].firstIndex(of: UInt8(ascii: ":"))
        guard parts[0][..<(colon ?? path.endIndex)] == name else { return nil }
        var oldTag = colon.map { String(parts[0][path.index(after: $0)...]) } ?? ""
        var oldDigest = parts.count > 1 ? String(parts[1]) : ""
        if tag != nil || digest != nil {
            (oldTag, oldDigest) = (tag ?? "", digest ?? "")
        } else if let tagSuffix {
            (oldTag, oldDigest) = (oldTag + tagSuffix, "")
        }
        return (newName ?? name) + (oldTag.isEmpty ? "" : ":\(oldTag)") + (oldDigest.isEmpty ? "" : "@\(oldDigest)")
    }
}

extension Node {
    /// The same value with other images in its containers.
    fileprivate func changingImages(_ changes: [ImageChange]) -> Node {
        switch content {
        case .scalar: return self
        case .sequence(let items): return Node(.sequence(items.map { $0.changingImages(changes) }), range)
        case .mapping(let entries):
            let changed = entries.map { entry -> Entry in
                let isList = entry.key == "containers" || entry.key == "initContainers"
                guard isList, let items = entry.value.items else {
                    return Entry(entry.key, entry.keyRange, entry.value.changingImages(changes))
                }
                let containers = Node(.sequence(items.map { $0.changingImage(changes) }), entry.value.range)
                return Entry(entry.key, entry.keyRange, containers)
            }
            return Node(.mapping(changed), range)
        }
    }

    private func changingImage(_ changes: [ImageChange]) -> Node {
        guard let entry = entries?.first(where: { $0.key == "image" }), var text = entry.value.text else { return self }
        var place = entry.value.range
        for change in changes {
            guard let image = change.changed(text) else { continue }
            (text, place) = (image, change.place)
        }
        return text == entry.value.text ? self : with("image", entry.keyRange, Node(.scalar(Scalar(text)), place))
    }
}
