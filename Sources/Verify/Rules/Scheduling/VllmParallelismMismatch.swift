import Groundwork

extension Rule {
    static let vllmParallelismMismatch = Rule(
        "vllm-parallelism-mismatch", .scheduling,
        why:
            "vLLM starts one rank per GPU of tensor and pipeline parallelism. With fewer GPUs it fails; any "
            + "further GPUs are paid for but idle",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: vllm, args: [--tensor-parallel-size, "4"], resources: {limits: {nvidia.com/gpu: 4}}}]
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
                    args: [-tp, "4", -pp, "2"]
                    resources: {limits: {nvidia.com/gpu: 8}}
            """,
            """
            # The ranks of a replica are on several nodes.
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    args: [--tensor-parallel-size=8, --distributed-executor-backend=ray]
                    resources: {limits: {nvidia.com/gpu: 4}}
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
                    args: [--tensor-parallel-size=4, --data-parallel-size=2]
                    resources: {limits: {nvidia.com/gpu: 8}}
            """,
            """
            # One rank fits on an instance.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    args: [--tensor-parallel-size=1]
                    resources: {limits: {nvidia.com/mig-3g.40gb: 1}}
            """,
            """
            # Ranks of data parallelism, and of several nodes, need GPUs of their own.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    image: vllm/vllm-openai:v0.19.0
                    args: [-tp, "2", -dp, "4"]
                    resources: {limits: {nvidia.com/gpu: 8}}
                  - name: b
                    image: vllm/vllm-openai:v0.19.0
                    args: [--tensor-parallel-size=16, -n=2]
                    resources: {limits: {nvidia.com/gpu: 8}}
                  - name: c
                    image: vllm/vllm-openai:v0.19.0
                    args: ["--tensor-parallel-size=$(RANKS)", --pipeline-parallel-size=$(STAGES)]
                    env: [{name: RANKS, value: "4"}]
                    resources: {limits: {nvidia.com/gpu: 8}}
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
                  containers: [{name: vllm, args: [--tensor-parallel-size, ↓"4"], resources: {limits: {nvidia.com/gpu: 8}}}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: vllm, args: [↓--tensor-parallel-size=2], resources: {limits: {nvidia.com/mig-3g.40gb: 2}}}]
            """,
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: server
                    image: vllm/vllm-openai:v0.11.0
                    command: [vllm, serve, Qwen/Qwen3-32B, -tp, ↓"4", -pp, "2"]
                    resources: {limits: {nvidia.com/gpu: 4}}
            """,
            """
            # Inside a script, by a variable, with `_`, and by stages alone.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    image: vllm/vllm-openai:v0.19.0
                    command: [sh, -c, "exec vllm serve a --tensor-parallel-size ↓4 --port 8000"]
                    resources: {limits: {nvidia.com/gpu: 2}}
                  - name: b
                    image: vllm/vllm-openai:v0.19.0
                    args: [↓--tensor_parallel_size=8]
                    resources: {limits: {nvidia.com/gpu: 4}}
                  - name: c
                    image: vllm/vllm-openai:v0.19.0
                    args: [↓--pipeline-parallel-size=2]
                    resources: {limits: {nvidia.com/gpu: 1}}
                  - name: d
                    image: vllm/vllm-openai:v0.19.0
                    args: [↓--tensor-parallel-size=$(RANKS)]
                    env: [{name: RANKS, value: "4"}]
                    resources: {limits: {nvidia.com/gpu: 8}}
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads where workload.pod.claims.isEmpty {
            for server in workload.servers {
                let (tensors, stages) = (
                    server.number("--tensor-parallel-size", "-tp"), server.number("--pipeline-parallel-size", "-pp")
                )
                guard let size = (tensors ?? stages)?.option, let tensor = tensors.map({ $0.count }) ?? 1,
                    let pipeline = stages.map({ $0.count }) ?? 1, tensor > 0, pipeline > 0,
                    let request = server.gpus.first(where: {
                        $0.resource == "nvidia.com/gpu" || $0.resource.hasPrefix("nvidia.com/mig-")
                    }),
                    server.option("--data-parallel-size", "-dp", "--data-parallel-size-local", "-dpl") == nil,
                    server.option("--distributed-executor-backend")?.text != "ray",
                    server.option("--nnodes", "-n") == nil
                else { continue }
                if request.resource != "nvidia.com/gpu", tensor * pipeline > 1 {
                    findings.add(
                        "container `\(server.name)` of \(workload.object.words) runs \(tensor * pipeline) ranks "
                            + "on MIG partitions",
                        at: size.place, label: "MIG partitions cannot communicate with each other",
                        notes: [.init("the partitions are requested here", at: request.place)],
                        help: "use one larger partition, or whole GPUs")
                    continue
                }
                guard tensor * pipeline != request.count else { continue }
                findings.add(
                    "container `\(server.name)` of \(workload.object.words) runs \(tensor * pipeline) ranks but "
                        + "requests \(request.count) GPU\(request.count == 1 ? "" : "s")",
                    at: size.place, label: "each rank needs one GPU",
                    notes: [.init("the GPUs are requested here", at: request.place)])
            }
        }
    }
}
