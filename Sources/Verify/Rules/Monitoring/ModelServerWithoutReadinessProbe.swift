import Groundwork

extension Rule {
    static let modelServerWithoutReadinessProbe = Rule(
        "model-server-without-readiness-probe", .monitoring, .warning,
        why: "a model server without a readiness probe receives requests while it is still loading the model",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: vllm, resources: {limits: {nvidia.com/gpu: 1}}, readinessProbe: {httpGet: {path: /health, port: 8000}}}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: vllm, startupProbe: {httpGet: {path: /health, port: 8000}, failureThreshold: 60}}]
            """,
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  initContainers: [{name: download, image: "python:3.13"}]
                  containers:
                  - name: a
                    image: vllm/vllm-openai:v0.11.0
                    readinessProbe: {tcpSocket: {port: 8000}}
                  - {name: proxy, image: "nginx:1.27"}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: bench}
            spec: {template: {spec: {containers: [{name: a, image: "vllm/vllm-openai:v0.11.0", args: [bench, serve]}]}}}
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
                  containers: [{name: ↓vllm, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: ↓a
                    image: vllm/vllm-openai:v0.11.0
                    livenessProbe: {httpGet: {path: /health, port: 8000}, initialDelaySeconds: 600}
                  - name: proxy
                    image: nginx:1.27
                    readinessProbe: {httpGet: {path: /, port: 80}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: b}
            spec:
              template:
                spec:
                  containers: [{name: ↓b, command: [python3, -m, vllm.entrypoints.openai.api_server]}]
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads where workload.object.kind == .deployment || workload.object.kind == .statefulSet
        {
            for server in workload.servers
            where server.value["readinessProbe"] == nil && server.value["startupProbe"] == nil {
                findings.add(
                    "container `\(server.name)` of \(workload.object.words) serves a model but has no readiness probe",
                    at: (server.value["name"] ?? server.value).place, label: "marked ready before the model is loaded",
                    help:
                        "add a readiness probe on `/health`, and a startup probe that allows enough time to load the model"
                )
            }
        }
    }
}
