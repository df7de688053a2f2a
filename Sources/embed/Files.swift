#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads a file as UTF-8.
func contents(of path: String) -> String {
    guard let file = fopen(path, "rb") else { stop("\(path): cannot be read") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65536)
    while true {
        let count = fread(&block, 1, block.count, file)
        if count == 0 { break }
        bytes += block[..<count]
    }
    guard ferror(file) == 0 else { stop("\(path): cannot be read") }
    guard let text = String(validating: bytes, as: UTF8.self) else { stop("\(path): is not UTF-8") }
    return text
}

/// Writes a file.
func save(_ text: String, to path: String) {
    guard let file = fopen(path, "wb") else { stop("\(path): cannot be written") }
    let bytes = Array(text.utf8)
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count else { stop("\(path): cannot be written") }
}

/// Ends with a message: the build shows it.
func stop(_ message: String) -> Never {
    let line = Array("error: \(message)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(1)
}
