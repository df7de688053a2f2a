extension Inventory {
    /// A kustomization.yaml: what a folder consists of.
    struct Kustomization: Sendable {
        let path: String
        /// The folder that it stands in; empty for the root.
        let base: String
        let root: Value

        /// Reads a document as a kustomization, which its file's name tells; nil if it is none.
        init?(_ root: Value, path: String) {
            guard isKustomization(path) else { return nil }
            self.path = path
            base = folder(of: path)
            self.root = root
        }

        /// The files and folders that are parts of it, as written.
        var parts: [Value] {
            ["resources", "components", "bases"].flatMap { root[$0]?.items ?? [] }.filter { !($0.text ?? "").isRemote }
        }

        /// The files that change parts of it.
        var patches: [Value] {
            let lists = ["patchesStrategicMerge", "crds", "configurations", "transformers", "generators", "validators"]
            let nested = ["patches", "patchesJson6902", "replacements"].flatMap { root[$0]?.items ?? [] }
            return lists.flatMap { root[$0]?.items ?? [] } + nested.compactMap { $0["path"] }
        }

        /// Gives the path, below the tree's root, of what a text names; nil if it leaves the tree.
        func resolve(_ text: String) -> String? {
            var steps = base.split(separator: "/")
            for step in text.split(separator: "/") where step != "." {
                if step != ".." {
                    steps.append(step)
                } else if steps.popLast() == nil {
                    return nil
                }
            }
            return steps.joined(separator: "/")
        }
    }
}

/// Tells whether a path has one of the names under which kustomize looks for its file.
func isKustomization(_ path: String) -> Bool {
    ["kustomization.yaml", "kustomization.yml", "Kustomization"].contains { name in
        path.hasSuffix(name) && (path.utf8.count == name.utf8.count || path.dropLast(name.count).last == "/")
    }
}

extension String {
    /// Whether a kustomization's resource is fetched from elsewhere.
    fileprivate var isRemote: Bool {
        (utf8.contains(UInt8(ascii: ":")) && utf8.firstRange(of: "://".utf8) != nil) || hasPrefix("github.com/") || hasPrefix("git@")
    }
}
