import Diagnostics

@testable import Groundwork

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder for one test, removed with its owner.
final class Scratch {
    let path: String

    init() throws {
        var template = Array("/tmp/stowage-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw IOFailure("create", "/tmp/stowage-test", number: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        if let parent = try? Folder("/tmp") { try? removeAll(lastComponent(of: path), in: parent) }
    }

    /// The output folder of most tests.
    var output: String { path + "/out" }

    /// Puts a file into the output folder, over what stands there.
    func put(_ file: String, _ text: String) throws {
        for folder in foldersAbove("out/" + file) { mkdir("\(path)/\(folder)", 0o777) }
        let folder = try Folder(output).folder(above: file)
        if folder.state(of: lastComponent(of: file)) != nil { try folder.remove(lastComponent(of: file)) }
        try folder.create(lastComponent(of: file), Array(text.utf8))
    }

    /// Makes a folder, with those above it, in the output folder.
    func putFolder(_ name: String) {
        for folder in foldersAbove("out/" + name + "/") { mkdir("\(path)/\(folder)", 0o777) }
    }

    /// Everything below a folder: files with their text, links with their target, folders with a slash.
    func contents(of name: String = "out") throws -> [String: String] {
        guard let root = try? Folder("\(path)/\(name)") else { return [:] }
        var found: [String: String] = [:]
        func walk(_ folder: borrowing Folder, _ prefix: String) throws {
            for entry in try folder.entries() {
                let path = prefix + entry.path
                switch entry.kind {
                case .file: found[path] = String(decoding: try readFile(entry.path, in: folder) ?? [], as: UTF8.self)
                case .folder:
                    let inner = try Folder(entry.path, in: folder)
                    if try inner.entries().isEmpty { found[path + "/"] = "" }
                    try walk(inner, path + "/")
                case .link, .other: found[path] = "-> " + linkTarget(folder.path(of: entry.path))
                }
            }
        }
        try walk(root, "")
        return found
    }

    /// What the system knows about a path in the output folder.
    func state(_ file: String) throws -> stat? { try Folder(output).state(of: file) }

    private func linkTarget(_ path: String) -> String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { raw in
            readlink(
                path,
                raw.baseAddress?.assumingMemoryBound(to: CChar.self) ?? UnsafeMutablePointer.allocate(capacity: 1),
                raw.count)
        }
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }
}

/// Makes a tree from paths and texts.
func tree(_ files: [String: String]) -> FileTree {
    var tree = FileTree()
    for (path, text) in files.sorted(by: { $0.key < $1.key }) { _ = tree.add(path, Array(text.utf8)) }
    return tree
}

/// What a folder holds after a tree is written to it, foreign files aside.
func written(_ files: [String: String]) -> [String: String] {
    files.merging([lockPath: String(decoding: Lock(tree(files)).bytes, as: UTF8.self)]) { first, _ in first }
}

/// Writes files to a scratch's output folder and hands back what was reported.
@discardableResult
func write(
    _ files: [String: String], to scratch: Scratch, force: Bool = false, seams: WriteSeams = WriteSeams()
) throws -> (TreeComparison?, [Diagnostic]) {
    var report = Report()
    let tree = tree(files)
    let result = try write(tree, to: scratch.output, force: force, seams: seams, &report)
    return (result, report.diagnostics)
}

/// Seams under which folders cannot be exchanged.
func seamsWithoutExchange(_ number: CInt = EINVAL) -> WriteSeams {
    var seams = WriteSeams()
    seams.exchange = { _, path in throw IOFailure("exchange", path, number: number) }
    return seams
}
