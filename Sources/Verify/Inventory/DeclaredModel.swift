import Groundwork

extension Inventory {
    /// A model that a field names instead of a command, with the GPUs of one of its pods.
    struct DeclaredModel: Sendable {
        /// What has the field, in messages.
        let words: String
        let value: ManifestValue
        let repository: String
        let request: DeviceRequest
        /// The GPUs over which its weights are spread.
        let ranks: Int
        /// The field that sets them.
        let ranksField: String
        /// The nodes that its pods select: alternatives, each a list of requirements.
        let nodes: [[LabelRequirement]]
    }

    /// The models of KServe's LLMInferenceServices, of the production stack's operator, and of the values of its chart.
    var declaredModels: [DeclaredModel] {
        let releases = objects(.helmRelease).compactMap { $0.spec?["values"] }
        let sources = objects(.application).flatMap { application in
            [application.spec?["source"]].compactMap { $0 } + (application.spec?["sources"]?.items ?? [])
        }
        let values = chartValues + releases + sources.compactMap { $0["helm"]?["valuesObject"] }
        return objects(.llmInferenceService).flatMap { modelsOfService($0) }
            + objects(.vllmRuntime).compactMap { modelOfRuntime($0) }
            + values.flatMap { modelsOfStack($0) }
    }

    /// The model of a LLMInferenceService: in its pods, and in those that only prefill.
    private func modelsOfService(_ service: KubernetesObject) -> [DeclaredModel] {
        guard let spec = service.spec, let uri = spec["model"]?["uri"], let text = uri.text, text.hasPrefix("hf://")
        else { return [] }
        let parts =
            [(service.words, spec)] + (spec["prefill"].map { [("the prefill pods of \(service.words)", $0)] } ?? [])
        return parts.compactMap { words, part -> DeclaredModel? in
            let parallelism = part["parallelism"]
            // A configuration that it builds on may set the parallelism, too.
            guard parallelism != nil || spec["baseRefs"] == nil, part["worker"] == nil, parallelism?["data"] == nil,
                parallelism?["expert"]?.boolean != true, let template = part["template"],
                let main = template["containers"]?.items?.first(where: { $0["name"]?.text == "main" })
            else { return nil }
            let container = Container(main)
            let added = container.variable("VLLM_ADDITIONAL_ARGS").map { [$0] } ?? []
            guard main["command"] == nil, !changesWeights(container.words + added), let request = container.gpus.first
            else { return nil }
            return DeclaredModel(
                words: words, value: uri, repository: String(text.dropFirst(5).prefix { $0 != ":" }), request: request,
                ranks: ranks(parallelism?["tensor"], parallelism?["pipeline"]), ranksField: "parallelism.tensor",
                nodes: NodeSelection(template).terms)
        }
    }

    /// The model of the production stack's operator.
    private func modelOfRuntime(_ runtime: KubernetesObject) -> DeclaredModel? {
        let config = runtime.spec?["vllmConfig"]
        let resources = runtime.spec?["deploymentConfig"]?["resources"]
        guard let model = runtime.spec?["model"]?["modelURL"], let repository = model.text,
            !changesWeights(config?["extraArgs"]?.items ?? []), let gpus = resources?["gpu"],
            let count = gpus.text.flatMap({ Int($0) })
        else { return nil }
        return DeclaredModel(
            words: runtime.words, value: model, repository: repository,
            request: DeviceRequest(
                resource: resources?["gpuType"]?.text ?? "nvidia.com/gpu", count: count, place: gpus.place),
            ranks: ranks(config?["tensorParallelSize"], config?["pipelineParallelSize"]),
            ranksField: "tensorParallelSize", nodes: [[]])
    }

    /// The models in the values of the production stack's chart.
    private func modelsOfStack(_ values: ManifestValue) -> [DeclaredModel] {
        (values["servingEngineSpec"]?["modelSpec"]?.items ?? []).compactMap { model -> DeclaredModel? in
            let config = model["vllmConfig"]
            // Other programs share GPUs by amounts of memory, and a cluster of Ray spreads a model over nodes.
            let isOther = ["requestGPUMem", "requestGPUMemPercentage"].contains { model[$0] != nil }
            guard model["enabled"]?.boolean != false, model["raySpec"]?["enabled"]?.boolean != true, !isOther,
                let url = model["modelURL"], let repository = url.text,
                !changesWeights(config?["extraArgs"]?.items ?? []), let request = stackRequest(model)
            else { return nil }
            return DeclaredModel(
                words: "model `\(model["name"]?.text ?? repository)` of the chart", value: url, repository: repository,
                request: request, ranks: ranks(config?["tensorParallelSize"], config?["pipelineParallelSize"]),
                ranksField: "tensorParallelSize", nodes: [[]])
        }
    }

    /// The GPUs that an entry of `modelSpec` requests: by its resources, if it has any.
    private func stackRequest(_ model: ManifestValue) -> DeviceRequest? {
        if model["resources"]?.entries?.isEmpty == false { return Container(model).gpus.first }
        guard let gpus = model["requestGPU"], let count = gpus.count, count > 0 else { return nil }
        return DeviceRequest(
            resource: model["requestGPUType"]?.text ?? "nvidia.com/gpu", count: count, place: gpus.place)
    }
}

extension ObjectKind {
    static let helmRelease = Self("helm.toolkit.fluxcd.io", "HelmRelease")
    static let llmInferenceService = Self("serving.kserve.io", "LLMInferenceService")
    static let vllmRuntime = Self("production-stack.vllm.ai", "VLLMRuntime")
}

/// The GPUs of one replica.
private func ranks(_ tensor: ManifestValue?, _ pipeline: ManifestValue?) -> Int {
    max((tensor?.count ?? 1) * (pipeline?.count ?? 1), 1)
}

/// Whether words of a command may change how much memory of a GPU the weights take.
private func changesWeights(_ words: [ManifestValue]) -> Bool {
    let options: Set = [
        "--model", "--tensor-parallel-size", "-tp", "--pipeline-parallel-size", "-pp", "--data-parallel-size", "-dp",
        "--enable-expert-parallel", "--cpu-offload-gb", "--nnodes", "-n", "--load-format", "--quantization", "-q",
    ]
    for word in words {
        for part in (word.text ?? "").split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            let option = String(part.prefix { $0 != "=" }).replacing("_", with: "-")
            if options.contains(option) { return true }
        }
    }
    return false
}
