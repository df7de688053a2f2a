import Groundwork
import Planning
import Testing
import YAML

/// Where the emitted scalers lead, by the arithmetic of Kubernetes' own controller.
struct ScalingTests {
    @Test("replicas grow to the maximum with the load, stay within the dead band, and go back", arguments: clusters)
    func leadsFromEndToEnd(_ cluster: Compiled) throws {
        for scaler in try emittedScalers(cluster) {
            let model = try owner(of: scaler, in: cluster)
            let (up, down) = (model.shares.scaleUp.value, model.shares.scaleDown.value)
            let most = model.placement.maxReplicas.value
            var run = try simulation(scaler, model, cluster)
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
                var run = try simulation(scaler, model, cluster)
                _ = run.run(7200) { _ in tenth * model.shares.scaleUp.value }
                let rest = run.run(1800) { _ in tenth * model.shares.scaleUp.value }
                #expect(
                    Set(rest).count == 1,
                    "\(cluster.name), \(scaler.deployment) flaps at \(tenth) times the scale-up load")
                // No more than a replica's worth too many, and never too few.
                let needed = min(
                    model.placement.maxReplicas.value, max(model.placement.minReplicas.value, Int(tenth.rounded(.up))))
                let slack =
                    Component.kubernetes.offers(.hpaTolerance, at: cluster.plan.spec.platform.kubernetes.value)
                    ? 0 : 1 + needed / 10
                let isSaturating = model.levels.contains { [.kvCache, .gpuUtilization].contains($0.signal.signal) }
                #expect(
                    run.fleet >= needed && (isSaturating || run.fleet <= needed + slack),
                    "\(cluster.name), \(scaler.deployment): \(run.fleet) replicas for \(tenth) times the scale-up load")
            }
        }
    }

    @Test("a scheduled minimum holds in its window, and lets go after it", arguments: clusters)
    func scheduledMinimums(_ cluster: Compiled) throws {
        for scaler in try emittedScalers(cluster) where !scaler.scheduledMinimums.isEmpty {
            let model = try owner(of: scaler, in: cluster)
            let name = "\(cluster.name), \(scaler.deployment)"
            let scheduled = scaler.scheduledMinimums.max() ?? 0
            #expect(scheduled > scaler.minimum && scheduled <= scaler.maximum, "\(name)")
            var run = try simulation(scaler, model, cluster)
            #expect(run.run(3600) { _ in 0 }.allSatisfy { $0 == scaler.minimum }, "\(name) moves without load")
            run.isInWindow = true
            _ = run.run(3600) { _ in 0 }
            #expect(
                run.replicas == scheduled,
                "\(name) has \(run.replicas) replicas where \(scheduled) are the scheduled minimum")
            // What the load asks for beyond the floor goes again while the window is open.
            _ = run.run(7200) { _ in 2 * Double(model.placement.maxReplicas.value) }
            #expect(run.replicas == scaler.maximum, "\(name)")
            _ = run.run(14_400) { _ in 0 }
            #expect(
                run.replicas == scheduled,
                "\(name) has \(run.replicas) replicas where \(scheduled) are the scheduled minimum")
            run.isInWindow = false
            _ = run.run(7200) { _ in 0 }
            #expect(run.replicas == scaler.minimum, "\(name) keeps \(run.replicas) replicas after its window")
        }
    }

    private func owner(of scaler: EmittedScaler, in cluster: Compiled) throws -> ModelPlan {
        try #require(cluster.plan.models.first { $0.deployments.contains { $0.name.value == scaler.deployment } })
    }

    private func simulation(_ scaler: EmittedScaler, _ model: ModelPlan, _ cluster: Compiled) throws -> Simulation {
        let levels = Dictionary(
            model.levels.map { ($0.signal.signal, $0.scaleUp.value / model.shares.scaleUp.value) }
        ) { first, _ in first }
        func load(_ signal: Signal) -> Double { levels[signal] ?? .nan }
        return try Simulation(
            scaler, base: model.placement.isSplit ? model.placement.minReplicas.value : 0,
            coldStart: Int(Double(model.placement.point.coldStart.total.value).rounded(.up)),
            kubernetes: cluster.plan.spec.platform.kubernetes.value
        ) { selector in
            // Running and waiting sequences are two sums; all else is one.
            if selector.hasPrefix("vllm:num_requests_r") { return (load(.concurrency) * 0.75, nil) }
            if selector.hasPrefix("vllm:num_requests_w") { return (load(.concurrency) * 0.25, nil) }
            // Replicas reject nothing here, so that their queues show all of the load.
            if selector.contains(MetricName.rejections.rawValue) { return nil }
            if selector.hasPrefix("vllm:kv_cache") { return (load(.kvCache) / 100, 1) }
            // A gateway has its rate, no series that is new, and always has metrics.
            if selector.hasPrefix("rate(istio") { return (load(.requests), nil) }
            if selector.hasPrefix("istio") { return selector.contains(" unless ") ? nil : (1, nil) }
            let isRatio = selector.contains(MetricName.gpuUtilizationRatio.rawValue)
            return isRatio ? (load(.gpuUtilization) / 100, 1) : (load(.gpuUtilization), 100)
        }
    }
}
