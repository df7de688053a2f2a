import Foundation
import TestTools
import Testing
import YAML

/// The patch for a workload that others own, as kustomize applies it.
struct WorkloadTests {
    @Test(
        "the component puts a Deployment on the planned nodes, and keeps what its owner set",
        .enabled(if: kustomizeVersion >= 5, "kubectl with kustomize 5 is not installed"))
    func component() throws {
        let spec = root.appending(path: "Tests/CompilerTests/Cases/a-workload-that-others-own/spec.yaml")
        try withTemporaryFolder { folder in
            let made = try run([stowage.path, "generate", spec.path, "-o", "out"], in: folder)
            try #require(made.status == 0, "\(made.said)")
            let files = [
                "app/deployment.yaml": """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: chat-vllm}
                spec:
                  replicas: 3
                  selector: {matchLabels: {app.kubernetes.io/name: chat}}
                  template:
                    metadata: {labels: {app.kubernetes.io/name: chat, team: web}}
                    spec:
                      containers:
                      - name: server
                        image: vllm/vllm-openai:v0.19.0
                        args: [--model=meta-llama/Llama-3.1-8B-Instruct]
                        resources: {limits: {nvidia.com/gpu: 1}}
                      - {name: sidecar, image: "example.com/sidecar:1"}
                """,
                "app/kustomization.yaml": """
                resources: [deployment.yaml]
                components: [../out/patches/chat]
                """,
            ]
            for (path, content) in files {
                let file = folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(content.utf8).write(to: file)
            }
            let built = try run(
                ["kubectl", "kustomize", "app"], environment: ["KUBECONFIG": "/dev/null"], in: folder)
            try #require(built.status == 0, "\(built.said)")
            let stream = folder.appending(path: "built.yaml")
            try built.output.write(to: stream)
            let spec = try #require(try documents(in: stream).first?["spec"])
            let pod = try #require(spec["template"]?["spec"])
            #expect(spec["replicas"] == nil)
            #expect(spec["template"]?["metadata"]?["labels"]?["team"]?.scalar?.text == "web")
            let containers = try #require(pod["containers"]?.items)
            #expect(containers.compactMap { $0["name"]?.scalar?.text } == ["server", "sidecar"])
            #expect(containers.first?["image"]?.scalar?.text == "vllm/vllm-openai:v0.19.0")
            #expect(containers.first?["args"]?.items?.count == 1)
            #expect(containers.first?["resources"]?["limits"]?["nvidia.com/gpu"] != nil)
            #expect(containers.first?["resources"]?["requests"]?["memory"] != nil)
            let tolerated = (pod["tolerations"]?.items ?? []).compactMap { $0["key"]?.scalar?.text }
            #expect(tolerated.contains("stowage.dev/pool"))
            #expect(pod["affinity"]?["nodeAffinity"] != nil)
            #expect(pod["priorityClassName"]?.scalar?.text == "stowage-standard")
        }
    }
}
