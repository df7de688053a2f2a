import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A progress line on a terminal; silent elsewhere, and for a single item.
final class Progress: Sendable {
    private let total: Int
    private let isShown: Bool
    private let done = Mutex(0)

    init(of total: Int) {
        self.total = total
        isShown = total > 1 && isatty(STDERR_FILENO) == 1
    }

    /// Counts one more.
    func advance(_ name: String) {
        guard isShown else { return }
        done.withLock { done in
            done += 1
            write(Array("\r\u{1B}[K\(done)/\(total) \(name)".utf8), to: STDERR_FILENO)
        }
    }

    /// Takes the line away.
    func finish() { if isShown { write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO) } }
}
