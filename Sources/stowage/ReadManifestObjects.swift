import Compiler
import Diagnostics
import Groundwork
import Simulate
import Verify
import YAML

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads the objects of a file of manifests; a `List` gives its items.
func readObjects(_ file: SourceFile, _ report: inout Report) -> [ManifestValue] {
    (readYAML(file, &report) ?? []).map { ManifestValue($0) }.flatMap { object in
        object["kind"]?.text == "List" ? object["items"]?.items ?? [] : [object]
    }
}

/// Reads the objects of a compiled tree.
func readObjects(_ tree: FileTree, _ report: inout Report) -> [ManifestValue] {
    tree.files.filter { $0.path.hasSuffix(".yaml") }.flatMap { file in
        readObjects(SourceFile(path: file.path, bytes: file.bytes), &report)
    }
}

/// Whether a file exists.
func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

extension TreeConditions {
    /// The conditions of a tree without a spec.
    static let usual = TreeConditions(
        region: "us-east-1", zones: ["us-east-1a", "us-east-1b"], kubernetes: PlatformVersions().kubernetes)
}
