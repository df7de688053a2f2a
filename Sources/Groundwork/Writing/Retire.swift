#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Removes a replaced folder.
///
/// Foreign files that came or changed while it was being replaced move to the new folder; one that has no place there
/// stays, and with it the replaced folder.
func retire(_ old: String, in parent: borrowing Folder, into name: String) throws(IOFailure) {
    let oldFolder = try Folder(old, in: parent)
    let newFolder = try Folder(name, in: parent)
    try oldFolder.permitChanges()
    let snapshot = try Snapshot(of: oldFolder)
    let oldFiles = try filesInLock(of: oldFolder)
    let newFiles = try filesInLock(of: newFolder)
    for entry in snapshot.entries where entry.isExact {
        let path = entry.path
        if entry.kind == .folder {
            try Folder(path, in: oldFolder).permitChanges()
            let isNews = snapshot.contents(of: path).isEmpty && newFolder.state(of: path) == nil
            if isNews { _ = try? newFolder.folder(at: path, creating: true) }
        } else if oldFiles.contains(path) || !isNews(oldFolder.state(of: path), against: newFolder.state(of: path)) {
            try oldFolder.remove(path)
        } else if !newFiles.contains(path), let target = try? newFolder.folder(above: path, creating: true) {
            try oldFolder.move(path, to: target, as: lastComponent(of: path))
        }
    }
    for entry in snapshot.entries.reversed() where entry.kind == .folder {
        try? oldFolder.remove(entry.path, isFolder: true)
    }
    try? parent.remove(old, isFolder: true)
}

/// Whether a foreign file of the old folder is absent from the new one, or younger than its counterpart there.
private func isNews(_ old: stat?, against new: stat?) -> Bool {
    guard let old else { return false }
    guard let new else { return true }
    if old.st_ino == new.st_ino { return false }
    let (left, right) = (modification(old), modification(new))
    return (left.tv_sec, left.tv_nsec) > (right.tv_sec, right.tv_nsec)
}

/// The time of the last change of a file's content.
private func modification(_ state: stat) -> timespec {
    #if canImport(Darwin)
        state.st_mtimespec
    #else
        state.st_mtim
    #endif
}

/// The paths that a folder's lock names, and its own; none if it has no lock.
private func filesInLock(of folder: borrowing Folder) throws(IOFailure) -> Set<String> {
    guard let bytes = try readFile(lockPath, in: folder) else { return [] }
    let claims = (try? Lock(reading: bytes)).map { LockClaims($0) } ?? LockClaims(conflicted: bytes)
    return Set(claims?.digests.keys.map { $0 } ?? []).union([lockPath])
}

/// Removes a folder and everything in it.
func removeAll(_ name: String, in parent: borrowing Folder) throws(IOFailure) {
    let folder = try Folder(name, in: parent)
    try folder.permitChanges()
    for entry in try folder.entries() {
        if entry.kind == .folder { try removeAll(entry.path, in: folder) } else { try folder.remove(entry.path) }
    }
    try parent.remove(name, isFolder: true)
}

extension Folder {
    /// Makes sure that the owner may change what is in the folder.
    ///
    /// For folders that are about to go away.
    fileprivate func permitChanges() throws(IOFailure) {
        let mode = try state().st_mode & 0o7777
        if mode & 0o700 != 0o700 { try system("unlock", path) { fchmod(descriptor, mode | 0o700) } }
    }
}
