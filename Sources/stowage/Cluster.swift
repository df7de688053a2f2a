import Diagnostics
import Planning
import YAML

/// A spec as it was read, before it is parsed.
struct Cluster: Sendable {
    let path: String
    /// Nil when it could not be read.
    let source: SpecSource?
    /// The cluster's name as written, and where.
    let name: String?
    let nameRange: SourceRange?
    let report: Report

    init(reading path: String) {
        var report = Report()
        source = readSpec(path, &report)
        var ignored = Report()
        let document = source.flatMap { readYAML($0.file, &ignored)?.first { $0["metadata"] != nil } }
        let node = document?["metadata"]?["name"]
        (self.path, name, nameRange, self.report) = (path, node?.scalar?.text, node?.range, report)
    }
}

/// Leaves out, and reports, clusters with a name that another has: they would write to the same folder.
func distinct(_ clusters: [Cluster], _ report: inout Report) -> [Cluster] {
    var first: [String: Cluster] = [:]
    return clusters.filter { cluster in
        guard let name = cluster.name, let other = first.updateValue(first[name] ?? cluster, forKey: name) else {
            return true
        }
        report.error(
            "shared-name", "two specs describe the cluster `\(name)`", at: cluster.nameRange, label: "second spec",
            notes: other.nameRange.map { [Diagnostic.Note("the first is here", at: $0)] } ?? [],
            help: ["give each cluster its own name, which is also the name of its folder"])
        return false
    }
}
