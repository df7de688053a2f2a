import Diagnostics
import Groundwork
import Planning
import Verify
import YAML

/// A workload that others own, as far as a spec describes it.
struct ExistingServer: Sendable {
    let kind: WorkloadKind
    let name: String
    let namespace: String
    /// The labels of its pods.
    let labels: [(key: String, value: String)]
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

/// The objects of a cluster, and the Deployments of others that are not among them, as they are once their owners have applied the
/// patches of the tree: the least that the spec says of them, with the pods that the plan expects.
func completed(_ cluster: SimulatedCluster, _ report: inout Report) -> [ManifestValue] {
    cluster.objects
        + cluster.plan.existing.flatMap { server -> [ManifestValue] in
            guard server.kind == .deployment else {
                report.warning(
                    "workload-not-simulated", "\(server.kind.rawValue) `\(server.name)` is not simulated", at: nil,
                    notes: [
                        .init("only Deployments are: pods of a StatefulSet start and end in the order of their names")
                    ])
                return []
            }
            if cluster.objects.contains(where: server.isObject) { return [] }
            return standIns(server, cluster.objects)
        }
}

/// A Deployment in place of one of others, with its Service.
private func standIns(_ server: ExistingServer, _ objects: [ManifestValue]) -> [ManifestValue] {
    func metadata(_ name: String) -> JSON {
        ["name": .string(name), "namespace": .string(server.namespace)]
    }
    let labels = JSON.object(server.labels.map { ($0.key, .string($0.value)) })
    let container: JSON = [
        "name": .string(server.container), "image": .string("vllm of \(server.name)"),
        "args": .array([.string("--served-model-name=\(server.servedName)")]),
    ]
    let deployment: JSON = [
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata(server.name),
        "spec": [
            "replicas": .integer(server.replicas), "selector": ["matchLabels": labels],
            "template": ["metadata": ["labels": labels], "spec": ["containers": .array([container])]],
        ],
    ]
    let service: JSON = [
        "apiVersion": "v1", "kind": "Service", "metadata": metadata(server.service), "spec": ["selector": labels],
    ]
    let patch = objects.lazy.flatMap { $0["patches"]?.items ?? [] }.first { entry in
        entry.at("target", "kind")?.text == server.kind.rawValue && entry.at("target", "name")?.text == server.name
    }?["patch"]?.text
    let base = read(deployment.line, server).map { ManifestValue($0) }
    let merged = base.map { base in patch.flatMap { read($0, server) }.flatMap { base.merging($0) } ?? base }
    return [merged, read(service.line, server).map { ManifestValue($0) }].compactMap { $0 }
}

private func read(_ text: String, _ server: ExistingServer) -> Node? {
    var ignored = Report()
    return readYAML(SourceFile(path: "Deployment \(server.name)", text: text), &ignored)?.first
}
