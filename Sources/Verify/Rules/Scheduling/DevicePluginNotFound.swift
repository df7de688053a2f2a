import Diagnostics
import Groundwork

extension Rule {
    static let devicePluginNotFound = Rule(
        "device-plugin-not-found", .scheduling, .warning, inPartialTree: .warnOnEvidence,
        why:
            "a node offers no GPUs until a device plugin runs on it; without one, Karpenter never marks the "
            + "node as initialized",
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
            spec: {template: {spec: {containers: [{name: a, image: "nvcr.io/nvidia/k8s-device-plugin:v0.20.0"}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}}}
            """,
            """
            # The GPU operator brings it.
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
            apiVersion: nvidia.com/v1
            kind: ClusterPolicy
            metadata: {name: cluster-policy}
            spec: {driver: {enabled: false}, toolkit: {enabled: false}, devicePlugin: {enabled: true}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}}}
            """,
            """
            # Bottlerocket has it.
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
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: bottlerocket@v1.50.0}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}}}
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
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: gpus}
            spec:
              project: default
              source: {repoURL: "https://helm.ngc.nvidia.com/nvidia", chart: gpu-operator, targetRevision: v25.3.0}
              destination: {server: "https://kubernetes.default.svc", namespace: gpu-operator}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}}}
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: p}
            spec: {template: {spec: {containers: [{name: a, image: "nvcr.io/nvidia/k8s-device-plugin:v0.20.0"}]}}}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: efa}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    image: "602401143452.dkr.ecr.us-west-2.amazonaws.com/eks/aws-efa-k8s-device-plugin:v0.5.6"
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 8, vpc.amazonaws.com/efa: 32}}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec: {template: {spec: {nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}}}}
            ---
            # The chart of the plugin is called like this.
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: plugin}
            spec: {chart: {spec: {chart: nvidia-device-plugin}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}}}
            """,
            """
            # EKS Auto Mode brings it.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec: {template: {spec: {nodeClassRef: {group: eks.amazonaws.com, kind: NodeClass, name: default}}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}}}
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
                  containers: [{name: a, resources: {limits: {↓nvidia.com/gpu: 1}}}]
            """,
            """
            # The plugin for GPUs does not offer EFA.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: p}
            spec: {template: {spec: {containers: [{name: a, image: "nvcr.io/nvidia/k8s-device-plugin:v0.20.0"}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 8, ↓vpc.amazonaws.com/efa: 32}}}]
            """,
            """
            # The exporter is no plugin.
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
            metadata: {name: dcgm-exporter}
            spec:
              template:
                spec:
                  containers: [{name: a, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.4.0-4.5.0-ubuntu22.04"}]
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: a, resources: {limits: {↓nvidia.com/mig-1g.10gb: 1}}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec: {template: {spec: {nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}}}}
            ---
            # The plugin for EFA offers no GPUs.
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: efa}
            spec: {template: {spec: {containers: [{name: a, image: "example.com/eks/aws-efa-k8s-device-plugin:v0.5.3"}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {↓nvidia.com/gpu: 1}}}]}}}
            """,
        ]
    ) { tree, findings in
        // The nodes of EKS Auto Mode bring theirs.
        guard tree.pools.contains(where: { !$0.isAutoMode }) else { return }
        if let request = tree.efaRequest, !tree.hasPlugin("efa-k8s-device-plugin") {
            findings.add(
                "the pods of \(request.workload.object.words) request `vpc.amazonaws.com/efa`, but no device "
                    + "plugin offers it",
                at: request.place, label: "no node offers it", evidence: false)
        }
        if tree.workloads.contains(where: { tree.isDevicePlugin($0) }) { return }
        let isThere = tree.objects.contains { object in
            object.kind.name == "ClusterPolicy" || object.installed.contains(where: isPluginName)
        }
        let isInflated = tree.kustomizations.contains { kustomization in
            kustomization.root.items(of: "helmCharts").contains { $0["name"]?.text.map(isPluginName) ?? false }
                || kustomization.parts.contains { $0.name.text.map(isPluginName) ?? false }
        }
        let bottlerocket = tree.objects(.nodeClass).contains { nodeClass in
            nodeClass.spec?["amiSelectorTerms"]?.items?.contains {
                $0["alias"]?.text?.hasPrefix("bottlerocket") ?? false
            } ?? false
        }
        guard !isThere, !isInflated, !bottlerocket else { return }
        for workload in tree.workloads where !workload.isDaemon {
            guard let request = workload.pod.gpus.first else { continue }
            findings.add(
                "the pods of \(workload.object.words) request `\(request.resource)`, but no device plugin offers it",
                at: request.place, label: "no node offers it", evidence: false)
            return
        }
    }
}
