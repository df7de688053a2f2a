import Groundwork

extension Rule {
    static let imageNotPinned = Rule(
        "image-not-pinned", .gitops, .warning,
        why:
            "an image without a version changes while replicas run, so two pods of one Deployment may serve "
            + "differently",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, image: "vllm/vllm-openai:v0.11.0"}, {name: b, image: "registry:5000/a@sha256:0"}]
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec: {containers: [{name: a, image: vllm/vllm-openai}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            images: [{name: vllm/vllm-openai, newTag: v0.11.0}]
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - {name: a, image: "registry.example.com:5000/latest/server:v1"}
              - {name: b, image: "vllm/vllm-openai:latest@sha256:5b0a3f0e6c2d"}
              - {name: c, image: "registry.example.com/server:${RELEASE}"}
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
                  containers: [{name: a, image: ↓"vllm/vllm-openai:latest"}, {name: b, image: ↓"registry:5000/a"}]
            """,
            """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: a}
            spec:
              schedule: "0 3 * * *"
              jobTemplate:
                spec:
                  template:
                    spec:
                      initContainers: [{name: a, image: ↓busybox}]
                      containers: [{name: b, image: ↓"registry.example.com:5000/team/backup"}]
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec: {containers: [{name: a, image: "vllm/vllm-openai:v0.11.0"}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            images: [{name: vllm/vllm-openai, newTag: ↓latest}]
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for container in workload.pod.containers {
                guard let image = container.value["image"], let text = image.text, !text.mentions("@"),
                    !text.mentions("$"), !hasPlaceholder(text)
                else { continue }
                let last = text.split(separator: "/").last ?? ""
                let parts = last.split(separator: ":", maxSplits: 1)
                guard parts.count < 2 || parts[1] == "latest" else { continue }
                findings.add(
                    "container `\(container.name)` of \(workload.object.words) runs `\(text)`, which "
                        + "names no fixed version",
                    at: image.place,
                    label: parts.count < 2 ? "has no version" : "`latest` changes over time",
                    help: "pin a version or a digest")
            }
        }
    }
}
