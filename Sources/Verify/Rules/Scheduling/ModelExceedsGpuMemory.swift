import Groundwork

extension Rule {
    static let modelExceedsGpuMemory = Rule(
        "model-exceeds-gpu-memory", .scheduling,
        why: "vLLM exits at startup if the weights of its model do not fit into the memory of its GPUs",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: node.kubernetes.io/instance-type, operator: In, values: [g6e.12xlarge]}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: vllm/vllm-openai:v0.19.0
                    args: [--model=meta-llama/Llama-3.3-70B-Instruct, --tensor-parallel-size=4]
                    resources: {limits: {nvidia.com/gpu: 4}}
            """,
            """
            # Weights of 4 bits fit, and so do those of a model that the catalog does not have, as far as is known.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: karpenter.k8s.aws/instance-family, operator: In, values: [g6e]}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: vllm/vllm-openai:v0.19.0
                    args: [--model=example/Llama-3.3-70B-Instruct-AWQ]
                    resources: {limits: {nvidia.com/gpu: 1}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: b}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: vllm/vllm-openai:v0.19.0
                    args: [--model=example/giant]
                    resources: {limits: {nvidia.com/gpu: 1}}
            """,
            """
            # The largest GPU that the pods may get counts.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-name, operator: In, values: [l4, l40s]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: vllm/vllm-openai:v0.19.0
                    command: [vllm, serve, Qwen/Qwen3-14B]
                    resources: {limits: {nvidia.com/gpu: 1}}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: node.kubernetes.io/instance-type, operator: In, values: [g6.xlarge]}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: vllm/vllm-openai:v0.19.0
                    args: [↓--model=meta-llama/Llama-3.3-70B-Instruct]
                    resources: {limits: {nvidia.com/gpu: 1}}
            """,
            """
            # An image may read the model from a variable.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-category, operator: In, values: [g]}
                  - {key: karpenter.k8s.aws/instance-gpu-name, operator: In, values: [l4]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: vllm/vllm-openai:v0.19.0
                    env: [{name: MODEL_ID, value: ↓Qwen/Qwen3-32B}]
                    resources: {limits: {nvidia.com/gpu: 1}}
            """,
            """
            # A MIG partition says how much memory it has.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: vllm/vllm-openai:v0.19.0
                    command: [sh, -c, "exec vllm serve ↓meta-llama/Llama-3.1-8B-Instruct --port 8000"]
                    resources: {limits: {nvidia.com/mig-1g.10gb: 1}}
            """,
            """
            # KServe and the operator of the production stack name the model in fields of their own.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: node.kubernetes.io/instance-type, operator: In, values: [g6.12xlarge]}]
            ---
            apiVersion: serving.kserve.io/v1beta1
            kind: InferenceService
            metadata: {name: a}
            spec:
              predictor:
                model:
                  modelFormat: {name: huggingface}
                  storageUri: ↓hf://meta-llama/Llama-3.3-70B-Instruct
                  resources: {limits: {nvidia.com/gpu: "1"}}
            ---
            apiVersion: production-stack.vllm.ai/v1alpha1
            kind: VLLMRuntime
            metadata: {name: b}
            spec:
              model: {modelURL: ↓meta-llama/Llama-3.3-70B-Instruct}
              vllmConfig: {tensorParallelSize: 4}
              deploymentConfig: {resources: {gpu: "4"}}
            """,
        ]
    ) { tree, findings in
        for (number, workload) in tree.workloads.enumerated() {
            for server in workload.servers {
                guard let model = server.model, let variant = Catalog.variant(model.text),
                    let ranks = server.ranks, let request = server.gpus.first,
                    let memory = tree.memory(of: request, workload, tree.reaches[number])
                else { continue }
                let bytes = variant.model.weightBytes(server.quantizedBits ?? variant.bits) / Double(ranks)
                let mebibytes = bytes / 1_048_576
                guard mebibytes > Double(memory.mebibytes) else { continue }
                findings.add(
                    "the weights of `\(model.text)` take \(gibibytes(mebibytes)) GiB on each GPU of \(workload.object.words), "
                        + "more than \(memory.words) has",
                    at: model.place, label: "exceeds \(gibibytes(Double(memory.mebibytes))) GiB",
                    notes: [.init("the GPUs are requested here", at: request.place)],
                    help: "use a larger GPU, more GPUs with `--tensor-parallel-size`, or weights of fewer bits")
            }
        }
        for runtime in tree.objects where runtime.kind.name == "VLLMRuntime" {
            checkRuntime(runtime, in: tree, &findings)
        }
    }
}

/// Checks the model of the production stack's operator, whose pods may get the GPUs of any NodePool.
private func checkRuntime(_ runtime: KubernetesObject, in tree: Inventory, _ findings: inout Findings) {
    let config = runtime.spec?["vllmConfig"]
    guard runtime.kind.group == "production-stack.vllm.ai", let model = runtime.spec?["model"]?["modelURL"],
        let variant = Catalog.variant(model.text ?? ""), config?["extraArgs"] == nil,
        let count = runtime.spec?["deploymentConfig"]?["resources"]?["gpu"]?.text.flatMap({ Int($0) }),
        runtime.spec?["deploymentConfig"]?["resources"]?["gpuType"]?.text ?? "nvidia.com/gpu" == "nvidia.com/gpu"
    else { return }
    let sets = tree.nodes.filter { $0.hasGPUs != false }.map(\.gpuTypes)
    let able = sets.flatMap(\.types).filter { $0.gpuCount >= count }
    guard !sets.isEmpty, sets.allSatisfy({ $0.known != nil }),
        let largest = able.max(by: { Catalog.gpu(of: $0).usableMiB < Catalog.gpu(of: $1).usableMiB })
    else { return }
    let (tensors, stages) = (config?["tensorParallelSize"]?.count ?? 1, config?["pipelineParallelSize"]?.count ?? 1)
    let mebibytes = variant.model.weightBytes(variant.bits) / Double(max(tensors * stages, 1)) / 1_048_576
    let memory = Catalog.gpu(of: largest).usableMiB
    guard mebibytes > Double(memory) else { return }
    findings.add(
        "the weights of `\(model.text ?? "")` take \(gibibytes(mebibytes)) GiB on each GPU of \(runtime.words), more than a GPU of "
            + "`\(largest.name)` has",
        at: model.place, label: "exceeds \(gibibytes(Double(memory))) GiB",
        help: "use a larger GPU, more GPUs with `tensorParallelSize`, or weights of fewer bits")
}

/// A size in GiB, rounded.
private func gibibytes(_ mebibytes: Double) -> Int { wholeNumber((mebibytes / 1024).rounded()) }

extension Inventory.Container {
    /// The GPUs over which the weights are spread; nil if that is not known.
    fileprivate var ranks: Int? {
        guard option("--data-parallel-size", "-dp", "--cpu-offload-gb", "--nnodes", "-n", "--load-format") == nil,
            !hasFlag("--enable-expert-parallel")
        else { return nil }
        let (tensors, stages) = (
            number("--tensor-parallel-size", "-tp"), number("--pipeline-parallel-size", "-pp")
        )
        guard let tensor = tensors.map({ $0.count }) ?? 1, let pipeline = stages.map({ $0.count }) ?? 1 else {
            return nil
        }
        return max(tensor * pipeline, 1)
    }

    /// The bits of a weight if vLLM quantizes the model while it loads it.
    fileprivate var quantizedBits: Int? {
        switch option("--quantization", "-q")?.text {
        case "fp8": 8
        case "bitsandbytes", "awq", "gptq", "awq_marlin", "gptq_marlin": 4
        default: nil
        }
    }
}

extension Inventory {
    /// The memory of the largest GPU or partition that a workload may get; nil if it is not known.
    fileprivate func memory(of request: DeviceRequest, _ workload: Workload, _ reach: Reach?) -> (
        mebibytes: Int, words: String
    )? {
        let resource = plainProfile(request.resource)
        let numbers = (reach?.tolerated ?? []).filter { nodes[$0].hasGPUs != false }
        let sets = numbers.map { nodes[$0].gpuTypes.narrowed(to: workload.pod.nodes.terms) }
        let isKnown = !sets.isEmpty && sets.allSatisfy { $0.known != nil }
        let able = sets.flatMap(\.types).filter { resource != "nvidia.com/gpu" || $0.gpuCount >= request.count }
        if resource.hasPrefix("nvidia.com/mig-") {
            let profiles = Catalog.migProfiles.filter { $0.resource == resource }
            let own = isKnown ? profiles.filter { profile in able.contains { $0.gpuID == profile.gpuID } } : profiles
            return own.map(\.usableMiB).max().map { ($0, "a partition `\(resource.dropFirst(15))`") }
        }
        guard isKnown, resource == "nvidia.com/gpu" || resource == "nvidia.com/gpu.shared",
            let largest = able.max(by: { Catalog.gpu(of: $0).usableMiB < Catalog.gpu(of: $1).usableMiB })
        else { return nil }
        return (Catalog.gpu(of: largest).usableMiB, "a GPU of `\(largest.name)`")
    }
}
