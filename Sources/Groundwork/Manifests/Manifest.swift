import Diagnostics

/// A file of the output: its path and what it holds, not yet as text.
package struct Manifest: Sendable {
    /// The path below the output folder.
    package let path: String
    /// The template's path below `templates/`; nil for a file that was read.
    package let template: String?
    package let documents: [Document]
    /// Where the template says its path; nil for a file that was read.
    package let place: SourceRange?
    /// Where the patches that changed it are in the spec.
    package let patches: [SourceRange]

    /// Whether it is a JSON file rather than a YAML one.
    package var isJSON: Bool { path.hasSuffix(".json") }

    /// Folders that no kustomize root takes: the objects that sync the others, values for Helm, and what eksctl or Prometheus
    /// reads.
    package static let unkustomizedFolders: Set = ["gitops", "helm", "eksctl", "prometheus"]

    /// Whether an API server takes it: neither a kustomization, nor values for Helm, nor what eksctl or Prometheus reads or what syncs the tree itself.
    package var isForTheCluster: Bool {
        !isJSON && !path.hasSuffix("kustomization.yaml") && !Manifest.unkustomizedFolders.contains(folder(of: path))
    }

    package init(path: String, template: String? = nil, documents: [Document], place: SourceRange? = nil) {
        self.path = path
        self.template = template
        self.documents = documents
        self.place = place
        patches = []
    }

    /// The same file with documents that patches changed.
    package init(_ manifest: Manifest, patchedTo documents: [Document], by patches: [SourceRange]) {
        path = manifest.path
        template = manifest.template
        self.documents = documents
        place = manifest.place
        self.patches = patches
    }
}

/// One document of a manifest, for most kinds one Kubernetes object.
package struct Document: Sendable {
    package let root: ManifestValue
    /// How to write it fast, if it comes from a template.
    let instructions: Instructions?

    package init(_ root: ManifestValue) {
        self.root = root
        instructions = nil
    }

    init(_ root: ManifestValue, _ instructions: Instructions) {
        self.root = root
        self.instructions = instructions
    }
}
