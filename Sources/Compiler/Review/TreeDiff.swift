import Groundwork

/// Shows what a write would change in an output folder, except for the lock file.
///
/// Paths start with the folder's name as given.
package func unifiedDiff(
    of tree: FileTree, _ comparison: TreeComparison, in directory: String
) throws -> [DiffLine] {
    let new = Dictionary(tree.files.map { ($0.path, $0.bytes) }) { first, _ in first }
    let shown = directory.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    let prefix = shown.isEmpty ? "" : shown + "/"
    var lines: [DiffLine] = []
    for file in comparison.files where file.change != .unchanged {
        let old = file.change == .created ? nil : try readFile(file.path, in: try Folder(directory))
        lines += unifiedDiff(old: old, new: new[file.path], path: prefix + file.path)
    }
    return lines
}
