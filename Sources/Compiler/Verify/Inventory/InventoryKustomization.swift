extension Inventory {
    /// A kustomization.yaml: what a folder consists of.
    struct Kustomization: Sendable {
        let path: String
        /// The folder that it stands in; empty for the root.
        let base: String
        let root: Value
        /// The files and folders that are parts of it.
        let parts: [Part]

        /// What a kustomization names, and the path that this is.
        struct Part: Sendable {
            let name: Value
            let path: String
        }

        init(_ root: Value, path: String) {
            let base = folder(of: path)
            self.path = path
            self.base = base
            self.root = root
            parts = ["resources", "components", "bases"].flatMap { root[$0]?.items ?? [] }.compactMap { name in
                guard let text = name.text, !isRemote(text) else { return nil }
                return Part(name: name, path: resolve(text, in: base))
            }
        }

        /// The files that change parts of it.
        var patches: [Part] {
            let lists = ["patchesStrategicMerge", "crds", "configurations", "transformers", "generators", "validators"]
            let nested = ["patches", "patchesJson6902", "replacements"].flatMap { root[$0]?.items ?? [] }
            let names = lists.flatMap { root[$0]?.items ?? [] } + nested.compactMap { $0["path"] }
            return names.compactMap { name in
                guard let text = name.text, !text.utf8.contains(UInt8(ascii: "\n")), !isRemote(text) else { return nil }
                return Part(name: name, path: resolve(text, in: base))
            }
        }

        /// The files that it takes in as data, whatever they hold.
        var data: [String] {
            let generators = ["configMapGenerator", "secretGenerator"].flatMap { root[$0]?.items ?? [] }
            let files = generators.flatMap { $0["files"]?.texts ?? [] }.map { file in
                file.firstIndex(of: "=").map { String(file[file.index(after: $0)...]) } ?? file
            }
            let values = (root["helmCharts"]?.items ?? []).compactMap { $0["valuesFile"]?.text }
            return (files + values).map { resolve($0, in: base) }
        }
    }
}

/// Gives the path that a file in a folder names, in the terms of the folder's own path.
func resolve(_ text: String, in base: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "/")) || text.utf8.first == UInt8(ascii: ".") else {
        return base.isEmpty ? text : "\(base)/\(text)"
    }
    var steps = base.split(separator: "/")
    for step in text.split(separator: "/") where step != "." {
        if step != ".." {
            steps.append(step)
        } else if steps.last ?? ".." == ".." {
            steps.append(step)
        } else {
            steps.removeLast()
        }
    }
    return (base.hasPrefix("/") ? "/" : "") + steps.joined(separator: "/")
}

/// Tells whether a kustomization's resource is fetched from elsewhere.
private func isRemote(_ text: String) -> Bool {
    text.utf8.contains(UInt8(ascii: ":")) || text.hasPrefix("github.com/")
}

/// Tells whether a path has one of the names under which kustomize looks for its file.
func isKustomization(_ path: String) -> Bool {
    switch lastComponent(of: path) {
    case "kustomization.yaml", "kustomization.yml", "Kustomization": true
    default: false
    }
}
