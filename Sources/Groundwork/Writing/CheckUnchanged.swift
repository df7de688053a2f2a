/// A file that is not as the lock remembers it.
package struct Mismatch: Sendable, Equatable {
    package enum Kind: Sendable { case missing, differs }

    package let path: String
    package let kind: Kind
}

/// Reads every file that a lock names and lists those that are missing or of another digest, in the order of their paths.
package func mismatches(of lock: Lock, in directory: String) throws -> [Mismatch] {
    let root = try Folder(directory)
    var reader = FileReader()
    var found: [Mismatch] = []
    for (path, digest) in lock.files {
        let matches = try reader.read(path, in: root) { sha256($0) == digest }
        if matches != true { found.append(Mismatch(path: path, kind: matches == nil ? .missing : .differs)) }
    }
    return found.sorted { $0.path < $1.path }
}

/// Says whether every file that a lock names is as the lock remembers it.
package func isUnchanged(_ directory: String, lock: Lock) throws -> Bool {
    try mismatches(of: lock, in: directory).isEmpty
}
