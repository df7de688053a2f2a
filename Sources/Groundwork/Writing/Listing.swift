#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The kind of an entry in a folder.
struct Entry: Sendable, Equatable {
    enum Kind: Sendable, Equatable { case folder, file, link, other }

    /// The name, or the path where the entry is part of a snapshot.
    let path: String
    let kind: Kind
    /// Whether the name is valid UTF-8: only then does it lead back to the entry.
    let isExact: Bool
}

extension Folder {
    /// Lists the entries, sorted by name.
    func entries() throws(IOFailure) -> [Entry] {
        // The stream takes over its descriptor and with it the position, hence an own one.
        let number = try system("open", path) { openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard let stream = fdopendir(number) else {
            let reason = errno
            close(number)
            throw IOFailure("list", path, number: reason)
        }
        defer { closedir(stream) }
        var found: [Entry] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            let (name, isExact) = Folder.name(of: entry)
            if name == "." || name == ".." { continue }
            found.append(Entry(path: name, kind: kind(entry.pointee.d_type, name), isExact: isExact))
        }
        if errno != 0 { throw IOFailure("list", path, number: errno) }
        return found.sorted { $0.path < $1.path }
    }

    /// Reads the name of a directory entry, and whether it is valid UTF-8.
    private static func name(of entry: UnsafeMutablePointer<dirent>) -> (String, Bool) {
        guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return ("", false) }
        let start = (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
        if let name = String(validatingCString: start) { return (name, true) }
        return (String(cString: start), false)
    }

    /// Finds out the kind of an entry, from its inode where the listing does not tell.
    private func kind(_ type: UInt8, _ name: String) -> Entry.Kind {
        switch Int(type) {
        case Int(DT_DIR): return .folder
        case Int(DT_REG): return .file
        case Int(DT_LNK): return .link
        case Int(DT_UNKNOWN):
            switch (state(of: name)?.st_mode ?? 0) & S_IFMT {
            case S_IFDIR: return .folder
            case S_IFREG: return .file
            case S_IFLNK: return .link
            default: return .other
            }
        default: return .other
        }
    }
}
