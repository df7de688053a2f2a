import Diagnostics
import Groundwork

/// A kustomization file.
struct Kustomization: Sendable {
    let path: String
    /// Its folder; empty for the root.
    let base: String
    let root: ManifestValue
    /// The files and folders of its resources.
    let resources: [Part]
    /// The folders of its components.
    let components: [Part]
    /// Whether it has remote resources.
    let isRemote: Bool

    /// The files and folders that it consists of.
    var parts: [Part] { resources + components }

    /// A path in a kustomization, as written and resolved.
    struct Part: Sendable {
        let name: ManifestValue
        let path: String
    }

    init(_ root: ManifestValue, path: String) {
        let base = folder(of: path)
        self.path = path
        self.base = base
        self.root = root
        func parts(_ lists: String...) -> [Part] {
            lists.flatMap { root[$0]?.items ?? [] }.compactMap { name in
                guard let text = name.text, !isFetched(text) else { return nil }
                return Part(name: name, path: resolve(text, in: base))
            }
        }
        resources = parts("resources", "bases")
        components = parts("components")
        isRemote = ["resources", "bases", "components"].contains { list in
            root[list]?.texts?.contains { isFetched($0) } ?? false
        }
    }

    /// Reads a kustomization file; nil if it is not one.
    init?(reading file: SourceFile) {
        var discarded = Report()
        guard isKustomization(file.path), let document = readManifest(file, &discarded)?.documents.first else {
            return nil
        }
        self.init(document.root, path: file.path)
    }

    /// The files that change its resources, such as patches.
    var patches: [Part] {
        let lists = ["patchesStrategicMerge", "crds", "configurations", "transformers", "generators", "validators"]
        let nested = ["patches", "patchesJson6902", "replacements"].flatMap { root[$0]?.items ?? [] }
        let names = lists.flatMap { root[$0]?.items ?? [] } + nested.compactMap { $0["path"] }
        return names.compactMap { name in
            guard let text = name.text, !text.utf8.contains(UInt8(ascii: "\n")), !isFetched(text) else {
                return nil
            }
            return Part(name: name, path: resolve(text, in: base))
        }
    }

    /// The files that it uses as data, with any content.
    var data: [String] {
        let values = root.items(of: "helmCharts").compactMap { $0["valuesFile"]?.text }
        return generatorFiles.map(\.path) + values.map { resolve($0, in: base) }
    }

    /// The files that its generators read.
    var generatorFiles: [Part] {
        let generators = ["configMapGenerator", "secretGenerator"].flatMap { root[$0]?.items ?? [] }
        let envs = generators.flatMap { $0.items(of: "envs") + [$0["env"]].compactMap { $0 } }
        let files = generators.flatMap { $0.items(of: "files") }
        return (files + envs).compactMap { name in
            guard let text = name.text else { return nil }
            let path = text.firstIndex(of: "=").map { String(text[text.index(after: $0)...]) } ?? text
            return Part(name: name, path: resolve(path, in: base))
        }
    }
}

/// The paths in a kustomization file; none for any other file.
package func namedFiles(in file: SourceFile) -> [String] {
    guard let kustomization = Kustomization(reading: file) else { return [] }
    return (kustomization.parts + kustomization.patches).map(\.path) + kustomization.data
}

/// Resolves a path relative to a folder.
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

/// Tells whether a kustomization's resource is remote.
private func isFetched(_ text: String) -> Bool {
    text.utf8.contains(UInt8(ascii: ":")) || text.hasPrefix("github.com/")
}

/// Tells whether a path has one of the file names of kustomizations.
func isKustomization(_ path: String) -> Bool {
    switch lastComponent(of: path) {
    case "kustomization.yaml", "kustomization.yml", "Kustomization": true
    default: false
    }
}
