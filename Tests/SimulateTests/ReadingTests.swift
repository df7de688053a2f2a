import Diagnostics
import Groundwork
import Simulate
import Testing
import YAML

/// Controllers read from manifests.
struct ReadingTests {
    @Test("reads an HPA with every kind of metric, and a behavior without its defaults")
    func horizontal() throws {
        var problems: [UnreadableField] = []
        let spec = try #require(
            HPASpec(
                reading: try object(
                    """
                    apiVersion: autoscaling/v2
                    kind: HorizontalPodAutoscaler
                    spec:
                      minReplicas: 2
                      maxReplicas: 12
                      metrics:
                      - type: External
                        external:
                          metric: {name: load, selector: {matchLabels: {model: a}}}
                          target: {type: AverageValue, averageValue: 17850m}
                      - type: Object
                        object:
                          metric: {name: queue}
                          describedObject: {apiVersion: v1, kind: Service, name: a}
                          target: {type: Value, value: "3"}
                      - type: Pods
                        pods: {metric: {name: tokens}, target: {type: AverageValue, averageValue: 1k}}
                      - type: Resource
                        resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
                      - type: ContainerResource
                        containerResource: {name: memory, container: vllm, target: {type: AverageValue, averageValue: 1Gi}}
                      behavior:
                        scaleDown:
                          tolerance: 571m
                          policies: [{type: Percent, value: 25, periodSeconds: 60}]
                    """), &problems))
        #expect(problems.isEmpty)
        #expect(spec.minimum == 2 && spec.maxReplicas == 12)
        #expect(spec.metrics.map(\.kind) == [.external, .object, .pods, .resource, .containerResource])
        #expect(
            spec.metrics.map(\.target) == [
                .averageValue(17_850), .value(3000), .averageValue(1_000_000), .utilization(70),
                .averageValue(1_073_741_824_000),
            ])
        #expect(spec.metrics[0].of == ["model": "a"] && spec.metrics[1].of == ["kind": "Service", "name": "a"])
        let down = try #require(spec.behavior?.down)
        #expect(down.window == nil && down.select == .max && down.tolerance == Quantity("0.571"))
        #expect(down.policies == [ScalingPolicy(.percent, 25, period: 60)])
        #expect(spec.behavior?.up == ScalingBehavior().up)
    }

    @Test("an HPA without metrics is for 80% of CPU; one without a maximum is none")
    func defaults() throws {
        var problems: [UnreadableField] = []
        let plain = HPASpec(reading: try object("spec: {maxReplicas: 3}"), &problems)
        #expect(plain?.metrics == [HPAMetric(.resource, .utilization(80), name: "cpu")])
        let old = HPASpec(
            reading: try object("spec: {maxReplicas: 3, targetCPUUtilizationPercentage: 60}"), &problems)
        #expect(old?.metrics == [HPAMetric(.resource, .utilization(60), name: "cpu")])
        #expect(problems.isEmpty)
        #expect(HPASpec(reading: try object("spec: {minReplicas: 3}"), &problems) == nil)
        #expect(problems.map(\.message) == ["`maxReplicas` is not a whole number"])
    }

    @Test("reads a ScaledObject, and makes the HPA that KEDA makes")
    func scaledObject() throws {
        var problems: [UnreadableField] = []
        let spec = ScaledObjectSpec(
            reading: try object(
                """
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: a, annotations: {autoscaling.keda.sh/paused-scale-in: "yes"}}
                spec:
                  minReplicaCount: 0
                  idleReplicaCount: 0
                  pollingInterval: 15
                  cooldownPeriod: 600
                  fallback: {failureThreshold: 3, replicas: 4, behavior: currentReplicasIfHigher}
                  advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleUp: {stabilizationWindowSeconds: 30}}}}
                  triggers:
                  - {type: cpu, metricType: Utilization, metadata: {value: "70", containerName: vllm}}
                  - {type: memory, metricType: AverageValue, metadata: {value: 1Gi}}
                  - type: prometheus
                    metricType: Value
                    name: load
                    useCachedMetrics: true
                    metadata: {query: up, threshold: "4.2", activationThreshold: "0.5", ignoreNullValues: "false"}
                  - type: cron
                    metadata: {timezone: Etc/UTC, start: 0 8 * * *, end: 0 9 * * *, desiredReplicas: "3"}
                """), &problems)
        #expect(problems.isEmpty)
        #expect(spec.minReplicas == 0 && spec.idleReplicas == 0 && spec.pollingInterval == 15)
        #expect(spec.cooldownPeriod == 600 && spec.pausesScaleIn && !spec.pausesScaleOut && spec.isScaling)
        #expect(spec.fallback == KEDAFallback(failureThreshold: 3, replicas: 4, behavior: .currentReplicasIfHigher))
        let load = spec.triggers[2]
        #expect(load.kind == .prometheus(query: "up", ignoresNull: false) && load.isCached && load.activation == 0.5)
        // Metrics are in the order of their types: ContainerResource, External, Resource.
        let made = spec.autoscaler
        #expect(made.metrics.map(\.kind) == [.containerResource, .external, .external, .resource])
        #expect(
            made.metrics.map(\.target) == [
                .utilization(70), .value(4200), .averageValue(1000), .averageValue(1_073_741_824_000),
            ])
        #expect(spec.metrics.map(\.source) == [.pods, .trigger(2), .trigger(3), .pods])
        #expect(made.minimum == 1 && made.maxReplicas == 100)
        #expect(made.behavior?.up.window == 30 && made.behavior?.down.select == .disabled)
    }

    @Test("a formula replaces the external metrics, and those of containers are lost")
    func modifiers() throws {
        var problems: [UnreadableField] = []
        let spec = ScaledObjectSpec(
            reading: try object(
                """
                spec:
                  advanced: {scalingModifiers: {formula: "max([a, b])", target: "7.5", activationTarget: "2"}}
                  triggers:
                  - {type: cpu, metricType: Utilization, metadata: {value: "70", containerName: vllm}}
                  - {type: cpu, metricType: Utilization, metadata: {value: "60"}}
                  - {type: prometheus, name: a, metadata: {query: up, threshold: "1"}}
                  - {type: prometheus, name: b, metadata: {query: up, threshold: "1"}}
                """), &problems)
        #expect(spec.autoscaler.metrics.map(\.target) == [.utilization(60), .averageValue(7500)])
        #expect(spec.metrics.map(\.source) == [.pods, .composite])
        #expect(spec.modifiers?.isWhole == false && spec.modifiers?.activation == 2)
    }

    @Test("what KEDA rejects is reported with its place")
    func rejected() throws {
        var problems: [UnreadableField] = []
        let spec = ScaledObjectSpec(
            reading: try object(
                """
                metadata: {annotations: {autoscaling.keda.sh/paused-replicas: many}}
                spec:
                  advanced: {scalingModifiers: {formula: "a +", target: "7"}}
                  triggers:
                  - {type: cron, metadata: {timezone: Mars/Olympus, start: 0 8 * * *, end: 0 9 * * *, desiredReplicas: "3"}}
                  - {type: cpu, metadata: {value: "70"}}
                  - {type: prometheus, metadata: {query: up}}
                """), &problems)
        #expect(problems.map(\.place.line) == [1, 5, 6, 7, 3])
        #expect(spec.triggers.isEmpty && spec.pause == .atCurrent)
    }

    @Test("reads a Deployment")
    func deployment() throws {
        let spec = DeploymentSpec(
            reading: try object(
                """
                spec:
                  replicas: 4
                  minReadySeconds: 5
                  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 10%}}
                  template:
                    metadata: {annotations: {controller.kubernetes.io/pod-deletion-cost: "7"}}
                    spec: {terminationGracePeriodSeconds: 120}
                """), endSeconds: 60)
        #expect(
            spec
                == DeploymentSpec(
                    replicas: 4, strategy: .rollingUpdate(surge: .pods(1), unavailable: .percent(10)),
                    minReadySeconds: 5, endSeconds: 60, deletionCost: 7))
        let recreated = DeploymentSpec(reading: try object("spec: {strategy: {type: Recreate}}"))
        #expect(recreated == DeploymentSpec(replicas: 1, strategy: .recreate, endSeconds: 30))
    }

    private func object(_ text: String) throws -> ManifestValue {
        var report = Report()
        let nodes = readYAML(SourceFile(path: "a.yaml", bytes: Array(text.utf8)), &report)
        return ManifestValue(try #require(nodes?.first))
    }
}
