import Diagnostics
import Testing

@testable import Verify

@Suite("The committed tree, read as anybody's")
struct WrittenMutationTests {
    @Test("breaks the rule meant for it, and no other, when somebody changes it", arguments: mutations)
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
        Mutation("average-of-average", scaler, "sum(vllm:num_requests", "avg(vllm:num_requests"),
        Mutation("total-as-value", scaler, "metricType: AverageValue", "metricType: Value"),
        Mutation(
            "several-elements", scaler,
            "query: sum(vllm:num_requests_running{namespace=\"inference\", model_name=\"model-a\"}) +",
            "query: sum by (pod) (vllm:num_requests_running{namespace=\"inference\"}) #"),
        Mutation(
            "ignored-trigger-field", scaler, "      serverAddress:", "      metricName: load\n      serverAddress:"),
        Mutation("idle-activation", scaler, "  fallback:", "  cooldownPeriod: 300\n  fallback:"),
        Mutation("unreachable-fallback", scaler, "\n      ignoreNullValues: \"false\"", ""),
        Mutation("shrinking-fallback", scaler, "    behavior: currentReplicasIfHigher\n", ""),
        Mutation("misfit-fallback", scaler, "    replicas: 5", "    replicas: 9"),
        Mutation("misplaced-field", scaler, "    horizontalPodAutoscalerConfig:\n      behavior:\n", "    behavior:\n"),
        Mutation("hasty-scale-down", scaler, "stabilizationWindowSeconds: 402", "stabilizationWindowSeconds: 30"),
        Mutation("malformed-query", scaler, "query: sum(", "query: sum(("),
        Mutation(
            "unknown-label", scaler, "waiting{namespace=\"inference\", model_name=",
            "waiting{namespace=\"inference\", model="),
        Mutation("unbucketed-latency", rules, "le=\"2.5\"}[5m]", "le=\"3\"}[5m]"),
        Mutation("malformed-query", rules, "[30m])", "[30x])"),
        Mutation(
            "bare-counter", rules,
            "sum(rate(vllm:time_to_first_token_seconds_count{namespace=\"inference\", model_name=\"model-a\"}[1h]))",
            "sum(vllm:time_to_first_token_seconds_count{namespace=\"inference\", model_name=\"model-a\"})"),
        Mutation(
            "hasty-consolidation", pool, "consolidationPolicy: WhenEmpty\n    consolidateAfter: 14m",
            "consolidationPolicy: WhenEmptyOrUnderutilized\n    consolidateAfter: 30s"),
        Mutation("never-consolidated", pool, "consolidateAfter: 14m", "consolidateAfter: Never"),
        Mutation("malformed-value", pool, "consolidateAfter: 14m", "consolidateAfter: 14 minutes"),
        Mutation("unknown-word", pool, "consolidationPolicy: WhenEmpty\n", "consolidationPolicy: WhenUnderutilized\n"),
        Mutation("schedule-in-utc", pool, "schedule: 0 0 * * 1-5", "schedule: 0 9 * * 1-5"),
        Mutation("implicit-expiry", pool, "      expireAfter: Never\n", ""),
        Mutation("value-out-of-range", pool, "weight: 100", "weight: 0"),
        Mutation("unbinding-limit", pool, "    nvidia.com/gpu: 24\n", "    nvidia.com/gpu: 24\n    gpu: 24\n"),
        Mutation("uneven-limits", pool, "    nvidia.com/gpu: 24\n", "    nvidia.com/gpu: 24\n    memory: 1200Gi\n"),
        Mutation(
            "restricted-label", pool, "        stowage.dev/pool: model-a-primary\n",
            "        stowage.dev/pool: model-a-primary\n        kubernetes.io/hostname: a\n"),
        Mutation("missing-field", pool, "        group: karpenter.k8s.aws\n", ""),
        Mutation("removed-api", pool, "apiVersion: karpenter.sh/v1\n", "apiVersion: karpenter.sh/v1beta1\n"),
        Mutation("floating-ami", nodeClass, "al2023@v20260714", "al2023@latest"),
        Mutation("two-identities", nodeClass, "  instanceStorePolicy", "  instanceProfile: a\n  instanceStorePolicy"),
        Mutation("idle-root-volume", nodeClass, "volumeSize: 80Gi", "volumeSize: 800Gi"),
        Mutation(
            "small-root-volume", nodeClass,
            "  instanceStorePolicy: RAID0\n  blockDeviceMappings:\n  - deviceName: /dev/xvda\n    rootVolume: true\n    ebs:\n      volumeSize: 80Gi",
            "  blockDeviceMappings:\n  - deviceName: /dev/xvda\n    rootVolume: true\n    ebs:\n      volumeSize: 30Gi"),
        Mutation("reserved-tag", nodeClass, "    stowage.dev/node-class: stowage-nvme", "    karpenter.sh/nodepool: a"),
        Mutation(
            "mismatched-ami-family", nodeClass, "  amiSelectorTerms:", "  amiFamily: Bottlerocket\n  amiSelectorTerms:"),
        Mutation(
            "unselected-reservation", nodeClass, "  instanceStorePolicy",
            "  capacityReservationSelectorTerms: [{id: cr-1}]\n  instanceStorePolicy"),
        Mutation(
            "idle-user-data", nodeClass, "  instanceStorePolicy",
            "  userData: |\n    nvidia-smi -pm 1\n  instanceStorePolicy"),
        Mutation("floating-image", deployment, "vllm/vllm-openai:v0.19.0", "vllm/vllm-openai:latest"),
        Mutation("mismatched-parallelism", deployment, "--tensor-parallel-size=8", "--tensor-parallel-size=4"),
        Mutation("unknown-field", deployment, "      enableServiceLinks: false", "      enableServiceLink: false"),
        Mutation("mistyped-field", deployment, "value: \"1\"", "value: 1"),
        Mutation("short-grace", deployment, "terminationGracePeriodSeconds: 65", "terminationGracePeriodSeconds: 20"),
        Mutation(
            "karpenter-only-operator", deployment,
            "          - weight: 100\n            preference:\n              matchExpressions:\n              - key: stowage.dev/pool\n                operator: In",
            "          - weight: 100\n            preference:\n              matchExpressions:\n              - key: stowage.dev/pool\n                operator: Gte"
        ),
        Mutation(
            "misfit-operator", deployment, "key: nvidia.com/gpu\n        operator: Exists",
            "key: nvidia.com/gpu\n        operator: Exists\n        value: present"),
        Mutation(
            "misfit-operator", deployment,
            "preference:\n              matchExpressions:\n              - key: stowage.dev/pool\n                operator: In",
            "preference:\n              matchExpressions:\n              - key: stowage.dev/pool\n                operator: Exists"
        ),
        Mutation("refused-trigger", scaler, "metricType: AverageValue", "metricType: Utilization"),
        Mutation("address-without-scheme", scaler, "serverAddress: http://", "serverAddress: "),
        Mutation("value-out-of-range", scaler, "stabilizationWindowSeconds: 402", "stabilizationWindowSeconds: 7200"),
        Mutation("unequal-requests", deployment, "cpu: \"17\"", "cpu: \"17\"\n            nvidia.com/gpu: 4"),
        Mutation(
            "unprobed-exporter", "gpu/dcgm-exporter.daemonset.yaml", "        livenessProbe:\n          httpGet",
            "        startupProbe:\n          httpGet"),
        Mutation(
            "unplaceable-slices", "gpu/mig-manager.configmap.yaml", "1g.20gb: 4\n", "1g.20gb: 4\n          1g.10gb: 1\n"
        ),
        Mutation(
            "mismatched-overlay", "karpenter/stowage-model-c-primary.nodeoverlay.yaml", "mig-1g.20gb: \"4\"",
            "mig-1g.20gb: \"7\""),
        Mutation(
            "undecided-claim", "models/model-e/model-e.deployment.yaml",
            "- name: gpus\n        resourceClaimTemplateName:",
            "- name: gpus\n        resourceClaimName: gpus\n        resourceClaimTemplateName:"),
        Mutation("late-timeout", "gpu/dcgm-exporter.servicemonitor.yaml", "scrapeTimeout: 10s", "scrapeTimeout: 20s"),
        Mutation(
            "illegal-name", "models/model-a/model-a.service.yaml", "metadata:\n  name: model-a\n",
            "metadata:\n  name: Model_A\n"),
    ]

    private static let scaler = "models/model-a/model-a.scaledobject.yaml"
    private static let rules = "models/model-a/model-a.prometheusrule.yaml"
    private static let deployment = "models/model-a/model-a.deployment.yaml"
    private static let pool = "karpenter/model-a-primary.nodepool.yaml"
    private static let nodeClass = "karpenter/stowage-nvme.ec2nodeclass.yaml"
}
