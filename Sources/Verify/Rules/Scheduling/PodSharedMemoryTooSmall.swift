import Groundwork

extension Rule {
    static let podSharedMemoryTooSmall = Rule(
        "pod-shared-memory-too-small", .scheduling, .warning,
        why:
            "the ranks of tensor parallelism exchange data through `/dev/shm`, which has "
            + "\(Thresholds.defaultSharedMemory.text) MiB in a container unless a larger volume is mounted there",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: vllm, args: [--tensor-parallel-size=4], resources: {limits: {nvidia.com/gpu: 4}}, volumeMounts: [{name: shm, mountPath: /dev/shm}]}]
            """,
            """
            # One rank exchanges no data.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    args: [--tensor-parallel-size=1]
                    resources: {limits: {nvidia.com/gpu: 1}}
            """,
            """
            # That of the node is as large as half of its memory.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  hostIPC: true
                  containers:
                  - name: vllm
                    args: [-tp, "4"]
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
                  - name: a
                    image: vllm/vllm-openai:v0.19.0
                    args: [-tp=2]
                    volumeMounts: [{name: shm, mountPath: /dev/shm/}]
                  volumes: [{name: shm, emptyDir: {medium: Memory}}]
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
                  containers: [{name: vllm, args: [↓--tensor-parallel-size=4], resources: {limits: {nvidia.com/gpu: 4}}}]
            """,
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: proxy
                    volumeMounts: [{name: shm, mountPath: /dev/shm}]
                  - name: server
                    image: vllm/vllm-openai:v0.11.0
                    command: [vllm, serve, Qwen/Qwen3-32B, -tp, ↓"4"]
                    resources: {limits: {nvidia.com/gpu: 4}}
                    volumeMounts: [{name: shm, mountPath: /dev/shm-cache}]
                  volumes: [{name: shm, emptyDir: {medium: Memory, sizeLimit: 8Gi}}]
            """,
        ]
    ) { tree, findings in
        // The runtimes of KServe mount their own.
        for workload in tree.workloads
        where workload.pod.spec["hostIPC"]?.boolean != true && workload.object.kind != .inferenceService {
            for server in workload.servers {
                // Neuron cores and TPUs do not exchange data through shared memory.
                if let image = server.value["image"]?.text, image.mentions("neuron") || image.mentions("tpu") {
                    continue
                }
                guard let (ranks, size) = server.number("--tensor-parallel-size", "-tp"), let count = ranks, count > 1,
                    !server.value.items(of: "volumeMounts").contains(where: \.isOfSharedMemory)
                else { continue }
                findings.add(
                    "container `\(server.name)` of \(workload.object.words) runs \(count) ranks but mounts no "
                        + "volume at `/dev/shm`",
                    at: size.place,
                    label: "\(Thresholds.defaultSharedMemory.text) MiB is too little",
                    help: "mount an `emptyDir` with `medium: Memory` at `/dev/shm`")
            }
        }
    }
}

extension ManifestValue {
    /// Whether a volume is mounted at `/dev/shm`.
    fileprivate var isOfSharedMemory: Bool {
        let path = self["mountPath"]?.text
        return path == "/dev/shm" || path == "/dev/shm/"
    }
}
