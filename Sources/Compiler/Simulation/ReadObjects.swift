import Diagnostics
import Groundwork
import YAML

/// Reads the objects of a file of manifests; a `List` gives its items.
package func readObjects(_ file: SourceFile, _ report: inout Report) -> [ManifestValue] {
    (readYAML(file, &report) ?? []).map { ManifestValue($0) }.flatMap { object in
        object["kind"]?.text == "List" ? object.items(of: "items") : [object]
    }
}

extension SimulatedCluster {
    /// A compiled cluster: its manifests are read as those of a folder are.
    package init(_ compilation: Compilation, _ report: inout Report) {
        let plan = SimulatedPlan(compilation.plan)
        let objects = compilation.objectFiles(&report).files.flatMap { file in
            readObjects(SourceFile(path: file.path, bytes: file.bytes), &report)
        }
        self.init(name: plan.name, objects: objects, plan: plan)
    }
}
