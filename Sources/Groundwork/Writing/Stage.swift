import CSystem

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Exchanges two folders in one step.
package func exchangeFolders(_ left: String, _ right: String) throws {
    try system("exchange", right) { stowage_exchange(left, right) }
}

/// Replaces the output folder by a staged one in one step.
///
/// On failure the old folder stays and the stage is removed.
func replace(_ assembly: Assembly, _ seams: WriteSeams) throws {
    let place = assembly.place
    let parent = try Folder(place.parent)
    let stage = StageName(place.name, original: place.exists ? parent.state(of: place.name) : nil)
    do {
        try parent.makeFolder(stage.text)
        try seams.interruption(.stageMade)
        try fill(try Folder(stage.text, in: parent), assembly, seams)
        if place.exists {
            try seams.exchange("\(place.parent)/\(stage.text)", "\(place.parent)/\(place.name)")
        } else {
            try parent.move(stage.text, to: parent, as: place.name)
        }
    } catch let failure as IOFailure {
        // What killed the write may also keep the stage from being removed; then the next run does it.
        try? removeAll(stage.text, in: parent)
        throw failure
    }
    try seams.interruption(.exchanged)
    do {
        try parent.flush()
        if place.exists { try retire(stage.text, in: parent, into: place.name) }
    } catch {
        // The new tree is in place. The next run clears away what is left of the old one.
    }
    try seams.interruption(.retired)
}

/// Fills an empty stage: new files first, so that no foreign link can lead them astray, then all that stays.
private func fill(_ stage: borrowing Folder, _ assembly: Assembly, _ seams: WriteSeams) throws {
    let isNew = !assembly.place.exists
    let live = try Folder(isNew ? assembly.place.parent : assembly.place.path)
    let foreign = assembly.foreign
    let kept = assembly.files.flatMap { foldersAbove($0.path) } + foreign.flatMap { foldersAbove($0.path) }
    let folders = Set(kept + foreign.filter { $0.kind == .folder }.map(\.path)).sorted()
    for folder in folders { try stage.makeFolder(folder) }
    for file in assembly.changed {
        try stage.create(file.path, file.bytes, like: isNew ? nil : live.fileState(of: file.path))
        try seams.interruption(.wrote(file.path))
    }
    for file in assembly.files where assembly.unchanged.contains(file.path) {
        let isThere = try live.link(file.path, to: stage)
        if !isThere { try stage.create(file.path, file.bytes) }
        try seams.interruption(.linked(file.path))
    }
    for entry in foreign where entry.kind != .folder {
        // A foreign file that is gone meanwhile is not missed.
        _ = try live.link(entry.path, to: stage)
        try seams.interruption(.linked(entry.path))
    }
    if !isNew {
        // The innermost first: a folder may become read-only by this.
        for folder in folders.reversed() {
            guard let state = live.state(of: folder), state.st_mode & S_IFMT == S_IFDIR else { continue }
            try Folder(folder, in: stage).match(state)
        }
        try stage.match(try live.state())
    }
    try stage.flush()
    try seams.interruption(.flushed)
}

extension Folder {
    /// Gives an entry of this folder the same path in another, itself and not what it links to.
    ///
    /// False if it is gone.
    fileprivate func link(_ path: String, to target: borrowing Folder) throws(IOFailure) -> Bool {
        let number = target.descriptor
        do {
            try system("link", self.path(of: path)) { linkat(descriptor, path, number, path, 0) }
            return true
        } catch let failure where failure.isMissing {
            return false
        }
    }

    /// What the system knows about a regular file; nil if there is none.
    func fileState(of path: String) -> stat? {
        state(of: path).flatMap { $0.st_mode & S_IFMT == S_IFREG ? $0 : nil }
    }

    /// Brings what was written to the disk.
    func flush() throws(IOFailure) {
        try system("flush", path) { stowage_flush(descriptor) }
    }
}
