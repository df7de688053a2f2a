import Diagnostics
import Groundwork
import YAML

/// Rejects what does not apply to an existing workload.
func checkExistingWorkload(_ model: ModelSpec, _ report: inout Report) {
    guard let workload = model.serving.workload else { return }
    let name = workload.name.value
    let here = [Diagnostic.Note("the workload is named here", at: workload.name.range)]
    let ofPods: [(field: String, range: SourceRange?)] = [
        ("weights.tokenSecret", model.weights.tokenSecret?.range), ("serviceAccount", model.serviceAccount?.range),
    ]
    for (field, range) in workload.ineffective + ofPods.compactMap({ field, range in range.map { (field, $0) } }) {
        report.error(
            "field-of-existing-workload",
            "`\(field)` of `\(model.name.value)` has no effect: \(workload.kind.value.rawValue) `\(name)` is not managed by Stowage",
            at: range, label: "no effect", notes: here,
            help: ["remove `\(field)`, and change the manifest of the workload"])
    }
    if model.gpu.allocate.value == .dra {
        report.error(
            "existing-workload-with-claims",
            "`\(model.name.value)` claims its GPUs, but \(workload.kind.value.rawValue) `\(name)` is not managed by Stowage",
            at: model.gpu.allocate.range, label: "not supported", notes: here,
            help: ["use the device plugin, or let Stowage generate the Deployment: remove `serving.deployment`"])
    }
    if model.gpu.share.value != .whole {
        report.error(
            "existing-workload-with-shared-gpus",
            "`\(model.name.value)` shares GPUs, but \(workload.kind.value.rawValue) `\(name)` is not managed by Stowage",
            at: model.gpu.share.range, label: "not supported", notes: here,
            help: ["use whole GPUs, or let Stowage generate the Deployment: remove `serving.deployment`"])
    }
    if let spot = model.instances.spot, spot.value == .allowed {
        report.error(
            "existing-workload-on-spot",
            "a surge on spot needs a second Deployment, but \(workload.kind.value.rawValue) `\(name)` is not managed by Stowage",
            at: spot.range, label: "cannot be split", notes: here,
            help: [
                Help(
                    "set `spot: never`, or `spot: only` if all of its replicas may be interrupted",
                    replacing: spot.range, by: ["never"])
            ])
    }
}

/// Rejects fields of `serving` that describe a workload which is not named, and workloads that are named twice.
func checkExistingWorkloads(_ spec: ClusterSpec, _ report: inout Report) {
    var seen: [String: SourceRange?] = [:]
    for model in spec.models {
        guard let workload = model.serving.workload else { continue }
        let key = "\(model.namespace.value)/\(workload.kind.value.rawValue)/\(workload.name.value)"
        if let first = seen[key] {
            report.error(
                "existing-workload-named-twice",
                "\(workload.kind.value.rawValue) `\(workload.name.value)` serves two models", at: workload.name.range,
                label: "serves another model", notes: [.init("it is first named here", at: first)],
                help: ["name the workload of each model"])
        }
        seen[key] = workload.name.range
        checkService(of: workload, spec.platform.monitoring, &report)
    }
}

/// Rejects the Service that the controller of LeaderWorkerSets makes, where metrics are found by the name of a Service.
private func checkService(of workload: ExistingWorkloadSpec, _ monitoring: MonitoringSpec, _ report: inout Report) {
    let isRead = !monitoring.hasOperator.value || monitoring.gateway != nil
    guard workload.kind.value == .leaderWorkerSet, workload.service.value == workload.name.value, isRead else { return }
    let name = workload.name.value
    report.error(
        "existing-workload-without-service", "LeaderWorkerSet `\(name)` has no Service that serves its requests",
        at: workload.name.range, label: "its Service is not named",
        notes: [.init("the Service `\(name)` is made by the controller of LeaderWorkerSets, and has no ports")],
        help: ["set `service` to the Service that clients use"])
}
