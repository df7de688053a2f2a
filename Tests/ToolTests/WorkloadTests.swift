import Foundation
import TestTools
import Testing
import YAML

/// The patch for an existing workload, as kustomize applies it.
@Suite(.enabled(if: kustomizeVersion >= 5, "kubectl with kustomize 5 is not installed"))
struct WorkloadTests {
    @Test("the component puts a Deployment on the planned nodes, and keeps what it has besides")
    func deployment() throws {
        let workload = """
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
            """
        let patched = try patched(workload, by: "an-existing-workload")
        let spec = try #require(patched.spec, "\(patched.said)")
        #expect(spec["replicas"] == nil)
        check(try #require(spec["template"]))
    }

    private static let group = """
        apiVersion: leaderworkerset.x-k8s.io/v1
        kind: LeaderWorkerSet
        metadata: {name: chat-lws}
        spec:
          replicas: 3
          leaderWorkerTemplate:
            size: 1
            restartPolicy: RecreateGroupOnPodRestart
            workerTemplate:
              metadata: {labels: {team: web}}
              spec:
                containers:
                - name: server
                  image: vllm/vllm-openai:v0.19.0
                  args: [--model=meta-llama/Llama-3.1-8B-Instruct]
                  resources: {limits: {nvidia.com/gpu: 1}}
                - {name: sidecar, image: "example.com/sidecar:1"}
        """

    @Test("the component puts a LeaderWorkerSet on the planned nodes, and keeps what it has besides")
    func leaderWorkerSet() throws {
        let patched = try patched(Self.group, by: "an-existing-leaderworkerset")
        let spec = try #require(patched.spec, "\(patched.said)")
        #expect(spec["replicas"] == nil)
        let group = try #require(spec["leaderWorkerTemplate"])
        #expect(group["size"] != nil && group["restartPolicy"] != nil)
        check(try #require(group["workerTemplate"]))
    }

    @Test("kustomize rejects the component if another container of a LeaderWorkerSet is the first")
    func order() throws {
        let other = Self.group.replacing("- name: server", with: "- {name: proxy, image: p}\n        - name: server")
        let patched = try patched(other, by: "an-existing-leaderworkerset")
        #expect(patched.spec == nil)
        #expect(patched.said.contains("testing value /spec/leaderWorkerTemplate/workerTemplate/spec/containers/0/name"))
    }

    /// Checks a pod template after the patch.
    private func check(_ template: Node) {
        let pod = template["spec"]
        #expect(template["metadata"]?["labels"]?["team"]?.scalar?.text == "web")
        let containers = pod?["containers"]?.items ?? []
        #expect(containers.compactMap { $0["name"]?.scalar?.text } == ["server", "sidecar"])
        #expect(containers.first?["image"]?.scalar?.text == "vllm/vllm-openai:v0.19.0")
        #expect(containers.first?["args"]?.items?.count == 1)
        #expect(containers.first?["resources"]?["limits"]?["nvidia.com/gpu"] != nil)
        #expect(containers.first?["resources"]?["requests"]?["memory"] != nil)
        let tolerated = (pod?["tolerations"]?.items ?? []).compactMap { $0["key"]?.scalar?.text }
        #expect(tolerated.contains("stowage.dev/pool"))
        #expect(pod?["affinity"]?["nodeAffinity"] != nil)
        #expect(pod?["priorityClassName"]?.scalar?.text == "stowage-standard")
    }

    /// The `spec` of a workload after kustomize has applied the component of a case; nil with what kustomize says if it fails.
    private func patched(_ workload: String, by name: String) throws -> (spec: Node?, said: String) {
        let spec = root.appending(path: "Tests/CompilerTests/Cases/\(name)/spec.yaml")
        return try withTemporaryFolder { folder in
            let made = try run([stowage.path, "generate", spec.path, "-o", "out"], in: folder)
            try #require(made.status == 0, "\(made.said)")
            let files = [
                "app/workload.yaml": workload,
                "app/kustomization.yaml": """
                resources: [workload.yaml]
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
            guard built.status == 0 else { return (nil, built.said) }
            let stream = folder.appending(path: "built.yaml")
            try built.output.write(to: stream)
            return (try documents(in: stream).first?["spec"], built.said)
        }
    }
}
