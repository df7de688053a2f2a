import Groundwork

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes a new file with the folders above it; fails if it exists.
func createFile(_ path: String, _ bytes: [UInt8]) throws(IOFailure) {
    try makeFolders(above: path)
    try put(bytes, path, O_EXCL)
}

/// Writes a file with the folders above it, replacing an existing one.
func replaceFile(_ path: String, _ bytes: [UInt8]) throws(IOFailure) {
    try makeFolders(above: path)
    try put(bytes, path, O_TRUNC)
}

private func makeFolders(above path: String) throws(IOFailure) {
    var above = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
        above += (above.isEmpty && !path.hasPrefix("/") ? "" : "/") + part
        if above.isEmpty || above == "/" { continue }
        if mkdir(above, 0o777) != 0, errno != EEXIST { throw IOFailure("create", above, number: errno) }
    }
}

private func put(_ bytes: [UInt8], _ path: String, _ mode: CInt) throws(IOFailure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | mode, 0o666)
    guard descriptor >= 0 else { throw IOFailure("create", path, number: errno) }
    write(bytes, to: descriptor)
    if close(descriptor) != 0 { throw IOFailure("write", path, number: errno) }
}
