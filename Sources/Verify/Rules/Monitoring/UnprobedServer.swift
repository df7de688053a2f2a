import Groundwork

extension Rule {
    static let unprobedServer = Rule(
        "unprobed-server", .monitoring, .warning,
        why: "a model server without a readiness probe gets requests while it still loads the model",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: vllm, resources: {limits: {nvidia.com/gpu: 1}}, readinessProbe: {httpGet: {path: /health, port: 8000}}}]
            """
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
            """
        ]
    ) { tree, findings in
        for workload in tree.workloads where workload.object.kind == .deployment || workload.object.kind == .statefulSet
        {
            for server in workload.servers
            where server.value["readinessProbe"] == nil && server.value["startupProbe"] == nil {
                findings.add(
                    "container `\(server.name)` of \(workload.object.words) serves a model and has no readiness probe",
                    at: (server.value["name"] ?? server.value).place, label: "ready before it is",
                    help: "probe `/health`, with a startup probe that lasts as long as loading")
            }
        }
    }
}
