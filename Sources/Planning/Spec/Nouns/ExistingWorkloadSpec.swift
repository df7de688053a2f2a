import Diagnostics
import Groundwork

/// An existing workload that serves the model: Stowage plans for it and does not generate it.
package struct ExistingWorkloadSpec: Sendable {
    package let name: Traced<String>
    package let kind: Traced<WorkloadKind>
    /// Which template of a LeaderWorkerSet has the container.
    package let template: Traced<GroupTemplate>
    /// The labels that select its pods.
    package let labels: [(key: Traced<String>, value: Traced<String>)]
    /// The container that runs vLLM.
    package let container: Traced<String>
    /// The name of its Service.
    package let service: Traced<String>
    /// The port of the container with the metrics: its name or its number.
    package let port: Traced<String>
    /// The `model_name` of its metrics.
    package let servedModelName: Traced<String>
    /// The Helm release that it belongs to; nil means none.
    package let release: Traced<String>?
    /// The fields of `serving` that are set and that only a generated workload has.
    let ineffective: [(field: String, range: SourceRange)]
}

extension ExistingWorkloadSpec {
    /// Whether its port is a number, not a name.
    package var hasPortNumber: Bool { Int(port.value) != nil }

    /// Reads the fields of `serving` that describe it; nil if `deployment` is not set.
    static func read(_ fields: inout FieldReader, model: Traced<String>) -> ExistingWorkloadSpec? {
        let name = fields.optional(
            "deployment", .objectName.example("chat-vllm"),
            "existing workload that serves the model: it is not generated, and what it has to change is a patch; "
                + "default: a Deployment is generated")
        let kind: Traced<WorkloadKind> = fields.optional(
            "kind", .word, "kind of that workload", default: .deployment,
            because: "most model servers without state are Deployments")
        let template: Traced<GroupTemplate> = fields.optional(
            "template", .word, "pod template of a LeaderWorkerSet with that container", default: .worker,
            because: "a LeaderWorkerSet without a template for leaders makes them from that of workers")
        let written = fields.table(
            "labels", .nodeLabelKey, .labelValue,
            "labels by which that workload selects its pods; default: app with its name, for a LeaderWorkerSet the label that its controller sets"
        ).map { (key: $0.key, value: $0.value) }
        let container = fields.optional(
            "container", .objectName.example("server"), "container of that workload that runs vLLM", default: "vllm",
            because: "the name that most manifests of vLLM have")
        let service = fields.optional(
            "service", .objectName.example("chat"), "Service of that workload; default: its name")
        let port = fields.optional(
            "port", .port, "port of that container with the metrics, by name or number", default: "http",
            because: "the name that most manifests of vLLM have")
        let served = fields.optional(
            "servedModelName", .anyText.example("llama-3.1-8b"),
            "the `model_name` of its metrics, which is `--served-model-name`; default: the model's name")
        let release = fields.optional(
            "helm", .objectName.example("chat"),
            "Helm release that installs that workload, so that the patch is a post-renderer; default: none")
        guard let name else {
            fields.reportUnnamedWorkload()
            return nil
        }
        let ineffective = [
            "image", "extraArgs", "runAsRoot", "apiKeySecret", "pullSecrets", "env", "envFrom", "volumes",
        ]
        .compactMap { key in fields.keyRange(key).map { ("serving.\(key)", $0) } }
        let label =
            kind.value == .leaderWorkerSet
            ? Traced("leaderworkerset.sigs.k8s.io/name", .convention("the label that the controller sets on its pods"))
            : Traced("app", .convention("the label that most manifests use"))
        return ExistingWorkloadSpec(
            name: name, kind: kind, template: template, labels: written.isEmpty ? [(label, name)] : written,
            container: container,
            service: service ?? name, port: port, servedModelName: served ?? model, release: release,
            ineffective: ineffective)
    }
}

extension FieldReader {
    /// Reports fields of an existing workload, without its name.
    fileprivate mutating func reportUnnamedWorkload() {
        for key in ["kind", "template", "labels", "container", "service", "port", "servedModelName", "helm"] {
            guard let place = keyRange(key), keyRange("deployment") == nil else { continue }
            report.error(
                "workload-without-name",
                "`\(key)` describes an existing workload, but `deployment` does not name one", at: place,
                label: "has no effect", help: ["add `deployment: NAME`, or remove `\(key)`"])
        }
    }
}
