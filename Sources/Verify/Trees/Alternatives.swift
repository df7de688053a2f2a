import Groundwork

/// Splits the files of a folder: those that define the same objects are alternatives, which are not applied together.
///
/// A single object that two files define is a mistake; several objects, one that three files define, or one that files with
/// similar names define, are not. Beside alternatives, any other files with the same object are alternatives, too.
func alternatives(among manifests: [Manifest], in path: String) -> [(path: String, manifests: [Manifest])] {
    if manifests.count < 2 { return [(path, manifests)] }
    var owners: [ObjectReference: [Int]] = [:]
    var counts = Array(repeating: 0, count: manifests.count)
    for (number, manifest) in manifests.enumerated() {
        for reference in Set(manifest.documents.compactMap { KubernetesObject($0.root, path: "")?.reference })
        where !reference.name.isEmpty {
            owners[reference, default: []].append(number)
            counts[number] += 1
        }
    }
    struct Pair: Hashable { let first: Int, second: Int }
    var shared: [Pair: Int] = [:]
    var apart: Set<Int> = []
    for numbers in owners.values where numbers.count > 1 {
        if numbers.count > 2 { apart.formUnion(numbers.filter { counts[$0] == 1 }) }
        if numbers.count > 100 { continue }
        for first in numbers {
            for second in numbers where first < second { shared[Pair(first: first, second: second), default: 0] += 1 }
        }
    }
    for (pair, count) in shared
    where count > 1 || haveSimilarNames(manifests[pair.first].path, manifests[pair.second].path) {
        apart.formUnion([pair.first, pair.second])
    }
    if !apart.isEmpty { apart.formUnion(shared.keys.flatMap { [$0.first, $0.second] }) }
    if apart.isEmpty { return [(path, manifests)] }
    let rest = manifests.indices.filter { !apart.contains($0) }.map { manifests[$0] }
    return (rest.isEmpty ? [] : [(path, rest)]) + apart.sorted().map { (manifests[$0].path, [manifests[$0]]) }
}

/// Tells whether the names of two files share a word, as those of variants do: `server.yaml` and `server-spot.yaml`.
private func haveSimilarNames(_ first: String, _ second: String) -> Bool {
    let names = [first, second].map { path in
        Set(
            lastComponent(of: path).split { !$0.isLetter && !$0.isNumber }.dropLast().map { $0.lowercased() }
                .filter { $0.utf8.count > 1 })
    }
    return !names[0].isDisjoint(with: names[1])
}

/// A folder that Argo CD or Flux applies as a whole.
struct AppliedFolder {
    let path: String
    /// Whether the folders below it belong to it.
    let isRecursive: Bool

    /// Reads a path of a repository, whose place among the files is not known; nil for the whole repository.
    init?(_ path: String?, isRecursive: Bool) {
        let steps = (path ?? "").split(separator: "/").filter { $0 != "." }
        if steps.isEmpty { return nil }
        self.path = steps.joined(separator: "/")
        self.isRecursive = isRecursive
    }

    /// Tells whether it has the files of a folder.
    func holds(_ folder: String) -> Bool {
        if folder == path || folder.hasSuffix("/\(path)") { return true }
        return isRecursive && (folder.hasPrefix("\(path)/") || folder.contains("/\(path)/"))
    }
}

/// Finds the folders that Applications of Argo CD and Kustomizations of Flux apply.
func appliedFolders(_ manifests: [Manifest]) -> [AppliedFolder] {
    var folders: [AppliedFolder] = []
    for document in manifests.flatMap(\.documents) {
        guard let kind = document.root["kind"]?.text, let spec = document.root["spec"] else { continue }
        let version = document.root["apiVersion"]?.text ?? ""
        if kind == "Application", version.hasPrefix("argoproj.io/") {
            for source in [spec["source"]].compactMap({ $0 }) + spec.items(of: "sources") {
                let isRecursive = source["directory"]?["recurse"]?.boolean == true
                if let folder = AppliedFolder(source["path"]?.text, isRecursive: isRecursive) { folders.append(folder) }
            }
        } else if kind == "Kustomization", version.hasPrefix("kustomize.toolkit.fluxcd.io/"),
            let folder = AppliedFolder(spec["path"]?.text, isRecursive: true)
        {
            folders.append(folder)
        }
    }
    return folders
}
