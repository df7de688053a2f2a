/// Everything that a write is made from.
struct Assembly {
    let place: OutputPlace
    let snapshot: Snapshot
    /// The files of the tree and the lock, which comes last.
    let files: [FileTree.File]
    /// The files of the folder that equal those of the tree.
    let unchanged: Set<String>
    /// The files that go away.
    let removed: [String]

    /// The names in the snapshot that belong to the old tree or the new one.
    private let owned: Set<String>

    init(_ tree: FileTree, _ lock: Lock, _ inspection: Inspection, _ place: OutputPlace) {
        self.place = place
        snapshot = inspection.snapshot
        files = tree.files + [FileTree.File(path: lockPath, bytes: lock.bytes)]
        let comparison = inspection.comparison
        unchanged = Set(comparison.files(.unchanged).map(\.path) + (comparison.lockDiffers ? [] : [lockPath]))
        removed = comparison.files.filter { !$0.isEmitted }.map(\.path)
        owned = Set(comparison.files.map(\.path) + [lockPath])
    }

    /// Fails when a folder in which something changes is closed to writing, even if an exchange would get around that.
    func checkPermissions() throws(IOFailure) {
        guard place.exists else { return }
        let root = try Folder(place.path)
        for folder in Set((changed.map(\.path) + removed).map { folder(of: $0) }).union([""]) {
            guard folder.isEmpty || snapshot[folder]?.kind == .folder else { continue }
            try root.checkWritable(folder)
        }
    }

    /// The files to be written.
    var changed: [FileTree.File] { files.filter { !unchanged.contains($0.path) } }

    /// What stowage did not write, and the empty folders; in the order of the snapshot.
    var foreign: [Entry] {
        snapshot.entries.filter { entry in
            entry.kind == .folder ? snapshot.contents(of: entry.path).isEmpty : !owned.contains(entry.path)
        }
    }

    /// Whether the folder may be replaced by another that holds the same.
    ///
    /// A repository is not moved from under its git, and the folder that a shell works in stays.
    var canBeStaged: Bool {
        !place.name.isEmpty && snapshot.isExact && !snapshot.holdsRepository && !place.holdsWorkingFolder
    }
}
