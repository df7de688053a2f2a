import Diagnostics
import Foundation
import Groundwork
import Verify

@testable import Import

/// The project's folder.
let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The YAML files below a folder, by their paths in it, sorted.
func yamlFiles(below folder: URL) throws -> [SourceFile] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
    let prefix = folder.standardizedFileURL.path.count + 1
    return try (found ?? []).filter { $0.pathExtension == "yaml" }.map { file in
        SourceFile(
            path: String(file.standardizedFileURL.path.dropFirst(prefix)), bytes: Array(try Data(contentsOf: file)))
    }.sorted { $0.path < $1.path }
}

/// The same files without comments, which an import does not read either.
func uncommented(_ files: [SourceFile]) -> [SourceFile] {
    files.map { file in
        let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return SourceFile(path: file.path, text: lines.filter { !$0.hasPrefix("#") }.joined(separator: "\n"))
    }
}

extension [SourceFile] {
    /// The files as a tree.
    var tree: SourceTree { SourceTree(files: self, roots: [""], isClosed: true) }
}

extension Proof {
    /// What is not equal, without values: they follow from tables that change.
    var places: String {
        (differences.map { "\($0.object.words): \($0.pointer)" } + new.map { "\($0.words): only in the spec" }
            + untouched.map { "\($0.key.words): only in the input" }).map { $0 + "\n" }.joined()
    }
}
