import Groundwork

extension Rule {
    static let draClaimOnKarpenterNode = Rule(
        "dra-claim-on-karpenter-node", .sharing, inPartialTree: .warn,
        why:
            "Karpenter does not start a node for a pod with resource claims unless it is configured to simulate them, so the pod stays pending",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 2
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
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: a}]
                  containers: [{name: a, resources: {claims: [{name: gpu}]}}]
            """,
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
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: agent}
            spec:
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: a}]
                  containers: [{name: a, resources: {claims: [{name: gpu}]}}]
            """,
            """
            apiVersion: eksctl.io/v1alpha5
            kind: ClusterConfig
            metadata: {name: a, region: us-east-1}
            managedNodeGroups:
            - {name: gpu, instanceType: p5.48xlarge, minSize: 0, desiredCapacity: 1, maxSize: 4}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  resourceClaims: [{name: gpu, resourceClaimTemplateName: a}]
                  containers: [{name: a, resources: {claims: [{name: gpu}]}}]
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
                  resourceClaims: [{name: ↓gpu, resourceClaimTemplateName: a}]
                  containers: [{name: a, resources: {claims: [{name: gpu}]}}]
            """,
            """
            apiVersion: eksctl.io/v1alpha5
            kind: ClusterConfig
            metadata: {name: a, region: us-east-1}
            managedNodeGroups:
            - {name: gpu, instanceType: p5.48xlarge, minSize: 0, maxSize: 4}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec:
              template:
                spec:
                  resourceClaims: [{name: ↓gpu, resourceClaimName: a}]
                  containers: [{name: a, resources: {claims: [{name: gpu}]}}]
            """,
        ]
    ) { tree, findings in
        for (workload, reach) in tree.reachingWorkloads where !workload.isDaemon && !workload.pod.claims.isEmpty {
            let pools = reach.tolerated.map { tree.nodes[$0] }.filter { $0.hasGPUs != false }
            guard let claim = workload.pod.claims.first, let pool = pools.first else { continue }
            let groups = pools.compactMap(\.group)
            if groups.count == pools.count, let size = groups[0]["minSize"],
                groups.allSatisfy({ $0["minSize"]?.integer == 0 && ($0["desiredCapacity"]?.integer ?? 0) == 0 })
            {
                findings.add(
                    "the pods of \(workload.object.words) need a resource claim, but node groups with 0 nodes are not scaled up for such pods",
                    at: claim.place,
                    label: "Cluster Autoscaler does not know the devices of a node group without nodes",
                    notes: [.init("\(pool.words) may have 0 nodes", at: size.place)],
                    help: "set `minSize: 1` to keep a node")
            }
            guard pools.allSatisfy({ !$0.isStatic }) else { continue }
            if Component.karpenter.offers(.dynamicClaims, at: tree.scope.versions.karpenter) { continue }
            findings.add(
                "the pods of \(workload.object.words) need a resource claim, but Karpenter \(tree.scope.versions.karpenter.text) does not start nodes for such pods",
                at: claim.place, label: "pending until a node is started for another reason",
                notes: [pool.object.note("its nodes are started only for pending pods")],
                help:
                    "use a NodePool with `replicas` or a managed node group, whose nodes run regardless of pending pods"
            )
        }
    }
}
