import Groundwork

extension Rule {
    static let clusterWideAverage = Rule(
        "cluster-wide-average", .monitoring, .warning,
        why: "an average over all GPUs hides a full one behind idle ones",
        accepts: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: avg by (namespace, pod) (DCGM_FI_DEV_GPU_UTIL{pod!=""}) > 95
            """
        ],
        rejects: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: ↓avg(DCGM_FI_DEV_GPU_UTIL) > 90
            """
        ]
    ) { tree, findings in
        for use in tree.queries where use.alert != nil {
            for part in use.parts.aggregations {
                let aggregation = part.content
                guard aggregation.operation == "avg",
                    aggregation.kept == nil, aggregation.dropped == nil,
                    case .selector(let selector) = aggregation.operand.content,
                    selector.metric?.source == .dcgmExporter,
                    ["pod", "namespace", "exported_pod", "exported_namespace"].allSatisfy({
                        selector.matcher($0) == nil
                    })
                else { continue }
                findings.add(
                    "\(use.words) averages over every GPU of the cluster", at: use.place(part.extent),
                    label: "one value for all models, idle GPUs too",
                    help: "`avg by (namespace, pod) (…{pod!=\"\"})` says whose GPU it is")
            }
        }
    }
}
