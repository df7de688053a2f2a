import Groundwork

extension Rule {
    static let nodepoolStartupTaintNotRemoved = Rule(
        "nodepool-startup-taint-not-removed", .scheduling, .warning, inPartialTree: .warnOnEvidence,
        why:
            "Karpenter does not remove startup taints; a node whose agent does not remove its taint is never initialized, "
            + "and pods never run there",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  startupTaints: [{key: node.cilium.io/agent-not-ready, value: "true", effect: NoExecute}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            # The agent names the taint that it removes.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  startupTaints: [{key: example.com/cache-not-ready, effect: NoSchedule}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: cache}
            spec:
              template:
                spec:
                  tolerations: [{operator: Exists}]
                  containers:
                  - name: cache
                    image: example.com/cache:1
                    command: [sh, -c, 'fill && kubectl taint node "$NODE" example.com/cache-not-ready-; sleep inf']
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  startupTaints: [{key: ebs.csi.aws.com/agent-not-ready, effect: NoExecute}]
                  taints: [{key: nvidia.com/gpu, effect: NoSchedule}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  startupTaints: [{key: ↓example.com/cache-not-ready, effect: NoSchedule}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            # To tolerate a taint does not remove it.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  startupTaints: [{key: ↓secrets-not-ready, value: "true", effect: NoExecute}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: secrets}
            spec:
              template:
                spec:
                  tolerations: [{key: secrets-not-ready, operator: Exists}]
                  containers: [{name: secrets, image: "example.com/secrets:1"}]
            """,
            """
            # The taint of the GPU operator's validation is another.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  startupTaints:
                  - {key: node.cilium.io/agent-not-ready, value: "true", effect: NoExecute}
                  - {key: ↓nvidia.com/driver-not-ready, effect: NoSchedule}
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
        ]
    ) { tree, findings in
        for pool in tree.pools {
            for taint in pool.startupTaints where !isRemovedByKnownAgent(taint.key) {
                if tree.workloads.contains(where: { $0.mentions(taint.key) }) || tree.configures(taint.key) { continue }
                let tolerant = tree.workloads.first { workload in
                    workload.isDaemon
                        && workload.pod.spec["tolerations"]?.items?.contains { $0["key"]?.text == taint.key } ?? false
                }
                findings.add(
                    "nothing in the tree removes the startup taint `\(taint.key)` of \(pool.object.words)",
                    at: taint.place, label: "its nodes are never initialized unless an agent removes it",
                    notes: tolerant.map {
                        [$0.object.note("\($0.object.words) tolerates it, which does not remove it")]
                    }
                        ?? [],
                    help: "run the agent that removes it on these nodes, or remove the taint",
                    evidence: tolerant != nil)
            }
        }
    }
}

/// Tells whether a taint is one that a widely used agent removes from nodes.
private func isRemovedByKnownAgent(_ key: String) -> Bool {
    let domain = key.prefix { $0 != "/" }
    return [
        "node.cilium.io", "ebs.csi.aws.com", "efs.csi.aws.com", "fsx.csi.aws.com", "s3.csi.aws.com",
        "node.kubernetes.io", "node.cloudprovider.kubernetes.io", "karpenter.sh", "nidhogg.uswitch.com",
        "node.linkerd.io", "node.istio.io", "readiness.k8s.io", "projectcalico.org", "vpc.amazonaws.com",
        "node.ocean.spot.io", "sidecar.istio.io", "nodereadiness.io", "startup-taint.cluster-autoscaler.kubernetes.io",
    ].contains { domain == $0 } || key == "cni.istio.io/not-ready" || key == "aws-node-termination-handler"
}

extension Inventory.Workload {
    /// Tells whether the command or the environment of a container mentions a text.
    fileprivate func mentions(_ text: String) -> Bool {
        pod.containers.contains { container in
            container.words.contains { $0.text?.contains(text) ?? false }
                || container.value.items(of: "env").contains { $0["value"]?.text?.contains(text) ?? false }
        }
    }
}

extension Inventory {
    /// Tells whether the data of a ConfigMap mentions a text.
    fileprivate func configures(_ text: String) -> Bool {
        objects(.configMap).contains { map in
            map.root["data"]?.entries?.contains { $0.value.text?.contains(text) ?? false } ?? false
        }
    }
}
