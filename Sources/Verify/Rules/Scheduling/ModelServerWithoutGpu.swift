import Groundwork

extension Rule {
    static let modelServerWithoutGpu = Rule(
        "model-server-without-gpu", .scheduling, .warning,
        why:
            "a model server without a GPU request can be scheduled on any node, including a node without GPUs, "
            + "where it does not start",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: vllm, image: "vllm/vllm-openai:v0.11.0", resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            # Built for nodes without GPUs.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: vllm/vllm-openai-cpu:v0.11.0
                    resources: {limits: {cpu: 16, memory: 64Gi}}
            """,
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: public.ecr.aws/neuron/pytorch-inference-vllm-neuronx:0.9.1
                    resources: {limits: {aws.amazon.com/neuron: 1}}
            """,
            """
            # The GPU comes by a claim.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: gpu}]
                  containers:
                  - name: vllm
                    image: vllm/vllm-openai:v0.11.0
                    resources: {claims: [{name: gpu}]}
            """,
            """
            # Clients, routers and shells that wait run the same image.
            apiVersion: batch/v1
            kind: Job
            metadata: {name: load}
            spec:
              template:
                spec:
                  containers:
                  - name: client
                    image: vllm/vllm-openai:v0.19.0
                    command: [vllm, bench, serve]
                    args: [--base-url, "http://chat:8000", --model, chat]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - {name: shell, image: "vllm/vllm-openai:v0.19.0", command: [sleep, infinity]}
                  - {name: loop, image: "vllm/vllm-openai:v0.19.0", command: [sh, -c, "while true; do vllm bench serve; done"]}
                  - {name: router, image: "ghcr.io/vllm-project/production-stack/router:v0.1.7"}
                  - {name: extproc, image: "ghcr.io/vllm-project/semantic-router/extproc:v1.0.0"}
            """,
            """
            # Another container serves the model, or the image may be a simulator.
            apiVersion: serving.kserve.io/v1beta1
            kind: InferenceService
            metadata: {name: a}
            spec:
              predictor:
                model: {modelFormat: {name: huggingface}, storageUri: "s3://example/model"}
                containers: [{name: kserve-container, image: "example.com/server:1"}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: vllm, image: "${VLLM_IMAGE}"}]}}}
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: ↓vllm, image: "vllm/vllm-openai:v0.11.0"}]
            """,
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: ↓server
                    image: registry.example.com/team/server:v3
                    command: [python3, -m, vllm.entrypoints.openai.api_server]
                    resources: {requests: {cpu: 8, memory: 64Gi}, limits: {memory: 64Gi}}
            """,
            """
            # A shell may start the server.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - {name: ↓a, image: "vllm/vllm-openai:v0.19.0", command: [sh, -c, "pip list && exec vllm serve a"]}
                  - {name: ↓b, image: "example.com/llm:1", command: [python3, -m, vllm.entrypoints.openai.api_server]}
                  - {name: ↓c, image: "vllm/vllm-openai:v0.19.0", args: [--model=a]}
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads where !workload.asksForGPUs {
            for server in workload.servers {
                let resources = [server.value["resources"]?["limits"], server.value["resources"]?["requests"]]
                let keys = resources.flatMap { $0?.entries?.map(\.key) ?? [] }
                if keys.contains(where: { $0.contains("/") }) || server.value["image"]?.text?.mentions("cpu") == true {
                    continue
                }
                // The image may be a simulator, and another container may be the server.
                if server.value["image"]?.text.map(hasPlaceholder) ?? false { continue }
                let isOfKServe = workload.object.kind == .inferenceService
                if isOfKServe, server.name.isEmpty, workload.pod.containers.count > 1 { continue }
                findings.add(
                    "\(server.name.isEmpty ? "the predictor" : "container `\(server.name)`") of "
                        + "\(workload.object.words) serves a model but requests no GPU",
                    at: (server.value["name"] ?? server.value).place, label: "can be scheduled on a node without GPUs",
                    help: "add `nvidia.com/gpu` to its `resources.limits`")
            }
        }
    }
}
