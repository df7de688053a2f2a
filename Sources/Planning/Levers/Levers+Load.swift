import Diagnostics
import Groundwork

/// Changes of how a model starts, scales and counts its replicas.
func loadLevers(_ placement: Placement) -> [Lever] {
    let model = placement.spec
    let levers = [
        sourceLever(model), imageLever(model), classLever(model), priorityLever(model), replicasLever(model),
        headroomLever(model), scheduleLever(placement), prefixLever(model),
    ]
    return levers.compactMap { $0 }
}

/// Weights from object storage instead of a slower place.
private func sourceLever(_ model: ModelSpec) -> Lever? {
    if case .s3 = model.weights.from.value { return nil }
    guard model.coldStart.weightsLoad == nil else { return nil }
    let place = "s3://your-bucket/\(model.name.value)"
    let edit = SpecEdit(model, "weights", "from", to: place, as: "weights: {from: \(place)}")
    return Lever(
        [
            Lever.Change(edit?.needing("with a bucket of yours that has the weights")) {
                $0.weights.from = Traced(.s3(place), .convention("tried"))
            }
        ],
        risk: "the weights are copied to S3 once for each release, and the pods need access to the bucket")
}

/// The image of vLLM on the node before it starts.
private func imageLever(_ model: ModelSpec) -> Lever? {
    guard model.coldStart.imagePull == nil else { return nil }
    let edit = SpecEdit(model, "coldStart", "imagePull", to: "10s", as: "coldStart: {imagePull: 10s}")
    return Lever(
        [
            Lever.Change(edit?.needing("with the image in your AMI")) {
                $0.coldStart.imagePull = Traced(10, .convention("tried"))
            }
        ],
        risk: "the AMI is built again for each release of the image")
}

/// Another class: other scaling thresholds, and for `batch` no replicas for growing traffic.
private func classLever(_ model: ModelSpec) -> Lever? {
    guard model.workloadClass.value != .batch else { return nil }
    let others: [WorkloadClass] = model.workloadClass.value == .interactive ? [.realtime, .batch] : [.batch]
    return Lever(
        others.map { other in
            SpecEdit(model, "class", to: other.rawValue, as: "class: \(other.rawValue)")
        },
        risk: "replicas are added at a higher load; requests of `batch` wait while replicas start")
}

/// No replica for a lost node.
private func priorityLever(_ model: ModelSpec) -> Lever? {
    guard model.priority.value != .bestEffort else { return nil }
    return Lever(
        [SpecEdit(model, "priority", to: "best-effort", as: "priority: best-effort")],
        risk: "no replica is kept for a lost node, and pods of other models preempt its pods")
}

/// Replicas by the traffic instead of those of the spec.
private func replicasLever(_ model: ModelSpec) -> Lever? {
    guard let replicas = model.replicas, model.traffic != nil else { return nil }
    return Lever(
        leavingOut("replicas", at: replicas.range).map { $0.owned(by: model) },
        risk: "the minimum and the maximum follow `traffic`")
}

/// No GPUs kept free for a surge.
private func headroomLever(_ model: ModelSpec) -> Lever? {
    guard let headroom = model.headroom else { return nil }
    return Lever(
        leavingOut("headroom", at: headroom.range).map { $0.owned(by: model) }, risk: "a surge waits for new nodes")
}

/// One replica outside of working hours.
private func scheduleLever(_ placement: Placement) -> Lever? {
    let model = placement.spec
    let least = placement.minReplicas.value
    guard model.replicas == nil, model.scaling.schedule.isEmpty, least > 1, placement.isAutoscaled,
        model.scaling.by.value == .keda
    else { return nil }
    let replicas = "{min: 1, max: \(placement.maxReplicas.value)}"
    let window = "[{days: Mon-Fri, from: \"07:00\", to: \"20:00\", min: \(least)}]"
    return Lever(
        together: [
            SpecEdit(model, "replicas", to: replicas, as: "replicas: \(replicas)"),
            SpecEdit(model, "scaling", "schedule", to: window, as: "scaling: {schedule: \(window)}"),
        ],
        risk: "outside of the window one replica runs, and further ones only after a cold start")
}

/// Prompts with a common beginning.
private func prefixLever(_ model: ModelSpec) -> Lever? {
    guard let traffic = model.traffic, traffic.prefixHitRate == nil else { return nil }
    let edit = SpecEdit(model, "traffic", "prefixHitRate", to: "50%", as: "traffic: {prefixHitRate: 50%}")
    return Lever(
        [edit?.needing("if you measure it")],
        risk: "without that share of repeated prompt tokens, latencies miss their targets")
}
