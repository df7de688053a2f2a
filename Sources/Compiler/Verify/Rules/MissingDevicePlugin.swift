extension Rule {
    static let missingDevicePlugin = Rule(
        "missing-device-plugin", .scheduling, .warning, elsewhere: .onEvidence,
        why:
            "a node offers GPUs to pods once a device plugin runs on it; without one Karpenter never calls the node ready",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: p}
            spec:
              template:
                spec:
                  containers: [{name: a, image: "nvcr.io/nvidia/k8s-device-plugin:v0.20.0"}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {↓nvidia.com/gpu: 1}}}]
            """
        ]
    ) { tree, findings in
        guard !tree.pools.isEmpty, !tree.workloads.contains(where: { tree.isDevicePlugin($0) }) else { return }
        let isThere = tree.objects.contains { object in
            let names = [
                object.name, object.spec?["chart"]?["spec"]?["chart"]?.text ?? "",
                object.spec?["source"]?["chart"]?.text ?? "",
            ]
            return object.kind.name == "ClusterPolicy"
                || names.contains { $0.mentions("k8s-device-plugin") || $0.mentions("gpu-operator") }
        }
        let bottlerocket = tree.objects(.nodeClass).contains { nodeClass in
            nodeClass.spec?["amiSelectorTerms"]?.items?.contains {
                $0["alias"]?.text?.hasPrefix("bottlerocket") ?? false
            } ?? false
        }
        guard !isThere, !bottlerocket else { return }
        for workload in tree.workloads where !workload.isDaemon {
            guard let request = workload.pod.gpus.first else { continue }
            findings.add(
                "the pods of \(workload.object.words) ask for `\(request.resource)`, and no device plugin is there to offer it",
                at: request.place, label: "no node has it", evidence: false)
            return
        }
    }
}
