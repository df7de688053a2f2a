/// The paths that match a pattern, sorted; a path without `*` is its own match, whether or not it exists.
///
/// `*` is any part of one name, also an empty one, but not the dot at the start of a hidden file.
func paths(matching pattern: String, _ names: (String) -> [String]?) -> [String] {
    guard pattern.utf8.contains(UInt8(ascii: "*")) else { return [pattern] }
    var found = [pattern.hasPrefix("/") ? "/" : ""]
    var isListed = false
    for part in pattern.split(separator: "/") {
        isListed = isListed || part.contains("*")
        found = found.flatMap { folder in
            let start = folder.isEmpty || folder.hasSuffix("/") ? folder : folder + "/"
            guard isListed else { return [start + part] }
            let matching = (names(folder.isEmpty ? "." : folder) ?? []).filter {
                matches(Array($0.utf8), Array(part.utf8))
            }
            return matching.map { start + $0 }
        }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}

/// Whether a name has the form of one part of a pattern.
private func matches(_ name: [UInt8], _ part: [UInt8]) -> Bool {
    let (star, dot) = (UInt8(ascii: "*"), UInt8(ascii: "."))
    if name.first == dot, part.first != dot { return false }
    // The place after the last `*`, and how much of the name that `*` takes.
    var retry: (part: Int, name: Int)?
    var (inPart, inName) = (0, 0)
    while inName < name.count {
        if inPart < part.count, part[inPart] == star {
            inPart += 1
            retry = (inPart, inName)
        } else if inPart < part.count, part[inPart] == name[inName] {
            inPart += 1
            inName += 1
        } else if let last = retry {
            retry = (last.part, last.name + 1)
            (inPart, inName) = (last.part, last.name + 1)
        } else {
            return false
        }
    }
    return part[inPart...].allSatisfy { $0 == star }
}
