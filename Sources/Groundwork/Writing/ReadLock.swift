import Diagnostics

/// A lock as it is in a folder.
struct FoundLock {
    let claims: LockClaims
    /// The text; nil if there is none.
    let bytes: [UInt8]?
}

/// Reads the lock of a folder.
///
/// Nil if it cannot be read, which is then reported.
func readLock(in root: borrowing Folder, shownAs shown: String, _ report: inout Report) throws -> FoundLock? {
    guard let bytes = try readFile(lockPath, in: root) else {
        guard root.state(of: lockPath) != nil else { return FoundLock(claims: .none, bytes: nil) }
        report.error("unreadable-lock", "`\(shown)/\(lockPath)` is not a file", at: nil, help: [howToRepair])
        return nil
    }
    let file = SourceFile(path: "\(shown)/\(lockPath)", bytes: bytes)
    do {
        let lock = try Lock(reading: bytes)
        return FoundLock(claims: LockClaims(lock), bytes: bytes)
    } catch .newerFormat(let version) {
        report.error(
            "newer-lock",
            "`\(file.path)` has format \(version), but this version of stowage supports format \(Lock.format)",
            at: SourceRange(file, 0, 1), label: "written by a newer stowage",
            help: ["use the version of stowage that wrote this tree, or a newer one"])
    } catch .malformed(let offset, let expected) {
        if let claims = LockClaims(conflicted: bytes) { return FoundLock(claims: claims, bytes: bytes) }
        report.error(
            "unreadable-lock", "`\(file.path)` is not a lock file of stowage",
            at: SourceRange(file, offset, offset + 1),
            label: "expected \(expected)", help: [howToRepair])
    }
    return nil
}

private let howToRepair: Help = "restore it from version control; it lists the files that stowage may overwrite"
