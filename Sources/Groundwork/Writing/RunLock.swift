#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The right to write below a folder, held by one run at a time and given back when the run ends in any way.
struct RunLock: ~Copyable {
    private let folder: Folder

    /// How long, in microseconds, a run waits between attempts.
    private static let pause: UInt32 = 25_000

    /// Waits for the lock.
    ///
    /// Nil when another run keeps it. Where the file system has no locks, there is nothing to wait for.
    ///
    /// The lock is on the folder above, since the output folder itself may be exchanged; where that one cannot be opened,
    /// nothing is exchanged.
    init?(for place: OutputPlace, attempts: Int) throws(IOFailure) {
        do {
            folder = try Folder(place.parent)
        } catch let failure where failure.isForbidden && place.exists {
            folder = try Folder(place.path)
        }
        for _ in 0..<attempts {
            if flock(folder.descriptor, LOCK_EX | LOCK_NB) == 0 { return }
            let number = errno
            guard number == EWOULDBLOCK || number == EINTR else { return }
            usleep(RunLock.pause)
        }
        return nil
    }
}
