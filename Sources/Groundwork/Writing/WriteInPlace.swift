/// Writes file by file, for folders that cannot be exchanged: first all bytes and the steps into a journal in the
/// output folder, then the steps.
///
/// If killed before the journal exists, nothing has changed; if killed after, the next run completes it.
func writeInPlace(_ assembly: Assembly, _ seams: WriteSeams) throws {
    let place = assembly.place
    if !place.exists { try Folder(place.parent).makeFolder(place.name) }
    let root = try Folder(place.path)
    do {
        try root.makeFolder(journalPath)
        try seams.interruption(.journalMade)
        try fill(try Folder(journalPath, in: root), assembly, root, seams)
    } catch let failure as IOFailure {
        // What killed the write may also keep the journal from being removed; then the next run does it.
        try? removeAll(journalPath, in: root)
        throw failure
    }
    try completeJournal(in: root, seams)
}

/// Fills an empty journal and puts it in place.
private func fill(
    _ journal: borrowing Folder, _ assembly: Assembly, _ root: borrowing Folder, _ seams: WriteSeams
) throws {
    // Removals first: a file may become a folder. The lock comes last: it is true when all else is.
    var steps = assembly.removed.map { Journal.Step.remove($0) }
    for (number, file) in assembly.changed.enumerated() {
        try journal.create(String(number), file.bytes, like: root.fileState(of: file.path))
        try seams.interruption(.journalled(file.path))
        steps.append(.place(number, file.path))
    }
    let draft = "\(Journal.file).draft"
    try journal.create(draft, Journal(steps).bytes)
    try journal.flush()
    try seams.interruption(.flushed)
    try journal.move(draft, to: journal, as: Journal.file)
    try journal.flush()
    try seams.interruption(.committed)
}

/// Completes a journal that a write left in an output folder, or drops it if it is incomplete.
///
/// Safe to be repeated.
func completeJournal(in root: borrowing Folder, _ seams: WriteSeams) throws {
    guard root.state(of: journalPath) != nil else { return }
    do {
        let journal = try Folder(journalPath, in: root)
        if let bytes = try readFile(Journal.file, in: journal) {
            for step in Journal(reading: bytes).steps {
                switch step {
                case .remove(let path):
                    try remove(path, in: root)
                    try seams.interruption(.applied(path))
                case .place(let number, let path):
                    try placeFile(number, from: journal, at: path, in: root)
                    try seams.interruption(.applied(path))
                }
            }
            try root.flush()
            try journal.remove(Journal.file)
        }
    }
    try removeAll(journalPath, in: root)
    try seams.interruption(.journalRemoved)
}

/// Removes a file, and the folders that it leaves empty.
private func remove(_ path: String, in root: borrowing Folder) throws(IOFailure) {
    do {
        try root.folder(above: path).remove(lastComponent(of: path))
        for folder in foldersAbove(path).reversed() {
            try root.folder(above: folder).remove(lastComponent(of: folder), isFolder: true)
        }
    } catch let failure where failure.isMissing || failure.isObstructed {
        // It is gone already, or something foreign took its place.
    }
}

/// Moves a file out of the journal to its place.
///
/// What is not in the journal any more was placed before.
private func placeFile(
    _ number: Int, from journal: borrowing Folder, at path: String, in root: borrowing Folder
) throws(IOFailure) {
    do {
        let target = try root.folder(above: path, creating: true)
        try journal.move(String(number), to: target, as: lastComponent(of: path))
    } catch let failure where failure.isMissing || failure.isObstructed {
        // Something foreign that came since is in the way: the comparison of the next run reports it.
    }
}
