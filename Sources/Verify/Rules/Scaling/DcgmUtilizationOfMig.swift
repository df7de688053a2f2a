import Groundwork

extension Rule {
    static let dcgmUtilizationOfMig = Rule(
        "dcgm-utilization-of-mig", .scaling, .warning,
        why:
            "`DCGM_FI_DEV_GPU_UTIL` is not measured for MIG instances, so an autoscaler that uses it gets no data and stays at its minimum",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, metricType: Value, metadata: {query: "avg(DCGM_FI_PROF_GR_ENGINE_ACTIVE)", threshold: "0.7"}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/mig-1g.10gb: 1}}}]
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, metricType: Value, metadata: {query: "avg(DCGM_FI_DEV_GPU_UTIL)", threshold: "70"}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, metricType: Value, metadata: {query: avg(DCGM_FI_DEV_GPU_UTIL), threshold: "70"}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/mig-1g.10gb: 1}}}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu.shared: 1}}}]
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, metricType: Value, metadata: {query: "avg(↓DCGM_FI_DEV_GPU_UTIL)", threshold: "70"}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {nvidia.com/mig-1g.10gb: 1}}}]
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {kind: StatefulSet, name: a}
              triggers:
              - {type: prometheus, metadata: {query: sum(vllm:num_requests_running), threshold: "80"}}
              - type: prometheus
                metricType: Value
                metadata: {query: 'max(↓DCGM_FI_DEV_GPU_UTIL{pod=~"a-.*"}) / 100', threshold: "0.7"}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: proxy}, {name: a, resources: {requests: {nvidia.com/mig-3g.40gb: 1}}}]
            """,
        ]
    ) { tree, findings in
        for scaler in tree.autoscalers where scaler.object.kind == .scaledObject {
            guard let workload = tree.workload(scaler.target),
                let slice = workload.pod.gpus.first(where: { $0.resource.hasPrefix("nvidia.com/mig-") })
            else { continue }
            for use in tree.queries(of: scaler.object) {
                for part in use.parts.selectors where part.content.name == MetricName.gpuUtilization.rawValue {
                    findings.add(
                        "\(use.words) uses `DCGM_FI_DEV_GPU_UTIL`, but the scaled pods run on MIG instances",
                        at: use.place(part.extent), label: "not measured for MIG instances",
                        notes: [.init("the pods request `\(slice.resource)` here", at: slice.place)],
                        help: "use `DCGM_FI_PROF_GR_ENGINE_ACTIVE`, which is measured for each instance, from 0 to 1")
                }
            }
        }
    }
}
