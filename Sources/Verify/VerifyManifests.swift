import Diagnostics
import Groundwork

/// Checks the manifests of a spec against every rule whose breach is an error; the tree is all there is.
package func verify(
    _ manifests: [Manifest], for versions: PlatformVersions = PlatformVersions(), _ report: inout Report
) {
    let tree = Inventory(manifests, TreeScope(versions: versions, schemas: nil))
    for rule in Rule.all where rule.severity == .error {
        for finding in rule.findings(in: tree) { report.add(finding) }
    }
}

/// Checks a tree of files against the rules of a choice; what is no YAML is reported as it is read.
///
/// Gives the corrections of what is reported: those that every overlay asks for that has the file.
@discardableResult
package func verify(
    _ tree: SourceTree, _ choice: RuleSelection, versions: PlatformVersions = PlatformVersions(),
    schemas: Schemas = .known,
    _ report: inout Report
) -> [Correction] {
    let manifests = tree.manifests(&report)
    let scope = TreeScope(isClosed: tree.isClosed, roots: tree.roots, versions: versions, schemas: schemas)
    var found = VariantFindings()
    for variant in variants(of: manifests, scope, data: tree.files + tree.data) {
        let inventory = Inventory(variant.manifests, variant.scope)
        found.begin(variant)
        for rule in choice.rules { found.add(rule.judge(inventory), choice.severity) }
    }
    let kept = suppress(found.report.diagnostics, in: manifests, of: choice, &report)
    for finding in kept { report.add(finding) }
    return found.corrections.filter { $0.isOf(kept) }
}
