import Diagnostics
import Foundation
import Testing
import YAML

/// The clusters that have to be committed: their results are checked, and their absence is an error.
let requiredClusters: Set<String> = ["claims", "development", "minimal", "scaling", "seed", "shared"]

/// The project's folder.
let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// An example spec with its committed result.
struct Example: CustomTestStringConvertible, Sendable {
    let name: String
    let spec: URL
    let kubernetes: String

    /// The folder of its manifests.
    var tree: URL { root.appending(path: "out/\(name)") }
    var isCommitted: Bool { FileManager.default.fileExists(atPath: tree.path) }
    var testDescription: String { name }
}

/// The specs under `specs/`, in the order of their names.
let examples: [Example] = files(under: root.appending(path: "specs")) { $0.pathExtension == "yaml" }.compactMap {
    file in
    guard let document = try? documents(in: file).first,
        let name = document["metadata"]?["name"]?.scalar?.text,
        let kubernetes = document["spec"]?["platform"]?["kubernetes"]?.scalar?.text
    else { return nil }
    return Example(name: name, spec: file, kubernetes: kubernetes)
}

/// The examples whose manifests are committed.
let committed = examples.filter(\.isCommitted)

/// A text of the repository, such as `README.md`.
func text(_ name: String) throws -> String { try String(contentsOf: root.appending(path: name), encoding: .utf8) }

/// The regular files below a folder that pass a test, sorted by path.
func files(under folder: URL, _ passes: (URL) -> Bool) -> [URL] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
    return (found ?? []).filter { !$0.hasDirectoryPath && passes($0) }.sorted { $0.path < $1.path }
}

/// The YAML documents of a file.
func documents(in file: URL) throws -> [Node] {
    var report = Report()
    let source = SourceFile(path: file.path, bytes: [UInt8](try Data(contentsOf: file)))
    let nodes = readYAML(source, &report)
    guard let nodes, !report.hasErrors else {
        throw Unreadable(file: file.path, messages: report.diagnostics.map(\.message))
    }
    return nodes
}

/// A file that is not YAML.
struct Unreadable: Error {
    let file: String
    let messages: [String]
}

/// A document as text that does not depend on the order of keys or on the style of scalars.
func meaning(_ node: Node) -> String {
    if let entries = node.entries {
        return "{" + entries.map { "\($0.key): \(meaning($0.value))" }.sorted().joined(separator: ", ") + "}"
    }
    if let items = node.items { return "[" + items.map(meaning).joined(separator: ", ") + "]" }
    guard let scalar = node.scalar else { return "" }
    return "\(scalar.meaning) \(scalar.text.debugDescription)"
}
