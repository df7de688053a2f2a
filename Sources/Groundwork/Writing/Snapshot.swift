/// The content of an output folder before a write.
struct Snapshot: Sendable {
    /// Everything but the folder itself, each folder before what it holds.
    ///
    /// Links are not followed.
    private(set) var entries: [Entry] = []
    /// Whether a git repository has its root here.
    ///
    /// It is never moved, and not part of the snapshot.
    private(set) var holdsRepository = false
    /// Whether each path has one entry.
    ///
    /// False where names are not UTF-8, or differ only in how accents are composed, or where a folder may not be read.
    private(set) var isExact = true
    private var index: [String: Int] = [:]

    /// The snapshot of a folder that does not exist.
    init() {}

    /// Walks a folder.
    init(of root: borrowing Folder) throws(IOFailure) {
        for entry in try root.entries() where entry.path != journalPath {
            if entry.path == ".git" { holdsRepository = true } else { try add(entry, of: root, prefix: "") }
        }
    }

    /// The entry at a path.
    subscript(_ path: String) -> Entry? { index[path].map { entries[$0] } }

    /// Everything below a folder.
    func contents(of folder: String) -> ArraySlice<Entry> {
        guard let position = index[folder] else { return [] }
        let prefix = folder + "/"
        let start = position + 1
        let end = entries[start...].firstIndex { !$0.path.hasPrefix(prefix) } ?? entries.endIndex
        return entries[start..<end]
    }

    private mutating func add(_ entry: Entry, of folder: borrowing Folder, prefix: String) throws(IOFailure) {
        let path = prefix + entry.path
        if !entry.isExact || index.updateValue(entries.count, forKey: path) != nil { isExact = false }
        let position = entries.count
        entries.append(Entry(path: path, kind: entry.kind, isExact: entry.isExact))
        guard entry.kind == .folder, entry.isExact else { return }
        do {
            let child = try Folder(entry.path, in: folder)
            for inner in try child.entries() { try add(inner, of: child, prefix: path + "/") }
        } catch let failure where failure.isForbidden {
            // Someone else's, and closed to us: it stays where it is, and nothing is written into it.
            entries[position] = Entry(path: path, kind: .other, isExact: true)
            isExact = false
        }
    }
}
