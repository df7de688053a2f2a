import Diagnostics
import Groundwork
import Planning
import Verify

/// The result of a compilation: the spec as understood, the plan, and the manifests.
package struct Compilation: Sendable {
    package let spec: ClusterSpec
    package let plan: Plan
    package let manifests: [Manifest]
}

/// Compiles a spec into manifests.
///
/// Each line is a stage; each stage is a function between two values.
///
/// A stage reports everything it finds, and gives nil only if the next one cannot run. Nothing here depends on files,
/// clocks or environments: the same text and templates give the same manifests everywhere.
package func compile(_ source: SpecSource, with templates: TemplateLibrary, _ report: inout Report) -> Compilation? {
    guard let spec = understand(source, &report) else { return nil }
    guard let plan = plan(spec, &report) else { return nil }
    guard let rendered = render(templates.forPlan, from: planFacts.record(plan), &report) else { return nil }
    guard let objects = patch(rendered, by: spec.patches, &report) else { return nil }
    guard let folders = render(templates.forTree, from: treeFacts.record(FolderedTree(objects)), &report) else {
        return nil
    }
    let manifests = (objects + folders).sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    verify(
        manifests, for: PlatformVersions(spec.platform), besides: existingObjects(plan),
        usersTemplates: templates.fromUsers, &report)
    return report.hasErrors ? nil : Compilation(spec: spec, plan: plan, manifests: manifests)
}

extension Compilation {
    /// Writes every file of the output folder except the lock: manifests, `PLAN.md` and `plan.json`.
    package func files(_ report: inout Report) -> FileTree {
        var tree = FileTree()
        _ = tree.add("PLAN.md", Array(page(plan).text.utf8))
        add(manifests, to: &tree, &report)
        return tree
    }

    /// Writes the files that an API server reads.
    package func objectFiles(_ report: inout Report) -> FileTree {
        var tree = FileTree()
        add(manifests.filter { $0.path.hasSuffix(".yaml") }, to: &tree, &report)
        return tree
    }

    private func add(_ manifests: [Manifest], to tree: inout FileTree, _ report: inout Report) {
        for manifest in manifests {
            var bytes: [UInt8] = []
            write(manifest, cluster: spec.name.value, to: &bytes)
            if let reason = tree.add(manifest.path, bytes) {
                report.error(
                    "unsafe-path", "`\(manifest.path)` cannot be written", at: manifest.place, label: reason)
            }
        }
    }
}

extension PlatformVersions {
    /// The versions in a spec.
    init(_ platform: PlatformSpec) {
        self.init(
            kubernetes: platform.kubernetes.value, karpenter: platform.karpenter.version.value,
            keda: platform.autoscaler.keda?.value ?? PlatformVersions().keda)
    }
}

/// The objects that the plan's pods name, and that are not in the tree.
private func existingObjects(_ plan: Plan) -> Set<ExistingObject> {
    Set(plan.requiredObjects.map { ExistingObject(kind: $0.kind, name: $0.name.value, namespace: $0.namespace.value) })
}
