import Diagnostics
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
                    command: [vllm, serve, microsoft/phi-4]
                    resources: {limits: {nvidia.com/gpu: 1}}
            """,
            """
            # Four GPUs hold what one does not, and so do weights of 4 bits; what is not deployed, or by Ray, is not checked.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: node.kubernetes.io/instance-type, operator: In, values: [g6.12xlarge]}]
            ---
            apiVersion: serving.kserve.io/v1alpha1
            kind: LLMInferenceService
            metadata: {name: a}
            spec:
              model: {uri: hf://Qwen/Qwen3-32B, name: a}
              parallelism: {tensor: 4}
              template: {containers: [{name: main, resources: {limits: {nvidia.com/gpu: "4"}}}]}
            --- # values.yaml
            servingEngineSpec:
              modelSpec:
              - {name: a, modelURL: Qwen/Qwen3-32B, requestGPU: 4, vllmConfig: {tensorParallelSize: 4}}
              - {name: b, modelURL: Qwen/Qwen3-32B-AWQ, requestGPU: 1}
              - {name: c, modelURL: Qwen/Qwen3-32B, requestGPU: 1, enabled: false}
              - {name: d, modelURL: Qwen/Qwen3-32B, requestGPU: 1, vllmConfig: {extraArgs: [--quantization, awq]}}
              - {name: e, modelURL: Qwen/Qwen3-32B, requestGPU: 1, raySpec: {enabled: true}}
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
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: b}
            spec:
              source:
                helm:
                  valuesObject:
                    servingEngineSpec:
                      modelSpec:
                      - {name: b, modelURL: ↓Qwen/Qwen3-8B, requestGPU: 1, requestGPUType: nvidia.com/mig-1g.10gb}
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
            """
            # The pods that prefill are others than those that decode, and a chart renders what its values say.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: node.kubernetes.io/instance-type, operator: In, values: [g6.12xlarge]}]
            ---
            apiVersion: serving.kserve.io/v1alpha2
            kind: LLMInferenceService
            metadata: {name: a}
            spec:
              model: {uri: ↓hf://Qwen/Qwen3-32B, name: a}
              template: {containers: [{name: main, resources: {limits: {nvidia.com/gpu: "1"}}}]}
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: b}
            spec:
              values:
                servingEngineSpec:
                  modelSpec:
                  - {name: b, modelURL: ↓Qwen/Qwen3-32B, requestGPU: 2, vllmConfig: {tensorParallelSize: 2}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: c}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: lmcache/vllm-openai:v0.3.9
                    command: [/opt/venv/bin/vllm, serve, ↓Qwen/Qwen3-32B, --host, 0.0.0.0, --port, "8000"]
                    resources: {requests: {nvidia.com/gpu: "1"}, limits: {nvidia.com/gpu: "1"}}
            --- # values.yaml
            servingEngineSpec:
              modelSpec:
              - {name: d, modelURL: ↓Qwen/Qwen3-32B, requestGPU: 1}
            """,
        ]
    ) { tree, findings in
        for (number, workload) in tree.workloads.enumerated() {
            for server in workload.servers {
                guard let model = server.model, let ranks = server.ranks, let request = server.gpus.first,
                    let memory = tree.memory(of: request, workload, tree.reaches[number])
                else { continue }
                checkWeights(
                    model.text, at: model.place, of: workload.object.words, bits: server.quantizedBits, on: ranks,
                    "--tensor-parallel-size", memory, request, &findings)
            }
        }
        for model in tree.declaredModels {
            guard let memory = tree.memory(of: model.request, selecting: model.nodes) else { continue }
            checkWeights(
                model.repository, at: model.value.place, of: model.words, bits: nil, on: model.ranks, model.ranksField,
                memory, model.request, &findings)
        }
    }
}

/// Compares the weights of a model on one GPU with the memory of the GPU.
private func checkWeights(
    _ repository: String, at place: SourceRange, of words: String, bits: Int?, on ranks: Int, _ option: String,
    _ memory: (mebibytes: Int, words: String), _ request: Inventory.DeviceRequest, _ findings: inout Findings
) {
    guard let variant = Catalog.variant(repository) else { return }
    let mebibytes = variant.model.weightBytes(bits ?? variant.bits) / Double(ranks) / 1_048_576
    guard mebibytes > Double(memory.mebibytes) else { return }
    findings.add(
        "the weights of `\(repository)` take \(gibibytes(mebibytes)) GiB on each GPU of \(words), more than \(memory.words) has",
        at: place, label: "exceeds \(gibibytes(Double(memory.mebibytes))) GiB",
        notes: [.init("the GPUs are requested here", at: request.place)],
        help: "use a larger GPU, more GPUs with `\(option)`, or weights of fewer bits")
}

/// A size in GiB, rounded.
private func gibibytes(_ mebibytes: Double) -> Int { wholeNumber((mebibytes / 1024).rounded()) }
