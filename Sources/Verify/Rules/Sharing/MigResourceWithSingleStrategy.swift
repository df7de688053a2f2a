import Diagnostics
import Groundwork

extension Rule {
    static let migResourceWithSingleStrategy = Rule(
        "mig-resource-with-single-strategy", .sharing, inPartialTree: .warn,
        why:
            "with the MIG strategy `single`, the device plugin advertises all partitions of a node as `nvidia.com/gpu`; pods that request a profile stay "
            + "pending",
        accepts: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: device-plugin}
            data:
              config.yaml: "flags: {migStrategy: mixed}"
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec: {containers: [{name: a, resources: {limits: {nvidia.com/mig-1g.10gb: 1}}}]}
            """,
            """
            # Some nodes have the other strategy.
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: device-plugin}
            data:
              whole: "flags: {migStrategy: single}"
              parts: "flags: {migStrategy: mixed}"
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec: {containers: [{name: a, resources: {limits: {nvidia.com/mig-1g.10gb: 1}}}]}
            """,
            """
            apiVersion: nvidia.com/v1
            kind: ClusterPolicy
            metadata: {name: cluster-policy}
            spec: {mig: {strategy: single}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: device-plugin}
            data:
              config.yaml: "flags: {migStrategy: single}"
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec: {containers: [{name: a, resources: {limits: {↓nvidia.com/mig-1g.5gb: 1}}}]}
            """,
            """
            apiVersion: nvidia.com/v1
            kind: ClusterPolicy
            metadata: {name: cluster-policy}
            spec: {mig: {strategy: single}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {↓nvidia.com/mig-3g.40gb: 1}}}]}}}
            """,
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: device-plugin}
            spec:
              template:
                spec:
                  containers:
                  - name: device-plugin
                    image: nvcr.io/nvidia/k8s-device-plugin:v0.19.2
                    env: [{name: MIG_STRATEGY, value: single}]
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, resources: {limits: {↓nvidia.com/mig-2g.20gb: 1}}}]}}}
            """,
        ]
    ) { tree, findings in
        let strategies = tree.migStrategies
        guard let strategy = strategies.first, strategies.allSatisfy({ $0.text == "single" }) else { return }
        for workload in tree.workloads {
            for request in workload.pod.gpus where request.resource.hasPrefix("nvidia.com/mig-") {
                findings.add(
                    "the pods of \(workload.object.words) request `\(request.resource)`, but the MIG strategy is `single`",
                    at: request.place, label: "advertised as `nvidia.com/gpu`",
                    notes: [.init("the strategy is set here", at: strategy.place)],
                    help: "request `nvidia.com/gpu`, or set the strategy to `mixed`")
            }
        }
    }
}

extension Inventory {
    /// A MIG strategy, and where it is set.
    fileprivate struct MIGStrategy {
        let text: String
        let place: SourceRange
    }

    /// The MIG strategies of device plugins and of the GPU Operator.
    fileprivate var migStrategies: [MIGStrategy] {
        let configured = pluginConfigs.compactMap { config in
            config.root?["flags"]?["migStrategy"]?.text.map { MIGStrategy(text: $0, place: config.entry.keyPlace) }
        }
        let policies = objects.filter { $0.kind.name == "ClusterPolicy" && $0.kind.group == "nvidia.com" }
        let plugins = workloads.filter { isDevicePlugin($0) }.flatMap(\.pod.containers)
        let values =
            policies.compactMap { $0.spec?["mig"]?["strategy"] } + plugins.compactMap { $0.variable("MIG_STRATEGY") }
        return configured + values.map { MIGStrategy(text: $0.text ?? "", place: $0.place) }
    }
}
