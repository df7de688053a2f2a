import Diagnostics
import Testing

@testable import Verify

@Suite("The committed tree, read as any other tree")
struct WrittenMutationTests {
    @Test("breaks the rule meant for it, and no other, if it is changed", arguments: mutations)
    func mutated(_ mutation: Mutation) throws {
        let files = try mutation.applied(to: MutationTests.files)
        var report = Report()
        verify(SourceTree(files: files, roots: ["."], isClosed: true), .all, &report)
        let found = report.diagnostics.filter { finding in
            !TreeTests.accepted.contains {
                $0.code == finding.code && $0.path == "seed/\(finding.range?.file.path ?? "")"
            }
        }
        #expect(Set(found.map(\.code)) == [mutation.code])
    }

    static let mutations: [Mutation] = [
        Mutation("autoscaler-average-of-average", scaler, "sum(", "avg("),
        Mutation("autoscaler-total-as-value", scaler, "metricType: AverageValue", "metricType: Value"),
        Mutation(
            "keda-query-several-series", scaler,
            "query: sum(vllm:num_requests_running{namespace=\"inference\", model_name=\"model-a\"}) +",
            "query: sum by (pod) (vllm:num_requests_running{namespace=\"inference\"}) #"),
        Mutation(
            "keda-trigger-field-ignored", scaler, "      serverAddress:", "      metricName: load\n      serverAddress:"
        ),
        Mutation("keda-activation-unused", scaler, "  fallback:", "  cooldownPeriod: 300\n  fallback:"),
        Mutation("keda-fallback-unreachable", scaler, "\n      ignoreNullValues: \"false\"", ""),
        Mutation("keda-fallback-scales-down", scaler, "    behavior: currentReplicasIfHigher\n", ""),
        Mutation("keda-fallback-out-of-bounds", scaler, "    replicas: 5", "    replicas: 9"),
        Mutation("misplaced-field", scaler, "    horizontalPodAutoscalerConfig:\n      behavior:\n", "    behavior:\n"),
        Mutation(
            "autoscaler-scale-down-too-fast", scaler, "stabilizationWindowSeconds: 402",
            "stabilizationWindowSeconds: 30"),
        Mutation("query-syntax-error", scaler, "query: sum(", "query: sum(("),
        Mutation(
            "query-unknown-label", scaler, "waiting{namespace=\"inference\", model_name=",
            "waiting{namespace=\"inference\", model="),
        Mutation("query-unknown-histogram-bucket", rules, "le=\"2.5\"}[5m]", "le=\"3\"}[5m]"),
        Mutation("query-syntax-error", rules, "[30m])", "[30x])"),
        Mutation(
            "query-counter-without-rate", rules,
            "sum(rate(vllm:time_to_first_token_seconds_count{namespace=\"inference\", model_name=\"model-a\"}[1h]))",
            "sum(vllm:time_to_first_token_seconds_count{namespace=\"inference\", model_name=\"model-a\"})"),
        Mutation(
            "nodepool-consolidation-too-early", pool, "consolidationPolicy: WhenEmpty\n    consolidateAfter: 14m",
            "consolidationPolicy: WhenEmptyOrUnderutilized\n    consolidateAfter: 30s"),
        Mutation("nodepool-never-consolidated", pool, "consolidateAfter: 14m", "consolidateAfter: Never"),
        Mutation("invalid-value", pool, "consolidateAfter: 14m", "consolidateAfter: 14 minutes"),
        Mutation(
            "invalid-enum-value", pool, "consolidationPolicy: WhenEmpty\n", "consolidationPolicy: WhenUnderutilized\n"),
        Mutation("nodepool-budget-schedule-in-utc", pool, "schedule: 0 0 * * 1-5", "schedule: 0 9 * * 1-5"),
        Mutation("nodepool-default-expiry", pool, "      expireAfter: Never\n", ""),
        Mutation("value-out-of-range", pool, "weight: 100", "weight: 0"),
        Mutation(
            "nodepool-limit-without-effect", pool, "    nvidia.com/gpu: 24\n", "    nvidia.com/gpu: 24\n    gpu: 24\n"),
        Mutation(
            "nodepool-limits-inconsistent", pool, "    nvidia.com/gpu: 24\n",
            "    nvidia.com/gpu: 24\n    memory: 1200Gi\n"),
        Mutation(
            "nodepool-restricted-label", pool, "        stowage.dev/pool: model-a-primary\n",
            "        stowage.dev/pool: model-a-primary\n        kubernetes.io/hostname: a\n"),
        Mutation("missing-field", pool, "        group: karpenter.k8s.aws\n", ""),
        Mutation("api-version-not-served", pool, "apiVersion: karpenter.sh/v1\n", "apiVersion: karpenter.sh/v1beta1\n"),
        Mutation("ec2nodeclass-ami-not-pinned", nodeClass, "al2023@v20260714", "al2023@latest"),
        Mutation(
            "ec2nodeclass-role-conflict", nodeClass, "  instanceStorePolicy",
            "  instanceProfile: a\n  instanceStorePolicy"),
        Mutation("ec2nodeclass-root-volume-unused", nodeClass, "volumeSize: 80Gi", "volumeSize: 800Gi"),
        Mutation(
            "ec2nodeclass-root-volume-too-small", nodeClass,
            "  instanceStorePolicy: RAID0\n  blockDeviceMappings:\n  - deviceName: /dev/xvda\n    rootVolume: true\n    ebs:\n      volumeSize: 80Gi",
            "  blockDeviceMappings:\n  - deviceName: /dev/xvda\n    rootVolume: true\n    ebs:\n      volumeSize: 30Gi"),
        Mutation(
            "ec2nodeclass-reserved-tag", nodeClass, "    stowage.dev/node-class: stowage-nvme",
            "    karpenter.sh/nodepool: a"),
        Mutation(
            "ec2nodeclass-ami-family-mismatch", nodeClass, "  amiSelectorTerms:",
            "  amiFamily: Bottlerocket\n  amiSelectorTerms:"),
        Mutation(
            "nodepool-reservation-not-selected", nodeClass, "  instanceStorePolicy",
            "  capacityReservationSelectorTerms: [{id: cr-1}]\n  instanceStorePolicy"),
        Mutation(
            "ec2nodeclass-redundant-user-data", nodeClass, "  instanceStorePolicy",
            "  userData: |\n    nvidia-smi -pm 1\n  instanceStorePolicy"),
        Mutation("image-not-pinned", deployment, "vllm/vllm-openai:v0.33.0", "vllm/vllm-openai:latest"),
        Mutation("vllm-parallelism-mismatch", deployment, "--tensor-parallel-size=8", "--tensor-parallel-size=4"),
        Mutation("unknown-field", deployment, "      enableServiceLinks: false", "      enableServiceLink: false"),
        Mutation("field-type-mismatch", deployment, "value: \"1\"", "value: 1"),
        Mutation(
            "pod-grace-period-too-short", deployment, "terminationGracePeriodSeconds: 65",
            "terminationGracePeriodSeconds: 20"),
        Mutation(
            "affinity-karpenter-only-operator", deployment,
            "          - weight: 100\n            preference:\n              matchExpressions:\n              - key: stowage.dev/pool\n                operator: In",
            "          - weight: 100\n            preference:\n              matchExpressions:\n              - key: stowage.dev/pool\n                operator: Gte"
        ),
        Mutation(
            "requirement-invalid-operator", deployment, "key: nvidia.com/gpu\n        operator: Exists",
            "key: nvidia.com/gpu\n        operator: Exists\n        value: present"),
        Mutation(
            "requirement-invalid-operator", deployment,
            "preference:\n              matchExpressions:\n              - key: stowage.dev/pool\n                operator: In",
            "preference:\n              matchExpressions:\n              - key: stowage.dev/pool\n                operator: Exists"
        ),
        Mutation("keda-trigger-rejected", scaler, "metricType: AverageValue", "metricType: Utilization"),
        Mutation("keda-address-without-scheme", scaler, "serverAddress: http://", "serverAddress: "),
        Mutation("value-out-of-range", scaler, "stabilizationWindowSeconds: 402", "stabilizationWindowSeconds: 7200"),
        Mutation("pod-request-limit-mismatch", deployment, "cpu: \"17\"", "cpu: \"17\"\n            nvidia.com/gpu: 4"),
        Mutation(
            "dcgm-exporter-without-liveness-probe", "gpu/dcgm-exporter.daemonset.yaml",
            "        livenessProbe:\n          httpGet",
            "        startupProbe:\n          httpGet"),
        Mutation(
            "mig-layout-does-not-fit", "gpu/mig-manager.configmap.yaml", "1g.20gb: 4\n",
            "1g.20gb: 4\n          1g.10gb: 1\n"
        ),
        Mutation(
            "nodeoverlay-share-mismatch", "karpenter/stowage-model-c-primary.nodeoverlay.yaml", "mig-1g.20gb: \"4\"",
            "mig-1g.20gb: \"7\""),
        Mutation(
            "dra-claim-ambiguous", "models/model-e/model-e.deployment.yaml",
            "- name: gpus\n        resourceClaimTemplateName:",
            "- name: gpus\n        resourceClaimName: gpus\n        resourceClaimTemplateName:"),
        Mutation(
            "scrape-timeout-above-interval", "gpu/dcgm-exporter.servicemonitor.yaml", "scrapeTimeout: 10s",
            "scrapeTimeout: 20s"),
        Mutation(
            "invalid-name", "models/model-a/model-a.service.yaml", "metadata:\n  name: model-a\n",
            "metadata:\n  name: Model_A\n"),
    ]

    private static let scaler = "models/model-a/model-a.scaledobject.yaml"
    private static let rules = "models/model-a/model-a.prometheusrule.yaml"
    private static let deployment = "models/model-a/model-a.deployment.yaml"
    private static let pool = "karpenter/model-a-primary.nodepool.yaml"
    private static let nodeClass = "karpenter/stowage-nvme.ec2nodeclass.yaml"
}
