import Diagnostics
import Planning
import YAML

/// A spec as it was read, before anything of it is understood.
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
        var unheard = Report()
        let document = source.flatMap { readYAML($0.file, &unheard)?.first { $0["metadata"] != nil } }
        let node = document?["metadata"]?["name"]
        (self.path, name, nameRange, self.report) = (path, node?.scalar?.text, node?.range, report)
    }
}

/// Leaves out, and reports, clusters whose name another has: they would write into one folder.
func distinct(_ clusters: [Cluster], _ report: inout Report) -> [Cluster] {
    var first: [String: Cluster] = [:]
    return clusters.filter { cluster in
        guard let name = cluster.name, let other = first.updateValue(first[name] ?? cluster, forKey: name) else {
            return true
        }
        report.error(
            "shared-name", "two specs describe the cluster `\(name)`", at: cluster.nameRange, label: "the second",
            notes: other.nameRange.map { [Diagnostic.Note("the first is here", at: $0)] } ?? [],
            help: ["each cluster has a name, and a folder, of its own"])
        return false
    }
}
