import Diagnostics
import YAML

/// Follows `spec.extends` from file to file, and reads the other files that they name; `read` gives the text at a path, or nil.
///
/// Paths are relative to the file that names them. A base that is missing or circular is reported.
package func findBases(of file: SourceFile, _ report: inout Report, read: (String) -> SourceFile?) -> SpecSource {
    var bases: [SourceFile] = []
    var last = file
    while let reference = extended(by: last) {
        let path = pathBeside(last.path, reference.text)
        guard path != file.path, !bases.contains(where: { $0.path == path }) else {
            report.error(
                "circular-bases", "`\(path)` extends itself", at: reference.range, label: "circular",
                help: ["remove `extends` from one of these files"])
            break
        }
        guard let base = read(path) else {
            report.error(
                "missing-base", "`\(path)` cannot be read", at: reference.range, label: "not a readable file",
                help: ["write a path relative to the folder of `\(file.path)`"])
            break
        }
        bases.append(base)
        last = base
    }
    return SpecSource(file, bases: bases, companions: companions(of: [file] + bases, read: read))
}

/// What a file extends; most files extend nothing, and are not parsed for it.
private func extended(by file: SourceFile) -> (text: String, range: SourceRange)? {
    guard find("extends", in: file.bytes) != nil else { return nil }
    var ignored = Report()
    let documents = readYAML(file, &ignored) ?? []
    for document in documents {
        guard let node = document["spec"]?["extends"], let scalar = node.scalar else { continue }
        return (scalar.text, node.range)
    }
    return nil
}

/// A path relative to another file, without `.` and, where possible, without `..`.
func pathBeside(_ path: String, _ reference: String) -> String {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let whole = reference.hasPrefix("/") ? reference : folder + reference
    var parts: [Substring] = []
    for part in whole.split(separator: "/") where part != "." {
        if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    return (whole.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
}
