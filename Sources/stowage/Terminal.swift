import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes bytes to a file descriptor, all of them.
func write(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { buffer in
        var sent = 0
        while sent < buffer.count {
            guard let start = buffer.baseAddress else { return }
            let count = write(descriptor, start + sent, buffer.count - sent)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { exit(errno == EPIPE ? 0 : 74) }
            sent += count
        }
    }
}

/// Writes the product.
func printProduct(_ text: String) { write(Array(text.utf8), to: STDOUT_FILENO) }

/// Writes what is not the product.
func printError(_ text: String) { write(Array((text.hasSuffix("\n") ? text : text + "\n").utf8), to: STDERR_FILENO) }

/// Whether to use colors on a stream: a terminal that shows them, without NO_COLOR.
func wantsColor(_ descriptor: Int32) -> Bool {
    guard isatty(descriptor) == 1 else { return false }
    if let no = getenv("NO_COLOR"), no.pointee != 0 { return false }
    if let terminal = getenv("TERM"), String(cString: terminal) == "dumb" { return false }
    return true
}
