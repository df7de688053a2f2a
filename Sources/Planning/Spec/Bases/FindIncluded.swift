import Diagnostics
import YAML

/// Finds the files that `spec.include` lists, each pattern replaced by the paths that match it.
///
/// `read` gives the text at a path, and `names` the names in a folder; both give nil for what cannot be read. A file that is
/// missing, or included twice, and a pattern that matches nothing are reported.
package func findIncluded(
    by source: SpecSource, _ report: inout Report, read: (String) -> SourceFile?, names: (String) -> [String]?
) -> SpecSource {
    var files: [SourceFile] = []
    var places: [String: SourceRange] = [:]
    for (text, range) in inclusions(in: source.file) {
        let pattern = pathBeside(source.file.path, text)
        let paths = paths(matching: pattern, names)
        if paths.isEmpty {
            report.error(
                "include-without-match", "`\(pattern)` matches no file", at: range, label: "no such file",
                help: ["write a path relative to the folder of `\(source.file.path)`, where `*` is a part of one name"])
        }
        for path in paths {
            if path == source.file.path || source.bases.contains(where: { $0.path == path }) {
                report.error(
                    "circular-include", "`\(path)` includes itself", at: range, label: "circular",
                    help: ["keep the models of teams in other files, for example `teams/*/models.yaml`"])
            } else if let first = places[path] {
                report.error(
                    "included-twice", "`\(path)` is included twice", at: range, label: "matches it again",
                    notes: [.init("it is first included here", at: first)])
            } else if let file = read(path) {
                places[path] = range
                files.append(file)
            } else {
                report.error(
                    "missing-include", "`\(path)` cannot be read", at: range, label: "not a readable file",
                    help: ["write a path relative to the folder of `\(source.file.path)`"])
            }
        }
    }
    return SpecSource(
        source.file, bases: source.bases, included: files,
        companions: source.companions + companions(of: files, read: read))
}

/// What a file includes; most files include nothing, and are not parsed for it.
private func inclusions(in file: SourceFile) -> [(text: String, range: SourceRange)] {
    guard find("include", in: file.bytes) != nil else { return [] }
    var ignored = Report()
    let documents = readYAML(file, &ignored) ?? []
    let lists = documents.compactMap { $0["spec"]?["include"]?.items }
    return (lists.first ?? []).compactMap { item in
        item.isNull ? nil : item.scalar.map { (text: $0.text, range: item.range) }
    }
}
