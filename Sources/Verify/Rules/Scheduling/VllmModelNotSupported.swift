import Groundwork

extension Rule {
    static let vllmModelNotSupported = Rule(
        "vllm-model-not-supported", .scheduling, .error,
        why: "vLLM exits at startup if it does not support the architecture of the model",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: chat}
            spec:
              template:
                spec:
                  containers: [{name: vllm, image: vllm/vllm-openai:v0.8.5, args: [--model=Qwen/Qwen3-8B]}]
            """,
            """
            # The first that loads it.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: chat}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: vllm/vllm-openai:v0.10.1
                    command: [vllm, serve, openai/gpt-oss-20b]
            """,
            """
            # Another image has releases of its own.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: chat}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: lmcache/vllm-openai:v0.3.9
                    args: [--model=Qwen/Qwen3-8B]
            """,
            """
            # The release of a digest is unknown.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: chat}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: vllm/vllm-openai@sha256:5b0a3f0e6c2d
                    args: [--model, Qwen/Qwen3-8B]
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: chat}
            spec:
              template:
                spec:
                  containers: [{name: vllm, image: ↓vllm/vllm-openai:v0.6.3, args: [--model=Qwen/Qwen3-8B]}]
            """,
            """
            # The image starts `vllm serve`, whose first argument is the model.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: chat}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: ↓vllm/vllm-openai:v0.6.3
                    args: [Qwen/Qwen3-8B, --max-model-len=8192]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: chat}
            spec:
              template:
                spec:
                  containers: [{name: vllm, image: ↓vllm/vllm-openai:v0.10.0, command: [vllm, serve, openai/gpt-oss-20b]}]
            """,
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: chat}
            spec:
              template:
                spec:
                  containers:
                  - name: server
                    image: ↓registry.example.com:5000/mirror/vllm/vllm-openai:v0.7.3
                    args: [--model, Qwen/Qwen3-32B-AWQ, --max-model-len, "8192"]
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for server in workload.servers {
                guard let image = server.value["image"], let text = image.text, isVLLMsOwn(text),
                    let version = imageVersion(text), let model = server.model,
                    let architecture = Catalog.published(model.text), let first = architecture.firstRelease,
                    version < first
                else { continue }
                findings.add(
                    "container `\(server.name)` of \(workload.object.words) runs vLLM \(version.text), which "
                        + "does not support `\(model.text)`",
                    at: image.place, label: "needs vLLM \(first.text) or later",
                    notes: [.init("the model is named here", at: model.place)],
                    help: "use an image of vLLM \(first.text) or later")
            }
        }
    }
}

/// Whether an image is vLLM's own or a mirror of it: other images have their own version numbers.
private func isVLLMsOwn(_ image: String) -> Bool {
    let name = image.prefix { $0 != ":" && $0 != "@" }
    return name == "vllm/vllm-openai" || name.hasSuffix("/vllm/vllm-openai") || image.contains("/vllm/vllm-openai:")
}
