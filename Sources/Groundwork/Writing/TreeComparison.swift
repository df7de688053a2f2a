/// How a tree relates to the content of its output folder.
package struct TreeComparison: Sendable, Equatable {
    /// What a write does to a file, or why it must not.
    package enum Change: Sendable, Equatable {
        case created, updated, unchanged
        /// Stowage wrote it and no longer emits it.
        case removed
        /// Stowage wrote it, and it was changed since.
        case handEdited
        /// Something that stowage did not write is at this path: the file's own, or a folder's above it.
        case foreignInTheWay(String)
    }

    /// A file of the tree, or of the tree before it.
    package struct File: Sendable, Equatable {
        package let path: String
        package let change: Change
        /// Whether the tree has the file.
        ///
        /// If not, a write removes it.
        package let isEmitted: Bool
    }

    /// The files in the order of their paths, without the lock.
    package let files: [File]
    /// The number of files that stowage did not write and does not touch.
    package let foreignFiles: Int
    /// What kind of lock says which files are stowage's.
    let claims: LockClaims.Source
    /// Whether the lock changes.
    package let lockDiffers: Bool

    /// Whether a write has nothing to do.
    package var isUnchanged: Bool { !lockDiffers && files.allSatisfy { $0.change == .unchanged } }

    /// The files that a change applies to.
    package func files(_ change: Change) -> [File] { files.filter { $0.change == change } }
}

extension TreeComparison.Change {
    /// The change as one word for a list.
    package var words: String {
        switch self {
        case .created: "create"
        case .updated: "update"
        case .unchanged: "keep"
        case .removed: "delete"
        case .handEdited: "edited"
        case .foreignInTheWay: "foreign"
        }
    }
}
