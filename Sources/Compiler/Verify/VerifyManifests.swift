import Diagnostics

/// Checks the manifests of a spec against every rule whose breach is an error; the tree is all there is.
package func verify(_ manifests: [Manifest], _ report: inout Report) {
    let tree = Inventory(manifests, TreeScope(schemas: nil))
    for rule in Rule.all where rule.severity == .error {
        for finding in rule.findings(in: tree) { report.add(finding) }
    }
}

/// Checks a tree of files against the rules of a choice; what is no YAML is reported as it is read.
package func verify(
    _ tree: SourceTree, _ choice: RuleChoice, versions: PlatformVersions = PlatformVersions(),
    schemas: Schemas = .known,
    _ report: inout Report
) {
    let manifests = tree.manifests(&report)
    let scope = TreeScope(isClosed: tree.isClosed, roots: tree.roots, versions: versions, schemas: schemas)
    var found = Report()
    for (manifests, scope) in variants(of: manifests, scope) {
        let inventory = Inventory(manifests, scope)
        for rule in choice.rules {
            for finding in rule.findings(in: inventory) where finding.severity <= choice.severity { found.add(finding) }
        }
    }
    for finding in suppress(found.diagnostics, in: manifests, of: choice, &report) { report.add(finding) }
}
