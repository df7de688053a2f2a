#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The name of a staged folder: `.name.stowage-inode`, with the inode of the folder that it is to replace, or 0.
///
/// An exchange leaves the replaced folder under this name. So whoever finds a folder of such a name knows whether the exchange
/// took place: then the folder has the very inode that its name says.
struct StageName: Sendable {
    let text: String
    private let inode: UInt64

    init(_ name: String, original: stat?) {
        inode = original.map { UInt64($0.st_ino) } ?? 0
        text = StageName.prefix(name) + String(inode)
    }

    /// Reads the name of an entry beside an output folder; nil if it is none of a stage.
    init?(_ entry: String, beside name: String) {
        let prefix = StageName.prefix(name)
        guard entry.hasPrefix(prefix), let inode = UInt64(entry.dropFirst(prefix.count)) else { return nil }
        text = entry
        self.inode = inode
    }

    /// Whether the folder of this name was exchanged and now is the old tree.
    func isReplacedFolder(_ state: stat) -> Bool { UInt64(state.st_ino) == inode }

    private static func prefix(_ name: String) -> String { ".\(name).stowage-" }
}
