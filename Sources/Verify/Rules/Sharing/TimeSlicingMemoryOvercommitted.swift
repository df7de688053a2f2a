import Groundwork

extension Rule {
    static let timeSlicingMemoryOvercommitted = Rule(
        "time-slicing-memory-overcommitted", .sharing, .warning,
        why:
            "time-slicing does not divide GPU memory: servers that each take \(wholeNumber(Thresholds.earlierMemoryShare.value * 100))% of it cannot start on the same GPU",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: vllm, args: [--gpu-memory-utilization=0.4], resources: {limits: {nvidia.com/gpu.shared: 1}}}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    args: [serve, --gpu-memory-utilization, "0.5"]
                    resources: {limits: {nvidia.com/gpu.shared: 1}}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - {name: vllm, args: [--gpu-memory-utilization=0.9], resources: {limits: {nvidia.com/gpu: 1}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: b}
            spec:
              template:
                spec:
                  containers:
                  - {name: vllm, args: [--gpu-memory-utilization=0.9], resources: {limits: {nvidia.com/mig-3g.40gb: 1}}}
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
                  containers: [{name: vllm, args: [↓--gpu-memory-utilization=0.9], resources: {limits: {nvidia.com/gpu.shared: 1}}}]
            """,
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - {name: ↓a, image: "vllm/vllm-openai:v0.11.0", resources: {limits: {nvidia.com/gpu.shared: 1}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: b}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    args: [serve, --gpu-memory-utilization, ↓"0.51"]
                    resources: {limits: {nvidia.com/mig-3g.40gb.shared: 1}}
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for server in workload.servers where server.gpus.contains(where: { $0.resource.hasSuffix(".shared") }) {
                let share = server.option("--gpu-memory-utilization")
                let version = server.value["image"]?.text.flatMap(imageVersion) ?? Component.vLLM.assumed
                let part = share.map { Double($0.text) ?? 0 } ?? Thresholds.memoryShare(of: version).value
                guard part > 0.5 else { continue }
                findings.add(
                    "container `\(server.name)` of \(workload.object.words) takes \(wholeNumber((part * 100).rounded()))% of the memory of a GPU that it shares",
                    at: share?.place ?? (server.value["name"] ?? server.value).place,
                    label: "no room for another server",
                    help:
                        "keep the sum of `--gpu-memory-utilization` of all servers on the GPU below \(Thresholds.sharedMemoryShare.text)"
                )
            }
        }
    }
}
