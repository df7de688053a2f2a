import Groundwork

extension Rule {
    static let dcgmExporterWithoutResources = Rule(
        "dcgm-exporter-without-resources", .scheduling, .warning,
        why:
            "under node pressure the kubelet evicts a pod without requests and limits first, and without the "
            + "exporter there are no GPU metrics",
        accepts: [
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2-distroless", resources: {requests: {cpu: 100m, memory: 256Mi}}}]
            """,
            """
            # Memory is what nodes run out of.
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    image: nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2-distroless
                    resources: {requests: {memory: 256Mi}, limits: {memory: 512Mi}}
            """,
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    image: nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2-distroless
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - target: {kind: DaemonSet}
              patch: |
                - op: add
                  path: /spec/template/spec/containers/0/resources
                  value: {requests: {cpu: 100m, memory: 256Mi}, limits: {memory: 512Mi}}
            """,
            """
            # A limit without a request is one, and a pod may have resources as a whole.
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - {name: a, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2", resources: {limits: {memory: 512Mi}}}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: b}
            spec:
              template:
                spec:
                  resources: {requests: {cpu: 100m, memory: 256Mi}}
                  containers: [{name: b, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2"}]
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: ↓a, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2-distroless"}]
            """,
            """
            # A limit of a GPU asks for no memory.
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: ↓a
                    image: registry.example.com/mirror/dcgm-exporter:4.5.3
                    resources: {limits: {nvidia.com/gpu: 1}}
            """,
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - {name: ↓a, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2", resources: {requests: {}}}
                  - {name: ↓b, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2", resources: {limits: {nvidia.com/gpu: 1}}}
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads where workload.isDaemon {
            for container in workload.pod.containers
            where container.isExporter && !container.value.requestsResources && !workload.pod.spec.requestsResources {
                findings.add(
                    "container `\(container.name)` of \(workload.object.words) requests no CPU or memory",
                    at: (container.value["name"] ?? container.value).place,
                    label: "evicted first under node pressure")
            }
        }
    }
}

extension ManifestValue {
    /// Whether a container or pod requests CPU or memory; a limit without a request is one.
    fileprivate var requestsResources: Bool {
        let resources = self["resources"]
        return [resources?["requests"], resources?["limits"]].contains { part in
            part?["cpu"] != nil || part?["memory"] != nil
        }
    }
}
