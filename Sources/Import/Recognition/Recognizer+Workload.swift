import Groundwork

extension Recognizer {
    /// Whether a model's workload stays an existing one, so that the spec only names it.
    func keeps(_ model: FoundModel) -> Bool {
        options.keepsWorkloads && model.workloads.count == 1
            && ["Deployment", "StatefulSet", "LeaderWorkerSet"].contains(model.workload.kind)
            && model.workload.root.podsPerGroup ?? 1 == 1
            && !model.workload.isOwn && !isShared(model)
            && model.pod?["resourceClaims"] == nil
    }

    /// Reports a workload that cannot be kept although that is asked for.
    mutating func checkKept(_ model: FoundModel) {
        guard options.keepsWorkloads, !keeps(model),
            !model.workload.isOwn
        else { return }
        let size = model.workload.root.podsPerGroup ?? 1
        warning(
            "workload-not-kept", "\(model.workload.key.words) cannot be kept as an existing workload",
            at: model.workload.root.at("metadata", "name"), label: "generated instead",
            notes: [
                size > 1
                    ? "each of its replicas has \(size) pods, and only replicas of one pod can be planned"
                    : "only Deployments, StatefulSets and LeaderWorkerSets with whole GPUs of the device plugin can be kept"
            ], help: [])
    }

    /// The workload of a model as the spec names it.
    func existingWorkload(of model: FoundModel) -> [(String, SpecValue?)] {
        let workload = model.workload
        let home = (workload.root.at("metadata", "name") ?? workload.root).home
        let labels = workload.spec?.at("selector", "matchLabels")
        let isUsual = labels?.entries?.count == 1 && labels?["app"]?.text == workload.name
        let container = model.container["name"]
        let port = model.container["ports"]?.items?.first.flatMap { $0["name"] ?? $0["containerPort"] }
        let service = service(of: model)
        let served = model.arguments.flag("--served-model-name")
        let loaded = model.arguments.model
        let name = served?.value ?? loaded?.text
        return [
            ("deployment", .string(workload.name, home)),
            ("kind", workload.kind == "Deployment" ? nil : .plain(workload.kind, workload.root.home)),
            ("template", template(of: workload)),
            ("labels", isUsual ? nil : labels.map { SpecValue(copying: $0) }),
            ("container", container.flatMap { $0.text == "vllm" ? nil : .string($0.text ?? "", $0.home) }),
            (
                "service",
                service.flatMap { $0.name == workload.name ? nil : .string($0.name, $0.root.home) }
            ),
            ("port", port.flatMap { $0.text == "http" ? nil : .plain($0.text ?? "", $0.home) }),
            (
                "servedModelName",
                name.flatMap {
                    $0 == model.name ? nil : .string($0, (served?.place ?? loaded?.place ?? workload.root).home)
                }
            ),
            ("helm", release(of: workload)),
        ]
    }

    /// The Service that selects the pods of a model.
    private func service(of model: FoundModel) -> ImportedObject? {
        let workload = model.workload
        let labels = workload.template?.at("metadata", "labels")
        // The labels of pods that the controller of LeaderWorkerSets adds.
        let added =
            workload.root.podsPerGroup == nil
            ? [:]
            : [
                "leaderworkerset.sigs.k8s.io/name": workload.name, "leaderworkerset.sigs.k8s.io/worker-index": "0",
            ]
        return tree.all("Service").first { service in
            let selector = service.spec?["selector"]?.entries ?? []
            // The one without ports that has the name of a LeaderWorkerSet is its controller's.
            if workload.root.podsPerGroup != nil, service.name == workload.name { return false }
            return service.namespace == model.namespace && !selector.isEmpty
                && selector.allSatisfy { (labels?[$0.key]?.text ?? added[$0.key]) == $0.value.text }
        }
    }

    /// Which template of a LeaderWorkerSet has the container, if it is not the one of workers.
    private func template(of workload: ImportedObject) -> SpecValue? {
        workload.spec?.at("leaderWorkerTemplate", "leaderTemplate").map { .plain("leaderTemplate", $0.home) }
    }

    /// The Helm release that installed a workload.
    private func release(of workload: ImportedObject) -> SpecValue? {
        let isHelm = workload.label("app.kubernetes.io/managed-by")?.text == "Helm"
        let name =
            workload.annotation("meta.helm.sh/release-name")
            ?? (isHelm ? workload.label("app.kubernetes.io/instance") : nil)
        return name.map { .string($0.text ?? "", $0.home) }
    }
}
