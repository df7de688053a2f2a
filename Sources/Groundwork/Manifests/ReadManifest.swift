import Diagnostics
import YAML

/// Reads a YAML file as a manifest; nil if its text does not make YAML.
///
/// The file's path is taken as the path below the root of its tree.
package func readManifest(_ file: SourceFile, _ report: inout Report) -> Manifest? {
    readYAML(file, &report, merging: true).map { Manifest(path: file.path, documents: documents(of: $0)) }
}

/// Gives the documents of a file that was read; empty ones count for nothing.
package func documents(of nodes: [Node]) -> [Document] {
    nodes.map { ManifestValue($0) }.filter { !$0.isNull }.map { Document($0) }
}
