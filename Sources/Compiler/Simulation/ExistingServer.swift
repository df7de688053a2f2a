import Diagnostics
import Groundwork
import Planning
import Verify
import YAML

/// An existing workload, as far as a spec describes it.
struct ExistingServer: Sendable {
    let kind: WorkloadKind
    let name: String
    let namespace: String
    /// The labels of its pods.
    let labels: [(key: String, value: String)]
    /// Which template of a LeaderWorkerSet has the container.
    let template: GroupTemplate
    let container: String
    let service: String
    /// The `model_name` of its metrics.
    let servedName: String
    let replicas: Int

    /// Takes it from a model of a plan; nil if Stowage generates its Deployments.
    init?(_ placement: Placement) {
        guard let workload = placement.workload else { return nil }
        kind = workload.kind.value
        name = workload.name.value
        namespace = placement.namespace
        labels = workload.labels.map { ($0.key.value, $0.value.value) }
        template = workload.template.value
        container = workload.container.value
        service = placement.serviceName
        servedName = placement.servedName
        replicas = placement.minReplicas.value
    }

    /// Whether it is an object of a tree.
    func isObject(_ object: ManifestValue) -> Bool {
        object["kind"]?.text == kind.rawValue && object.at("metadata", "name")?.text == name
            && object.at("metadata", "namespace")?.text ?? "default" == namespace
    }
}

/// The objects of a cluster, and the existing workloads that are not among them, with the patches of the tree applied: the least that
/// the spec says of them, with the pods that the plan expects.
func completed(_ cluster: SimulatedCluster, _ report: inout Report) -> [ManifestValue] {
    for object in cluster.objects where object.podsPerGroup ?? 1 != 1 {
        let name = object.at("metadata", "name")?.text ?? ""
        report.warning(
            "workload-not-simulated", "LeaderWorkerSet `\(name)` is not simulated",
            at: object.at("spec", "leaderWorkerTemplate", "size")?.place, label: "pods in each group",
            notes: [.init("only groups of one pod are simulated")])
    }
    return cluster.objects
        + cluster.plan.existing.flatMap { server in
            cluster.objects.contains(where: server.isObject) ? [] : standIns(server, cluster.objects)
        }
}

/// A workload in place of an existing one, with its Service.
private func standIns(_ server: ExistingServer, _ objects: [ManifestValue]) -> [ManifestValue] {
    func metadata(_ name: String) -> JSON {
        ["name": .string(name), "namespace": .string(server.namespace)]
    }
    let labels = JSON.object(server.labels.map { ($0.key, .string($0.value)) })
    let container: JSON = [
        "name": .string(server.container), "image": .string("vllm of \(server.name)"),
        "args": .array([.string("--served-model-name=\(server.servedName)")]),
    ]
    let template: JSON = ["metadata": ["labels": labels], "spec": ["containers": .array([container])]]
    let pods: [(String, JSON)] =
        server.kind == .leaderWorkerSet
        ? [("leaderWorkerTemplate", .object([("size", .integer(1)), (server.template.rawValue, template)]))]
        : [("selector", ["matchLabels": labels]), ("template", template)]
    let spec: [(String, JSON)] = [("replicas", .integer(server.replicas))] + pods
    let workload: JSON = [
        "apiVersion": .string(server.kind.apiVersion), "kind": .string(server.kind.rawValue),
        "metadata": metadata(server.name), "spec": .object(spec),
    ]
    let service: JSON = [
        "apiVersion": "v1", "kind": "Service", "metadata": metadata(server.service), "spec": ["selector": labels],
    ]
    let patches = objects.flatMap { $0.items(of: "patches") }.filter { entry in
        entry.at("target", "kind")?.text == server.kind.rawValue && entry.at("target", "name")?.text == server.name
    }
    let base = read(workload.line, server).map { ManifestValue($0) }
    let patched = base.map { base in
        patches.compactMap { $0["patch"]?.text.flatMap { read($0, server) } }.reduce(base) { $0.patched(by: $1) }
    }
    return [patched, read(service.line, server).map { ManifestValue($0) }].compactMap { $0 }
}

extension ManifestValue {
    /// The object after a patch: a merge, or a list of operations; as it is if the patch does not apply.
    fileprivate func patched(by patch: Node) -> ManifestValue {
        guard let items = patch.items else { return merging(patch) ?? self }
        return items.compactMap { PatchOperation($0) }.reduce(self) { $1.applied(to: $0) ?? $0 }
    }
}

private func read(_ text: String, _ server: ExistingServer) -> Node? {
    var ignored = Report()
    return readYAML(SourceFile(path: "\(server.kind.rawValue) \(server.name)", text: text), &ignored)?.first
}
