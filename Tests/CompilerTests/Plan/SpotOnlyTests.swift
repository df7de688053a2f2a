import Diagnostics
import Testing

@testable import Groundwork
@testable import Planning

@Suite("A model on spot only")
struct SpotOnlyTests {
    private func planned(spot: String, replicas: String = "{min: 2, max: 4}") throws -> Plan {
        let text = """
            apiVersion: stowage.dev/v1alpha1
            kind: GPUCluster
            metadata: {name: night}
            spec:
              platform:
                cluster: night
                kubernetes: "1.35"
                karpenter: {version: "1.14", interruptionQueue: night}
                autoscaler: {keda: "2.20"}
                gpu: {ami: al2023@v20260714}
                monitoring: {gateway: istio}
                spotDiscount: 50%
              models:
                - name: archive
                  source: Qwen/Qwen2.5-7B-Instruct
                  class: batch
                  instances: {prefer: [g6.xlarge], spot: \(spot)}
                  replicas: \(replicas)
                  scaling: {signal: [concurrency, requests]}
            """
        var report = Report()
        let spec = try #require(understand(SpecSource(SourceFile(path: "spec.yaml", text: text)), &report))
        return try #require(plan(spec, &report), "\(report.diagnostics)")
    }

    @Test("has one Deployment and one pool, on spot nodes of several types")
    func pool() throws {
        let plan = try planned(spot: "only")
        let pool = try #require(plan.pools.first)
        #expect(plan.pools.count == 1 && pool.role == .primary && pool.isSpot)
        #expect(pool.hardware.types.count > 1 && pool.hardware.types[0].name == "g6.xlarge")
        #expect(pool.size.gpus.value == 4)
        #expect(plan.models[0].deployments.count == 1)
    }

    @Test("is expected to cost the discounted price, and at worst the on-demand price of its most expensive type")
    func money() throws {
        let (spot, onDemand) = (try planned(spot: "only").money, try planned(spot: "never").money)
        let node = 0.8048 * 0.5 * 730
        let volumes = onDemand.steadyPerMonth.value - 2 * 0.8048 * 730
        #expect(abs(spot.steadyPerMonth.value - (2 * node + volumes)) < 0.1)
        #expect(spot.worstPerMonth.value >= onDemand.worstPerMonth.value)
        #expect(try #require(spot.tokens.first).full.value < (try #require(onDemand.tokens.first)).full.value * 0.51)
    }

    @Test("may scale to zero, and then costs nothing without requests")
    func zero() throws {
        let plan = try planned(spot: "only", replicas: "{min: 0, max: 4}")
        #expect(plan.models[0].placement.scalesToZero)
        #expect(plan.money.expectedPerMonth.value == 0 && plan.money.worstPerMonth.value > 0)
    }

    @Test("says what an interruption loses")
    func assumption() throws {
        let sentences = try planned(spot: "only").assumptions.map(\.text)
        #expect(sentences.contains { $0.hasPrefix("All replicas of archive run on spot nodes of ") })
    }
}
