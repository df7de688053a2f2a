/// Which files of a folder stowage wrote, by what its lock says.
struct LockClaims: Sendable {
    /// The lock from which they were read.
    enum Source: Sendable, Equatable { case noLock, lock, conflictedLock }

    let source: Source
    /// The digests that stowage may have left a file with, by path.
    ///
    /// After a merge there may be one from each side.
    let digests: [String: Set<String>]

    /// The claims of a folder without a lock.
    static let none = LockClaims(source: .noLock, digests: [:])

    /// The claims of a lock.
    init(_ lock: Lock) { self.init(source: .lock, digests: lock.files.mapValues { [$0] }) }

    /// Reads what a lock with merge conflicts claims: all that either side does.
    ///
    /// Nil if the text has no conflict.
    init?(conflicted bytes: [UInt8]) {
        guard bytes.withUnsafeBytes({ hasConflict($0) }) else { return nil }
        var found: [String: Set<String>] = [:]
        var isInFiles = false
        for line in splitLines(bytes) {
            var scanner = JSONScanner(Array(line))
            guard let key = try? scanner.string(), (try? scanner.take(":")) != nil else { continue }
            if key == "files" { isInFiles = true }
            if isInFiles, let digest = try? scanner.string() { found[key, default: []].insert(digest) }
        }
        self.init(source: .conflictedLock, digests: found)
    }

    private init(source: Source, digests: [String: Set<String>]) {
        self.source = source
        self.digests = digests
    }

    /// Whether stowage wrote a file of this path.
    func cover(_ path: String) -> Bool { digests[path] != nil }

    /// Whether a file is as stowage left it, or is what a merge made of two that were.
    func explain(_ content: UnsafeRawBufferPointer, at path: String) -> Bool {
        guard let digests = digests[path] else { return false }
        return digests.contains(sha256(content)) || source == .conflictedLock && hasConflict(content)
    }
}

/// Whether a text has the marks of a merge conflict.
private func hasConflict(_ content: UnsafeRawBufferPointer) -> Bool {
    var isOpen = false
    var start = 0
    while start < content.count {
        let rest = content[start...]
        if rest.starts(with: "<<<<<<< ".utf8) { isOpen = true }
        if isOpen, rest.starts(with: ">>>>>>> ".utf8) { return true }
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return false }
        start = end + 1
    }
    return false
}
