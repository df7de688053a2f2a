import Diagnostics
import Groundwork
import YAML

/// The files of a tree, as kustomizations refer to them.
struct KustomizedTree {
    private(set) var kustomizations: [String: Kustomization] = [:]
    /// The kustomizations that no other includes, in the order of their paths.
    private(set) var tops: [Kustomization] = []
    /// The documents of each file.
    private(set) var documents: [String: [Node]] = [:]
    /// The folders of the files that kustomizations list.
    private var listedFolders: Set<String> = []
    /// The text of each file.
    private(set) var contents: [String: SourceFile] = [:]

    /// Sorts the manifests and the possible data files.
    init(_ manifests: [Manifest], data: [SourceFile]) {
        guard manifests.contains(where: { isKustomization($0.path) }) else { return }
        contents = Dictionary(data.map { ($0.path, $0) }) { first, _ in first }
        var found: [Kustomization] = []
        for manifest in manifests {
            let nodes = manifest.documents.compactMap(\.root.node)
            if isKustomization(manifest.path), let document = manifest.documents.first {
                found.append(Kustomization(document.root, path: manifest.path))
            } else {
                documents[manifest.path] = nodes
            }
        }
        kustomizations = Dictionary(found.map { ($0.base, $0) }) { first, _ in first }
        let taken = Set(found.flatMap { $0.parts.map(\.path) })
        for kustomization in found {
            for resource in kustomization.resources where kustomizations[resource.path] == nil {
                let place = folder(of: resource.path)
                guard place == kustomization.base || place.hasPrefix("\(kustomization.base)/") else { continue }
                listedFolders.insert(place)
            }
        }
        // A component changes the kustomization that includes it, and is not built alone.
        tops = found.filter { kustomization in
            !taken.contains(kustomization.base) && kustomizations[kustomization.base]?.path == kustomization.path
                && kustomization.root["kind"]?.text != "Component"
        }
    }

    /// Tells whether kustomize leaves a file out that no kustomization names: it is beside a kustomization, beside files that one
    /// lists, or a patch below one.
    func leavesOut(_ path: String) -> Bool {
        let place = folder(of: path)
        if kustomizations[place] != nil || listedFolders.contains(place) { return true }
        let isPatch = lastComponent(of: path).contains("patch") || lastComponent(of: place) == "patches"
        return isPatch && base(above: path) != nil
    }

    /// Finds the folder of the kustomization that is nearest to a file: in its folder, or else above it.
    func base(above path: String) -> String? {
        var place = folder(of: path)
        while kustomizations[place] == nil {
            if place.isEmpty || place == folder(of: place) { return nil }
            place = folder(of: place)
        }
        return place
    }

    /// The paths of the files of a kustomization, including those of kustomizations that it includes.
    func files(of kustomization: Kustomization) -> Set<String> {
        var files: Set<String> = []
        var pending = [kustomization]
        while let next = pending.popLast() {
            guard files.insert(next.path).inserted else { continue }
            for path in (next.parts + next.patches).map(\.path) + next.data {
                if let inner = kustomizations[path] { pending.append(inner) } else { files.insert(path) }
            }
        }
        return files
    }
}
