import Compiler
import Testing
import YAML

/// Where the emitted scalers lead, by the arithmetic of Kubernetes' own controller.
struct ScalingTests {
    @Test("replicas grow to the maximum with the load, stay within the dead band, and go back", arguments: clusters)
    func leadsFromEndToEnd(_ cluster: Compiled) throws {
        for scaler in try emittedScalers(cluster) {
            let model = try owner(of: scaler, in: cluster)
            let (up, down) = (model.levels.scaleUp.value, model.levels.scaleDown.value)
            let most = model.placement.maxReplicas.value
            var run = try simulation(scaler, model)
            let name = "\(cluster.name), \(scaler.deployment)"

            // An hour in which the load grows to a tenth more than all replicas should have.
            let growth =
                run.run(3600) { $0 / 3600 * up * 1.1 * Double(most) }
                + run.run(3600) { _ in up * 1.1 * Double(most) }
            #expect(run.fleet == most, "\(name) stays at \(run.fleet) of \(most)")
            #expect(zip(growth, growth.dropFirst()).allSatisfy(<=), "\(name) shrinks while the load grows")

            // Just above scaling down, and just below scaling up: nothing moves in an hour each.
            for level in [up * 0.995, (up + down) / 2, down * 1.005] {
                let held = run.run(3600) { _ in level * Double(most) }
                #expect(held.allSatisfy { $0 == growth.last }, "\(name) moves within its dead band at \(level)")
            }

            // Below it replicas go, and after the load is gone only the least are left.
            let shrinking = run.run(3600) { _ in down * 0.98 * Double(most) }
            #expect(run.fleet < most, "\(name) does not shrink below its dead band")
            #expect(zip(shrinking, shrinking.dropFirst()).allSatisfy(>=), "\(name) grows while the load is low")
            _ = run.run(7200) { _ in 0 }
            #expect(run.replicas == scaler.minimum, "\(name) stays at \(run.replicas) without load")
        }
    }

    @Test("a steady load at any level comes to rest", arguments: clusters)
    func comesToRest(_ cluster: Compiled) throws {
        for scaler in try emittedScalers(cluster) {
            let model = try owner(of: scaler, in: cluster)
            for tenth in stride(from: 0, through: Double(model.placement.maxReplicas.value) * 1.2, by: 0.23) {
                var run = try simulation(scaler, model)
                _ = run.run(7200) { _ in tenth * model.levels.scaleUp.value }
                let rest = run.run(1800) { _ in tenth * model.levels.scaleUp.value }
                #expect(
                    Set(rest).count == 1,
                    "\(cluster.name), \(scaler.deployment) flaps at \(tenth) times the scale-up load")
                // No more than a replica's worth too many, and never too few.
                let needed = min(
                    model.placement.maxReplicas.value, max(model.placement.minReplicas.value, Int(tenth.rounded(.up))))
                let slack = cluster.plan.spec.platform.kubernetes.value.isAtLeast(1, 35) ? 0 : 1 + needed / 10
                let isSaturating = model.levels.signal.signal != .concurrency
                #expect(
                    run.fleet >= needed && (isSaturating || run.fleet <= needed + slack),
                    "\(cluster.name), \(scaler.deployment): \(run.fleet) replicas for \(tenth) times the scale-up load")
            }
        }
    }

    @Test("the article's own scaler never gets beyond two replicas")
    func article() throws {
        // AverageValue, KEDA's default, divides by the replicas what is an average already.
        let scaler = EmittedScaler(
            deployment: "model-a", minimum: 2, maximum: 10, metrics: [("sum(average)", 70)],
            up: .init(window: 0, policies: [.pods(4, period: 15), .percent(100, period: 15)]),
            down: .init(window: 300, policies: [.percent(25, period: 60)]), cooldown: nil)
        for utilization in stride(from: 0.0, through: 100, by: 1) {
            var run = try Simulation(scaler, base: 0, coldStart: 300, most: nil)
            let history = run.run(7200) { _ in utilization }
            #expect(history.allSatisfy { $0 == 2 }, "\(utilization)")
        }
    }

    private func owner(of scaler: EmittedScaler, in cluster: Compiled) throws -> ModelPlan {
        try #require(cluster.plan.models.first { $0.deployments.contains { $0.name.value == scaler.deployment } })
    }

    private func simulation(_ scaler: EmittedScaler, _ model: ModelPlan) throws -> Simulation {
        let signal = model.levels.signal.signal
        let isSurge = model.placement.isSplit
        return try Simulation(
            scaler, base: isSurge ? model.placement.minReplicas.value : 0,
            coldStart: Double(model.placement.point.coldStart.total.value),
            most: signal == .gpuUtilization ? 100 : signal == .kvCache ? 1 : nil)
    }
}
