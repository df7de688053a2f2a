import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder or file that cannot be read, with the reason of the system.
package struct UnreadableFile: Error {
    package let path: String
    package let reason: String

    init(_ path: String) {
        self.path = path
        reason = String(cString: strerror(errno))
    }
}

/// Reads every `.yaml` and `.yml` file below a folder; hidden files and folders are ignored.
package func readTemplateFolder(_ folder: String) throws -> TemplateLayer {
    var files: [(path: String, file: SourceFile)] = []
    var pending = [""]
    while let below = pending.popLast() {
        for name in try names(in: folder + "/" + below).sorted() where !name.hasPrefix(".") {
            let path = below.isEmpty ? name : below + "/" + name
            if isFolder(folder + "/" + path) {
                pending.append(path)
            } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
                let place = folder + "/" + path
                files.append((path, SourceFile(path: place, bytes: try contents(of: place))))
            }
        }
    }
    return TemplateLayer(folder, files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) })
}

private func names(in folder: String) throws -> [String] {
    guard let directory = opendir(folder) else { throw UnreadableFile(folder) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { start in
            start.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        names.append(name)
    }
    return names
}

private func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Reads a whole file.
func contents(of path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw UnreadableFile(path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(descriptor, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw UnreadableFile(path) }
        if count == 0 { return bytes }
        bytes += buffer[..<count]
    }
}
