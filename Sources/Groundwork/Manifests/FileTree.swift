/// The files of one output folder.
///
/// Every path in it is safe, and no two of them clash on any file system.
package struct FileTree: Sendable {
    /// A file: its path relative to the output folder, and its content.
    package struct File: Sendable, Equatable {
        package let path: String
        package let bytes: [UInt8]
    }

    private var stored: [File] = []
    /// For each file and each folder above one, the spelling in use, under its form in lowercase.
    private var spellings: [String: Spelling] = [:]

    /// The folder of the file added last: files come folder by folder.
    private var latestFolder = ""

    package init() {}

    package var isEmpty: Bool { stored.isEmpty }

    /// The files in the order of their paths.
    ///
    /// They are sorted on each call.
    package var files: [File] { stored.sorted { $0.path < $1.path } }

    /// Adds a file.
    ///
    /// Returns why it cannot be added, or nil when it was.
    package mutating func add(_ path: String, _ bytes: [UInt8]) -> String? {
        if let reason = unsafePathReason(path) { return reason }
        let parent = folder(of: path)
        let isFamiliar = parent == latestFolder
        let folders = isFamiliar ? [] : foldersAbove(path)
        for folder in folders {
            if let reason = clash(folder, isFolder: true) { return reason }
        }
        if let reason = clash(path, isFolder: false) { return reason }
        for folder in folders { spellings[folder.lowercased()] = Spelling(path: folder, isFolder: true) }
        spellings[path.lowercased()] = Spelling(path: path, isFolder: false)
        latestFolder = parent
        stored.append(File(path: path, bytes: bytes))
        return nil
    }

    /// Says why a file or folder conflicts with those that the tree has.
    private func clash(_ path: String, isFolder: Bool) -> String? {
        guard let present = spellings[path.lowercased()] else { return nil }
        if present.path != path { return "it differs from `\(present.path)` only in case" }
        if isFolder, present.isFolder { return nil }
        if isFolder { return "`\(path)` is already a file" }
        return present.isFolder ? "it is already a folder" : "a file with this path already exists"
    }

    /// A path as it was first written.
    private struct Spelling: Sendable {
        let path: String
        let isFolder: Bool
    }
}

/// The folders that hold a path, outermost first: `a/b/c` is held by `a` and `a/b`.
func foldersAbove(_ path: String) -> [String] {
    path.utf8.indices.filter { path.utf8[$0] == UInt8(ascii: "/") }.map { String(path[..<$0]) }
}

/// The folder that directly holds a path; empty for a path without one.
package func folder(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
}

/// The name of a file or folder without the folders above it.
package func lastComponent(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) } ?? path
}
