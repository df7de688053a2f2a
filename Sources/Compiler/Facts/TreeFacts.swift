import Groundwork

/// The manifests by folder: the value `tree` in templates below `tree/`.
struct FolderedTree: Sendable {
    let folders: [TreeFolder]

    init(_ manifests: [Manifest]) {
        var folders: [TreeFolder] = []
        for manifest in manifests {
            let name = folder(of: manifest.path)
            // The component of a kustomize user is a file of that name.
            if lastComponent(of: manifest.path) == "kustomization.yaml" { continue }
            if name.isEmpty || Manifest.unkustomizedFolders.contains(name) { continue }
            let file = Traced(lastComponent(of: manifest.path), .convention("a manifest of this folder"))
            if folders.last?.path.value == name {
                folders[folders.count - 1].files.append(file)
            } else {
                folders.append(TreeFolder(path: Traced(name, .convention("a folder of the tree")), files: [file]))
            }
        }
        self.folders = folders
    }
}

/// A folder that is a kustomize root.
struct TreeFolder: Sendable {
    let path: Traced<String>
    var files: [Traced<String>]
}

let treeFacts = FactTable<FolderedTree>(
    "tree", "the manifests by folder",
    [.records("folders", "the folders that are kustomize roots", treeFolderFacts) { $0.folders }])

let treeFolderFacts = FactTable<TreeFolder>(
    "folder", "a folder that is a kustomize root",
    [
        .fact("path", "its path below the output folder") { $0.path },
        .list("files", "the manifests in it") { $0.files },
    ])
