import Groundwork

extension Rule {
    static let smallSharedMemory = Rule(
        "small-shared-memory", .scheduling, .warning,
        why:
            "the ranks of tensor parallelism exchange data through /dev/shm, of which a container has \(Thresholds.defaultSharedMemory.text) MiB unless a volume gives more",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: vllm, args: [--tensor-parallel-size=4], resources: {limits: {nvidia.com/gpu: 4}}, volumeMounts: [{name: shm, mountPath: /dev/shm}]}]
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
                  containers: [{name: vllm, args: [↓--tensor-parallel-size=4], resources: {limits: {nvidia.com/gpu: 4}}}]
            """
        ]
    ) { tree, findings in
        for workload in tree.workloads where workload.pod.spec["hostIPC"]?.boolean != true {
            for server in workload.servers {
                guard let size = server.option("--tensor-parallel-size") ?? server.option("-tp"),
                    let count = Int(size.text), count > 1,
                    !(server.value["volumeMounts"]?.items ?? []).contains(where: { $0["mountPath"]?.text == "/dev/shm" }
                    )
                else { continue }
                findings.add(
                    "container `\(server.name)` of \(workload.object.words) runs \(count) ranks and mounts nothing at /dev/shm",
                    at: size.word.place,
                    label: "\(Thresholds.defaultSharedMemory.text) MiB are too few",
                    help: "mount an `emptyDir` with `medium: Memory` there")
            }
        }
    }
}
