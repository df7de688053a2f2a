import Diagnostics
import Verify

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads the arguments of `verify`: files, and folders with every YAML file below them.
///
/// Hidden files and folders are ignored, and so are links to folders, which may be circular.
///
/// Files of kustomizations are read too, wherever they are. A folder that `generate` wrote, known by its lock, is a separate, closed tree.
func readTrees(_ paths: [String], isClosed: Bool, _ report: inout Report) -> [SourceTree] {
    var places: [String: String] = [:]
    var order: [String] = []
    var locked: Set<String> = []
    var files: [String: [SourceFile]] = [:]
    var seen: Set<String> = []
    let roots = paths.map { $0 == "-" ? $0 : tidy($0) }
    for root in roots {
        for name in root != "-" && isFolder(root) ? yamlFiles(below: root, &report) : [root] {
            guard seen.insert(name).inserted, let file = readSource(name, &report) else { continue }
            let lock = lockedFolder(above: folder(of: name), within: root, &places)
            if let lock { locked.insert(lock) }
            let tree = lock ?? ""
            if files[tree] == nil { order.append(tree) }
            files[tree, default: []].append(file)
        }
    }
    return order.map { tree in
        let isLocked = locked.contains(tree)
        let (others, data, missing) = filesNamed(by: files[tree] ?? [], &seen)
        return SourceTree(
            files: (files[tree] ?? []) + others, data: data, scripts: scripts(naming: missing),
            roots: isLocked ? [tree] : roots, isClosed: isLocked || isClosed)
    }
}

/// Reads every file below a folder that may hold manifests; kustomizations are no objects of a cluster.
func manifestFiles(below root: String, _ report: inout Report) -> [SourceFile] {
    yamlFiles(below: root, &report).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.compactMap {
        readSource($0, &report)
    }
}

/// Reads files of kustomizations that are not in the arguments: bases in other folders, patches, and files that become data.
///
/// Unreadable files are left to the rules, which report what a kustomization lacks.
private func filesNamed(
    by files: [SourceFile], _ seen: inout Set<String>
) -> (others: [SourceFile], data: [SourceFile], missing: [String]) {
    var others: [SourceFile] = []
    var missing: [String] = []
    var data: [SourceFile] = []
    var ignored = Report()
    var pending = files
    while let file = pending.popLast() {
        for named in namedFiles(in: file) {
            let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"]
            let path = isFolder(named) ? names.map { "\(named)/\($0)" }.first { access($0, F_OK) == 0 } : named
            guard let path, access(path, F_OK) == 0 else {
                missing.append(path ?? named)
                continue
            }
            guard !isFolder(path), seen.insert(path).inserted else { continue }
            // A file of any content exists, even if it is no text.
            let found = readSource(path, &ignored) ?? SourceFile(path: path, text: "")
            if mayBeManifest(path) { others.append(found) } else { data.append(found) }
            pending.append(found)
        }
    }
    return (others, data, missing)
}

/// Whether a file's name says that it holds manifests.
private func mayBeManifest(_ path: String) -> Bool {
    [".yaml", ".yml", ".json"].contains { path.hasSuffix($0) } || path.hasSuffix("/Kustomization")
        || path == "Kustomization"
}

/// Finds the folder with a lock that a folder is in, not above the root; nil if there is none.
private func lockedFolder(above place: String, within root: String, _ known: inout [String: String]) -> String? {
    if let answer = known[place] { return answer.isEmpty ? nil : answer }
    var answer: String?
    if access(place + "/stowage.lock.json", F_OK) == 0 {
        answer = place
    } else if place != root, place != ".", place != "/" {
        answer = lockedFolder(above: folder(of: place), within: root, &known)
    }
    known[place] = answer ?? ""
    return answer
}

/// Writes a path without a leading `./`, doubled slashes or one at its end.
private func tidy(_ path: String) -> String {
    let steps = path.split(separator: "/").filter { $0 != "." }
    let text = (path.hasPrefix("/") ? "/" : "") + steps.joined(separator: "/")
    return text.isEmpty ? "." : text
}

/// Lists the YAML and JSON files below a folder, sorted.
private func yamlFiles(below root: String, _ report: inout Report) -> [String] {
    var found: [String] = []
    var pending = [root]
    while let place = pending.popLast() {
        guard let directory = opendir(place) else {
            let reason = String(cString: strerror(errno))
            report.error("unreadable-folder", "`\(place)` cannot be read: \(reason)", at: nil)
            continue
        }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { start in
                start.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix(".") { continue }
            let path = place == "." ? name : "\(place)/\(name)"
            var status = stat()
            guard lstat(path, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                pending.append(path)
            } else if mayBeManifest(path), !isFolder(path) {
                found.append(path)
            }
        }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}
