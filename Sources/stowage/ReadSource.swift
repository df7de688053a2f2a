import Diagnostics
import Planning

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads a file, or standard input for `-`; nil when it cannot be read, which is reported.
func readSource(_ path: String, _ report: inout Report) -> SourceFile? {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return unreadable(path, &report) }
    defer { if path != "-" { close(descriptor) } }
    var bytes: [UInt8] = []
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
        bytes.reserveCapacity(Int(status.st_size))
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(descriptor, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        if count < 0 { return unreadable(path, &report) }
        if count == 0 { break }
        bytes += buffer[..<count]
    }
    return SourceFile(path: path == "-" ? "<standard input>" : path, bytes: bytes)
}

/// Reads a spec with the bases that it extends and the files that it includes; nil when one of them cannot be read, which
/// is reported.
func readSpec(_ path: String, _ report: inout Report) -> SpecSource? {
    guard let file = readSource(path, &report) else { return nil }
    var found = Report()
    func read(_ path: String) -> SourceFile? {
        var ignored = Report()
        return readSource(path, &ignored)
    }
    let source = findIncluded(by: findBases(of: file, &found, read: read), &found, read: read, names: names(in:))
    report.add(found)
    return found.hasErrors ? nil : source
}

private func unreadable(_ path: String, _ report: inout Report) -> SourceFile? {
    report.error(
        "unreadable-file", "`\(path)` cannot be read: \(String(cString: strerror(errno)))", at: nil,
        help: ["pass the path of a GPUCluster file; `stowage init` writes a starter spec"])
    return nil
}

/// The folder of a path.
func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
}

/// Whether a path is a folder.
func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
