import Diagnostics

/// A lock as it stands in a folder; both are nil if there is none.
struct FoundLock {
    let lock: Lock?
    let bytes: [UInt8]?
}

/// Reads the lock of an output folder.
///
/// Nil if there is none, or if it cannot be read, which is then reported.
package func readLock(in directory: String, _ report: inout Report) throws -> Lock? {
    guard let place = try OutputPlace(directory, &report), place.exists else { return nil }
    return try readLock(in: try Folder(place.path), shownAs: place.shown, &report)?.lock
}

/// Reads the lock of a folder.
///
/// Nil if it cannot be read, which is then reported.
func readLock(in root: borrowing Folder, shownAs shown: String, _ report: inout Report) throws -> FoundLock? {
    guard let bytes = try readFile(lockPath, in: root) else {
        guard root.state(of: lockPath) != nil else { return FoundLock(lock: nil, bytes: nil) }
        report.error("unreadable-lock", "`\(shown)/\(lockPath)` is not a file", at: nil, help: [howToRepair])
        return nil
    }
    let file = SourceFile(path: "\(shown)/\(lockPath)", bytes: bytes)
    do {
        return FoundLock(lock: try Lock(reading: bytes), bytes: bytes)
    } catch .newerFormat(let version) {
        report.error(
            "newer-lock", "`\(file.path)` has format \(version), and this compiler knows format \(Lock.format)",
            at: SourceRange(file, 0, 1), label: "a newer stowage wrote this",
            help: ["use the version of stowage that wrote this tree, or a newer one"])
    } catch .malformed(let offset, let expected) {
        let isConflict = bytes.starts(with: "<<<<<<< ".utf8) || file.hasLine(startingWith: "<<<<<<< ")
        report.error(
            "unreadable-lock",
            isConflict ? "`\(file.path)` has an unresolved merge conflict" : "`\(file.path)` is not a lock of stowage",
            at: SourceRange(file, offset, offset + 1), label: isConflict ? "" : "expected \(expected)",
            help: [isConflict ? howToMerge : howToRepair])
    }
    return nil
}

private let howToRepair = "restore it from version control; it says which files stowage may overwrite"
private let howToMerge = "take either side (`git checkout --theirs`) for the output folder, then run `stowage generate`"

extension SourceFile {
    /// Whether a line starts with a text.
    fileprivate func hasLine(startingWith text: String) -> Bool {
        lineStarts.contains { bytes[$0...].starts(with: text.utf8) }
    }
}
