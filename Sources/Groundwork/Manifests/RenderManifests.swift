import Diagnostics

/// Renders every template for every part of the plan that it is for; nil if a template has an error.
///
/// The manifests come in the order of their paths. They share the compiled templates: text is made when they are written.
package func render(_ library: TemplateLibrary, from plan: Record, _ report: inout Report) -> [Manifest]? {
    let scope = Scope(plan: plan)
    var rendering = Rendering()
    for entry in library.entries where !entry.isRemoved {
        let needed = entry.winner.isDefault ? scope : nil
        guard let template = compileTemplate(entry, plan: plan.type, neededIn: needed, &rendering.report) else {
            continue
        }
        let instructions = template.documents.map { Instructions($0.value) }
        for inner in template.header.scopes(in: scope) {
            guard rendering.add(template, instructions, inner) else { break }
        }
    }
    let manifests = rendering.sortedManifests()
    for diagnostic in rendering.report.diagnostics { report.add(diagnostic) }
    return rendering.report.hasErrors ? nil : manifests
}

/// The manifests so far, and what was wrong with them.
private struct Rendering {
    var report = Report()
    private var made: [(manifest: Manifest, toRange: SourceRange)] = []

    /// Adds one manifest; false if its path is wrong, as the others' will be.
    mutating func add(_ template: Template, _ instructions: [Instructions], _ scope: Scope) -> Bool {
        let header = template.header
        guard let path = header.to.filled(in: scope) else {
            report.error(
                "missing-fact", "a fact of this path is not set in the plan", at: header.toRange,
                label: "cannot be resolved")
            return false
        }
        if let reason = unsafePathReason(path) {
            report.error(
                "unsafe-path", "`\(path)` is not a path below the output folder", at: header.toRange, label: reason)
            return false
        }
        var documents: [Document] = []
        for (document, instructions) in zip(template.documents, instructions) {
            document.forEach(scope) { root in
                documents.append(Document(root, instructions))
                return true
            }
        }
        if documents.isEmpty { return true }
        made.append(
            (Manifest(path: path, template: template.path, documents: documents, place: header.toRange), header.toRange)
        )
        return documents.allSatisfy { checkKeys($0.root) }
    }

    /// Reports keys that placeholders or loops make twice in one mapping; false if there are any.
    private mutating func checkKeys(_ value: ManifestValue) -> Bool {
        guard case .template(let node, _) = value.storage, node.keysMayClash else { return true }
        var seen: Set<String> = []
        var isGood = true
        for entry in value.entries ?? [] {
            if !seen.insert(entry.key).inserted {
                report.error(
                    "duplicate-key", "a mapping has the key `\(entry.key)` twice", at: entry.keyPlace,
                    label: "duplicate")
                isGood = false
            }
            isGood = checkKeys(entry.value) && isGood
        }
        for item in (value.items ?? []) + (value.nested.map { [$0] } ?? []) { isGood = checkKeys(item) && isGood }
        return isGood
    }

    /// Sorts by path and reports what would be written twice.
    mutating func sortedManifests() -> [Manifest] {
        made.sort { $0.manifest.path.utf8.lexicographicallyPrecedes($1.manifest.path.utf8) }
        var reported: Set<String> = []
        for (first, second) in zip(made, made.dropFirst()) where first.manifest.path == second.manifest.path {
            // One report for two templates: their other manifests clash for the same reason.
            guard reported.insert("\(first.toRange.description) \(second.toRange.description)").inserted else {
                continue
            }
            report.error(
                "duplicate-path", "two manifests have the path `\(second.manifest.path)`", at: second.toRange,
                label: "second manifest",
                notes: [
                    Diagnostic.Note("the first manifest is written here", at: first.toRange, label: "first manifest")
                ])
        }
        return made.map(\.manifest)
    }
}
