#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open folder.
///
/// What is done in it stays in it, wherever its path leads meanwhile.
package struct Folder: ~Copyable {
    let descriptor: CInt
    /// The path for messages.
    let path: String

    /// Opens a folder by its path, through links.
    package init(_ path: String) throws(IOFailure) {
        descriptor = try system("open", path) { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        self.path = path
    }

    /// Opens a folder in a folder, never through a link in its last component.
    init(_ name: String, in parent: borrowing Folder) throws(IOFailure) {
        let path = parent.path(of: name)
        let number = parent.descriptor
        descriptor = try system("open", path) { openat(number, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
        self.path = path
    }

    deinit { close(descriptor) }

    /// The path of an entry, for messages.
    func path(of name: String) -> String { name.isEmpty ? path : "\(path)/\(name)" }

    /// Opens the folder that directly holds a path, component by component and never through a link.
    func folder(above path: String, creating: Bool = false) throws(IOFailure) -> Folder {
        try folder(at: Groundwork.folder(of: path), creating: creating)
    }

    /// Opens a folder by its path, component by component and never through a link.
    func folder(at path: String, creating: Bool = false) throws(IOFailure) -> Folder {
        var current = try Folder(".", in: self)
        for component in path.split(separator: "/") {
            if creating { try current.makeFolder(String(component), mayExist: true) }
            current = try Folder(String(component), in: current)
        }
        return current
    }

    /// Fails when a folder in this one, or for an empty name this one itself, is closed to writing.
    func checkWritable(_ name: String) throws(IOFailure) {
        let number = descriptor
        try system("write to", path(of: name)) { faccessat(number, name.isEmpty ? "." : name, W_OK, 0) }
    }

    /// Makes a folder.
    func makeFolder(_ name: String, mayExist: Bool = false) throws(IOFailure) {
        do {
            try system("create", path(of: name)) { mkdirat(descriptor, name, 0o777) }
        } catch let failure where mayExist && failure.number == EEXIST {}
    }

    /// Writes a new file.
    ///
    /// With an original, the file takes its permissions, and its owner as far as that is allowed.
    func create(_ name: String, _ bytes: [UInt8], like original: stat? = nil) throws(IOFailure) {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let file = try system("create", path(of: name)) { openat(descriptor, name, flags, 0o666) }
        defer { close(file) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { rest in
                write(file, rest.baseAddress, rest.count)
            }
            if count > 0 { written += count }
            let number = errno
            if count < 0, number != EINTR { throw IOFailure("write", path(of: name), number: number) }
        }
        if let original { try take(original, name, file) }
        #if !os(Linux)
            try system("flush", path(of: name)) { fsync(file) }
        #endif
    }

    /// Gives a new file or folder the permissions of another.
    ///
    /// The owner follows where the system allows it.
    private func take(_ original: stat, _ name: String, _ file: CInt) throws(IOFailure) {
        var state = stat()
        try system("inspect", path(of: name)) { fstat(file, &state) }
        if state.st_uid != original.st_uid || state.st_gid != original.st_gid {
            _ = fchown(file, original.st_uid, original.st_gid)
        }
        if state.st_mode != original.st_mode {
            try system("change the permissions of", path(of: name)) { fchmod(file, original.st_mode & 0o7777) }
        }
    }

    /// Gives this folder the owner and the permissions of another.
    func match(_ original: stat) throws(IOFailure) {
        let state = try state()
        if state.st_uid != original.st_uid || state.st_gid != original.st_gid {
            try system("change the owner of", path) { fchown(descriptor, original.st_uid, original.st_gid) }
        }
        if state.st_mode != original.st_mode {
            try system("change the permissions of", path) { fchmod(descriptor, original.st_mode & 0o7777) }
        }
    }

    /// What the system knows about this folder.
    func state() throws(IOFailure) -> stat {
        var state = stat()
        try system("inspect", path) { fstat(descriptor, &state) }
        return state
    }

    /// What the system knows about an entry, itself and not what it links to; nil if there is none.
    func state(of name: String) -> stat? {
        var state = stat()
        return fstatat(descriptor, name, &state, AT_SYMLINK_NOFOLLOW) == 0 ? state : nil
    }

    /// Removes a file or link; an empty folder if so told.
    func remove(_ name: String, isFolder: Bool = false) throws(IOFailure) {
        try system("remove", path(of: name)) { unlinkat(descriptor, name, isFolder ? AT_REMOVEDIR : 0) }
    }

    /// Moves an entry to another folder, replacing what is there.
    func move(_ name: String, to target: borrowing Folder, as newName: String) throws(IOFailure) {
        let number = target.descriptor
        try system("move", path(of: name)) { renameat(descriptor, name, number, newName) }
    }
}
