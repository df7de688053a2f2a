import Diagnostics

/// What a write needs to know of an output folder: its content, and how the tree relates to it.
struct Inspection {
    let snapshot: Snapshot
    let comparison: TreeComparison
}

/// Compares a tree with an output folder, which need not exist.
///
/// Nil when the folder's lock cannot be read.
package func compare(_ tree: FileTree, with directory: String, _ report: inout Report) throws -> TreeComparison? {
    guard let place = try OutputPlace(directory, &report) else { return nil }
    return try inspect(tree, Lock(tree), at: place, &report)?.comparison
}

/// Compares a tree with the content of a place.
func inspect(_ tree: FileTree, _ lock: Lock, at place: OutputPlace, _ report: inout Report) throws -> Inspection? {
    guard place.exists else {
        let files = tree.files.map { TreeComparison.File(path: $0.path, change: .created, isEmitted: true) }
        let comparison = TreeComparison(files: files, foreignFiles: 0, claims: .noLock, lockDiffers: true)
        return Inspection(snapshot: Snapshot(), comparison: comparison)
    }
    let root = try Folder(place.path)
    guard case .some(let oldLock) = try readLock(in: root, shownAs: place.shown, &report) else { return nil }
    let snapshot = try Snapshot(of: root)
    let comparer = Comparer(snapshot: snapshot, claims: oldLock.claims)
    var reader = FileReader()
    var files: [TreeComparison.File] = []
    for file in tree.files {
        let change = try comparer.change(of: file, in: root, &reader)
        files.append(TreeComparison.File(path: file.path, change: change, isEmitted: true))
    }
    let emitted = Set(files.map(\.path))
    for path in oldLock.claims.digests.keys where !emitted.contains(path) {
        guard let change = try comparer.change(ofAbandoned: path, in: root, &reader) else { continue }
        files.append(TreeComparison.File(path: path, change: change, isEmitted: false))
    }
    files.sort { $0.path < $1.path }
    let mine = Set(files.filter { if case .foreignInTheWay = $0.change { false } else { true } }.map(\.path))
    let foreign = snapshot.entries.count { $0.kind != .folder && $0.path != lockPath && !mine.contains($0.path) }
    let comparison = TreeComparison(
        files: files, foreignFiles: foreign, claims: oldLock.claims.source, lockDiffers: oldLock.bytes != lock.bytes)
    return Inspection(snapshot: snapshot, comparison: comparison)
}

/// The comparison of single files with a snapshot.
private struct Comparer {
    let snapshot: Snapshot
    let claims: LockClaims

    /// Finds out what a write does to a file of the tree.
    func change(
        of file: FileTree.File, in root: borrowing Folder, _ reader: inout FileReader
    ) throws(IOFailure) -> TreeComparison.Change {
        guard let entry = snapshot[file.path] else {
            for folder in foldersAbove(file.path) {
                guard let entry = snapshot[folder] else { break }
                if entry.kind != .folder { return isReplaceable(entry) ? .created : .foreignInTheWay(folder) }
            }
            return .created
        }
        switch entry.kind {
        case .folder:
            let contents = snapshot.contents(of: entry.path)
            let goesAway = contents.contains { $0.kind != .folder } && contents.allSatisfy { isReplaceable($0) }
            return goesAway ? .created : .foreignInTheWay(entry.path)
        case .link, .other:
            return claims.cover(file.path) ? .handEdited : .foreignInTheWay(file.path)
        case .file:
            let change = try reader.read(file.path, in: root) { content -> TreeComparison.Change in
                if isEqual(file.bytes, content) { return .unchanged }
                guard claims.cover(file.path) else { return .foreignInTheWay(file.path) }
                return claims.explain(content, at: file.path) ? .updated : .handEdited
            }
            return change ?? .created
        }
    }

    /// Finds out what a write does to a file that the tree no longer has.
    ///
    /// Nil if it is gone, or no longer a file of ours.
    func change(
        ofAbandoned path: String, in root: borrowing Folder, _ reader: inout FileReader
    ) throws(IOFailure) -> TreeComparison.Change? {
        guard let entry = snapshot[path], entry.kind != .folder else { return nil }
        guard entry.kind == .file else { return .handEdited }
        return try reader.read(path, in: root) { claims.explain($0, at: path) ? .removed : .handEdited }
    }

    /// Whether an entry is a file that stowage wrote, or a folder, which goes away with the last file in it.
    private func isReplaceable(_ entry: Entry) -> Bool {
        entry.kind == .folder
            ? !snapshot.contents(of: entry.path).isEmpty : entry.kind == .file && claims.cover(entry.path)
    }
}
