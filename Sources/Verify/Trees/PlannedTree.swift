import Diagnostics
import Groundwork
import YAML

/// What a generated tree says of its cluster in its `plan.json`.
package struct PlannedTree: Sendable {
    package let versions: PlatformVersions
    /// The objects that exist or are made outside of the tree.
    package let existing: Set<ExistingObject>
}

extension SourceTree {
    /// What the tree's `plan.json` says; nil for a tree that is not complete, or not generated.
    package var planned: PlannedTree? {
        guard isClosed, let file = files.first(where: { lastComponent(of: $0.path) == "plan.json" }) else { return nil }
        var report = Report()
        guard let plan = readYAML(file, &report)?.first, let platform = plan["platform"] else { return nil }
        func version(_ key: String) -> Version? { platform[key]?.scalar.flatMap { Version($0.text) } }
        let latest = PlatformVersions()
        let versions = PlatformVersions(
            kubernetes: version("kubernetes") ?? latest.kubernetes, karpenter: version("karpenter") ?? latest.karpenter,
            keda: version("keda") ?? latest.keda)
        let existing = (plan["existing"]?.items ?? []).compactMap { item -> ExistingObject? in
            guard let kind = item["kind"]?.scalar?.text, let name = item["name"]?.scalar?.text else { return nil }
            return ExistingObject(kind: kind, name: name, namespace: item["namespace"]?.scalar?.text ?? "")
        }
        return PlannedTree(versions: versions, existing: Set(existing))
    }
}
