extension Rule {
    static let gpuShareRequestedTwice = Rule(
        "gpu-share-requested-twice", .sharing,
        why:
            "a second share is of the same GPU: it adds no memory or compute, and the device plugin may reject it",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu.shared: 1}}}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - {name: a, resources: {limits: {nvidia.com/gpu: 2}}}
                  - {name: b, resources: {limits: {nvidia.com/mig-1g.10gb: 2}}}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 4
              template:
                spec:
                  containers:
                  - {name: a, resources: {limits: {nvidia.com/gpu.shared: 1}}}
                  - {name: b, resources: {limits: {nvidia.com/gpu.shared: 1}}}
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
                  containers: [{name: a, resources: {limits: {↓nvidia.com/gpu.shared: 2}}}]
            """,
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec:
              template:
                spec:
                  initContainers: [{name: warm, resources: {requests: {↓nvidia.com/gpu.shared: "3"}}}]
                  containers: [{name: a, resources: {limits: {↓nvidia.com/mig-1g.10gb.shared: 2}}}]
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for request in workload.pod.containers.flatMap(\.gpus)
            where request.resource.hasSuffix(".shared") && request.count > 1 {
                findings.add(
                    "the pods of \(workload.object.words) request \(request.count) shares of a GPU", at: request.place,
                    label: "more than one share adds nothing")
            }
        }
    }
}
