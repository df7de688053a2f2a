import Diagnostics
import Groundwork
import Verify

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads the scripts that may make files which kustomizations list, and the lists of files that Git ignores.
///
/// They are looked for in the folders of the files and above, up to the folder of the repository, and among its scripts.
func scripts(naming missing: [String]) -> [SourceFile] {
    var ignored = Report()
    var found: [String: SourceFile] = [:]
    var read: [String: [SourceFile]] = [:]
    for path in missing {
        let name = lastComponent(of: path)
        for place in foldersAbove(path) {
            let files = read[place] ?? scriptNames(in: place).compactMap { readSource($0, &ignored) }
            read[place] = files
            for file in files where mention(of: name, in: file) != nil { found[file.path] = file }
        }
    }
    return found.values.sorted { $0.path < $1.path }
}

/// The folders that a path is in, up to that of the repository or the one where the program runs.
private func foldersAbove(_ path: String) -> [String] {
    var place = folder(of: path)
    var folders: [String] = []
    while true {
        folders.append(place)
        let isLast = place.isEmpty || place == "." || place == "/" || lastComponent(of: place) == ".."
        if isLast || access(place + "/.git", F_OK) == 0 { return folders }
        place = folder(of: place)
    }
}

/// The scripts of a folder: its Makefile, shell scripts, those of its folders for scripts, and its `.gitignore`.
private func scriptNames(in place: String) -> [String] {
    let prefix = place.isEmpty || place == "." ? "" : place == "/" ? "/" : "\(place)/"
    var names = [".gitignore", "Makefile", "GNUmakefile", "makefile", "justfile"].map { prefix + $0 }
        .filter { access($0, R_OK) == 0 }
    for inner in ["", "scripts/", "hack/", "bin/"] {
        guard let directory = opendir(prefix + inner == "" ? "." : prefix + inner) else { continue }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { start in
                start.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if [".sh", ".bash", ".mk"].contains(where: { name.hasSuffix($0) }) { names.append(prefix + inner + name) }
        }
    }
    return names.sorted()
}
