import Diagnostics
import Groundwork
import YAML

/// The keys of `architecture` that name a file.
let companionKeys = ["config", "index"]

/// Reads the files that the models of specs name: the `config.json` and the index of the weights, if they are beside the spec or below.
///
/// A file that is missing is reported where it is used.
func companions(of files: [SourceFile], read: (String) -> SourceFile?) -> [SourceFile] {
    var found: [SourceFile] = []
    for file in files where find("architecture", in: file.bytes) != nil {
        var ignored = Report()
        for document in readYAML(file, &ignored) ?? [] {
            for model in document["spec"]?["models"]?.items ?? [] {
                for node in companionKeys.compactMap({ model["architecture"]?[$0] }) {
                    guard let path = companionPath(node), !found.contains(where: { $0.path == path }),
                        let companion = read(path)
                    else { continue }
                    found.append(companion)
                }
            }
        }
    }
    return found
}

/// The path of a file that a node names, from the folder in which the user works; nil if it leaves the folder of its own file.
func companionPath(_ node: Node) -> String? {
    guard let scalar = node.scalar, unsafePathReason(scalar.text) == nil else { return nil }
    return pathBeside(node.range.file.path, scalar.text)
}
