import Diagnostics
import Groundwork

extension Diagnostic {
    /// The finding in a template with a note at the patch of its object, if it has one: without the patch there would be no finding.
    func naming(patchesOf manifests: [Manifest]) -> Diagnostic {
        let files = ([range] + notes.map(\.range)).compactMap { $0?.file.path }
        let near = manifests.filter { manifest in manifest.place.map { files.contains($0.file.path) } ?? false }
        let named = near.filter { manifest in
            manifest.documents.contains { document in
                document.root["metadata"]?["name"]?.text.map { message.contains("`\($0)`") } ?? false
            }
        }
        guard let patch = (named.isEmpty ? near : named).first?.patches.first else { return self }
        return Diagnostic(
            severity, code, message, at: range, label: label,
            notes: notes + [Note("the spec patches the object here", at: patch)], help: help)
    }
}
