import Diagnostics
import Groundwork
import YAML

/// What a generated tree says of its cluster in its `plan.json`.
package struct PlannedTree: Sendable {
    package let versions: PlatformVersions
    /// The objects that exist or are made outside of the tree.
    package let existing: Set<ExistingObject>
}

extension PlannedTree {
    /// Reads the `plan.json` among the files of a tree; nil if it has none.
    init?(in files: [SourceFile]) {
        guard let file = files.first(where: { lastComponent(of: $0.path) == "plan.json" }) else { return nil }
        var report = Report()
        guard let plan = readYAML(file, &report)?.first, let platform = plan["platform"] else { return nil }
        func version(_ key: String) -> Version? { platform[key]?.scalar.flatMap { Version($0.text) } }
        let latest = PlatformVersions()
        versions = PlatformVersions(
            kubernetes: version("kubernetes") ?? latest.kubernetes, karpenter: version("karpenter") ?? latest.karpenter,
            keda: version("keda") ?? latest.keda)
        existing = Set(
            (plan["existing"]?.items ?? []).compactMap { item in
                guard let kind = item["kind"]?.scalar?.text, let name = item["name"]?.scalar?.text else { return nil }
                return ExistingObject(kind: kind, name: name, namespace: item["namespace"]?.scalar?.text ?? "")
            })
    }
}
