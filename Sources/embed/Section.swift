/// Files of one folder that end up in one list.
struct Section {
    let name: String
    let folder: String
    let paths: [String]
}

/// Divides the arguments into sections: a path holds a dot, a section's name does not.
func sections(of arguments: ArraySlice<String>) -> [Section] {
    var sections: [Section] = []
    var rest = arguments
    while let name = rest.popFirst() {
        guard let folder = rest.popFirst() else { stop("the folder of \(name) is missing") }
        let paths = rest.prefix { $0.contains(".") }
        rest = rest.dropFirst(paths.count)
        let sorted = paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        sections.append(Section(name: name, folder: folder, paths: sorted))
    }
    return sections
}
