import Groundwork

extension Rule {
    static let modelOfALaterRelease = Rule(
        "model-of-a-later-release", .scheduling, .error,
        why: "vLLM ends at its start where it does not know the architecture of the model",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: chat}
            spec:
              template:
                spec:
                  containers: [{name: vllm, image: vllm/vllm-openai:v0.8.5, args: [--model=Qwen/Qwen3-8B]}]
            """
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
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: chat}
            spec:
              template:
                spec:
                  containers: [{name: vllm, image: ↓vllm/vllm-openai:v0.10.0, command: [vllm, serve, openai/gpt-oss-20b]}]
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for server in workload.servers {
                guard let image = server.value["image"], let text = image.text, text.contains("vllm-openai:"),
                    let version = imageVersion(text), let model = server.model,
                    let architecture = Catalog.model(named: model.text), let first = architecture.firstRelease,
                    version < first
                else { continue }
                findings.add(
                    "container `\(server.name)` of \(workload.object.words) runs vLLM \(version.text), which does not know `\(model.text)`",
                    at: image.place, label: "vLLM \(first.text) is the first that loads it",
                    notes: [.init("the model is named here", at: model.word.place)],
                    help: "an image of vLLM \(first.text) or later")
            }
        }
    }
}

extension Inventory.Container {
    /// The model that vLLM is to load, by option or after `serve`.
    fileprivate var model: (text: String, word: ManifestValue)? {
        if let option = option("--model") { return option }
        guard let verb = words.firstIndex(where: { $0.text == "serve" }), verb + 1 < words.count,
            let text = words[verb + 1].text, !text.hasPrefix("-")
        else { return nil }
        return (text, words[verb + 1])
    }
}
