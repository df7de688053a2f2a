import Diagnostics
import Groundwork
import Planning

/// The digest of everything that a tree is made from: the spec and its bases, the templates, and the tables of this compiler.
package func inputsDigest(_ spec: SpecSource, _ templates: TemplateLibrary) -> String {
    var bytes = Array("stowage \(compilerVersion)\n".utf8)
    func add(_ name: String, _ content: some Collection<UInt8>) {
        bytes += "\(name) \(content.count)\n".utf8
        bytes += content
    }
    add("spec", spec.file.bytes)
    for base in spec.bases { add("base", base.bytes) }
    for entry in templates.entries { add(entry.path, entry.winner.file.bytes) }
    for (path, text) in Embedded.tables { add(path, Array(text.utf8)) }
    return sha256(bytes)
}
