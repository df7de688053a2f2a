import Diagnostics

/// Checks a tree of manifests against every rule.
package func verify(_ manifests: [Manifest], _ report: inout Report) {
    let tree = Inventory(manifests)
    for rule in Rule.all {
        for finding in rule.findings(in: tree) { report.add(finding) }
    }
}
