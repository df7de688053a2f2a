import Diagnostics
import Groundwork

/// Checks the manifests of a spec against every rule whose breach is an error; the tree is all there is.
///
/// The fields and queries of the default templates are proved by tests. Where a user's template or patch takes part, fields and queries
/// are checked as `verify` does; of the user's templates and patches, warnings are reported, too, and what their comments allow is not.
package func verify(
    _ manifests: [Manifest], for versions: PlatformVersions = PlatformVersions(),
    besides existing: Set<ExistingObject> = [],
    usersTemplates: Set<String> = [], _ report: inout Report
) {
    let users = manifests.filter { $0.template.map(usersTemplates.contains) ?? false }
    let patched = manifests.filter { !$0.patches.isEmpty }
    let patches = Dictionary(patched.flatMap(\.patches).map { ($0.file.path, $0.file) }) { first, _ in first }
    let files = Set(users.compactMap { $0.documents.first?.root.place.file.path }).union(patches.keys)
    func isTheirs(_ finding: Diagnostic) -> Bool { finding.range.map { files.contains($0.file.path) } ?? false }
    let tree = Inventory(
        manifests,
        TreeScope(
            versions: versions, existing: existing, isRendered: true, schemas: files.isEmpty ? nil : .known))
    let choice = files.isEmpty ? RuleSelection.errors : .all
    let found = choice.rules.flatMap { $0.findings(in: tree) }
    let sources = patches.sorted { $0.key < $1.key }.map(\.value)
    let theirs = suppress(found.filter(isTheirs), in: users, and: sources, of: choice, &report)
    let ours = found.filter { $0.severity == .error && !isTheirs($0) }.map { $0.naming(patchesOf: patched) }
    for finding in ours + oncePerPlace(theirs, inPatches: { patches[$0.range?.file.path ?? ""] != nil }) {
        report.add(finding)
    }
}

/// Checks a tree of files against the rules of a choice; what is no YAML is reported as it is read.
///
/// A generated tree says what exists outside of it and, unless they are given, which releases it is for.
///
/// Gives the corrections of what is reported: those that every overlay asks for that has the file.
@discardableResult
package func verify(
    _ tree: SourceTree, _ choice: RuleSelection, versions: PlatformVersions? = nil, schemas: Schemas = .known,
    _ report: inout Report
) -> [Correction] {
    let manifests = tree.manifests(&report)
    let scope = TreeScope(
        isClosed: tree.isClosed, roots: tree.roots, files: Set((tree.files + tree.data).map(\.path)),
        scripts: tree.scripts,
        versions: versions ?? tree.planned?.versions ?? PlatformVersions(),
        existing: tree.planned?.existing ?? [],
        schemas: schemas)
    var found = VariantFindings()
    for variant in variants(of: manifests, scope, data: tree.files + tree.data) {
        let inventory = Inventory(variant.manifests, variant.scope)
        found.begin(variant)
        for rule in choice.rules { found.add(rule.run(on: inventory), choice.severity) }
    }
    let kept = suppress(found.report.diagnostics, in: manifests, of: choice, &report)
    for finding in kept { report.add(finding) }
    return found.corrections.filter { $0.isOf(kept) }
}
