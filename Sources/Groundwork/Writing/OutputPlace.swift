import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where a tree is written: the folder itself, links followed.
struct OutputPlace: Sendable {
    /// The path to show in messages.
    let shown: String
    /// The real path if the folder exists, else the path as given.
    let path: String
    let exists: Bool

    /// The folder that holds the output folder.
    var parent: String {
        let folder = folder(of: path)
        if !folder.isEmpty { return folder }
        return path.utf8.first == UInt8(ascii: "/") ? "/" : "."
    }
    /// The name of the output folder in its parent.
    var name: String { path.split(separator: "/").last.map(String.init) ?? "" }

    /// Looks at an output path.
    ///
    /// Reports what can never be an output folder and returns nil.
    init?(_ directory: String, _ report: inout Report) throws(IOFailure) {
        var trimmed = Substring(directory)
        while trimmed.count > 1, trimmed.hasSuffix("/") || trimmed.hasSuffix("/.") { trimmed.removeLast() }
        shown = String(trimmed)
        var state = stat()
        if stat(directory, &state) == 0 {
            guard state.st_mode & S_IFMT == S_IFDIR else {
                report.error(
                    "output-is-a-file", "`\(shown)` is a file, but the output must be a folder", at: nil,
                    help: ["set another folder with `-o`"])
                return nil
            }
            guard let real = realpath(directory, nil) else { throw IOFailure("resolve", directory, number: errno) }
            defer { free(real) }
            (path, exists) = (String(cString: real), true)
            return
        }
        let number = errno
        switch number {
        case ENOENT where lstat(shown, &state) == 0:
            report.error(
                "output-is-a-dangling-link", "`\(shown)` is a link to a folder that does not exist", at: nil,
                help: ["create the folder, or remove the link"])
            return nil
        case ENOENT:
            (path, exists) = (shown, false)
        case ENOTDIR:
            report.error(
                "output-is-a-file", "a folder above `\(shown)` is a file", at: nil,
                help: ["set another folder with `-o`"])
            return nil
        default:
            throw IOFailure("inspect", directory, number: number)
        }
    }

    /// Makes the folders above the output folder.
    func makeParents() throws(IOFailure) {
        for folder in foldersAbove(path) where !folder.isEmpty {
            do {
                try system("create", folder) { mkdir(folder, 0o777) }
            } catch let failure where failure.number == EEXIST || failure.number == EISDIR {
            } catch let failure where failure.isForbidden {
                var state = stat()
                if stat(folder, &state) != 0 { throw failure }
            }
        }
    }

    /// Whether this process works in the output folder or below.
    ///
    /// Exchanging it would leave its shell in a removed folder.
    var holdsWorkingFolder: Bool {
        guard exists, let current = getcwd(nil, 0) else { return false }
        defer { free(current) }
        let working = String(cString: current)
        return working == path || working.hasPrefix(path == "/" ? path : path + "/")
    }
}
