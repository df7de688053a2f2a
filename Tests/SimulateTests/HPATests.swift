import Groundwork
import Simulate
import Testing

/// Edges of the HPA controller that its traces do not show, or not by themselves.
struct HPATests {
    @Test("before 1.33 the edge of the tolerance already scales, since then it holds")
    func toleranceEdge() {
        // |1 - 1.1| is a little more than 0.1 in doubles, 1.1 is not more than 1 + 0.1.
        #expect(first(Version(1, 32), 10, 1_100_000) == 11)
        #expect(first(Version(1, 33), 10, 1_100_000) == 10)
    }

    @Test("a tolerance in the object counts from 1.35 on")
    func tolerances() {
        let behavior = ScalingBehavior(up: .init(tolerance: Quantity("0")))
        #expect(first(Version(1, 34), 10, 1_050_000, behavior) == 10)
        #expect(first(Version(1, 35), 10, 1_050_000, behavior) == 11)
    }

    @Test("zero replicas disable an HPA, from 1.37 on only if it did not scale to zero itself")
    func zero() {
        let spec = HPASpec(minReplicas: 0, maxReplicas: 9, metrics: [average(100)])
        for (minor, isAwake) in [(36, false), (37, true)] {
            var controller = autoscaler(spec, Version(1, minor))
            #expect(controller.step(at: .seconds(15), scale: scale(1), metrics: [.value(0)]).replicas == 1)
            var later = VirtualTime.seconds(30)
            var replicas: Int32 = 1
            while replicas > 0, later < .seconds(900) {
                replicas = controller.step(at: later, scale: scale(1), metrics: [.value(0)]).replicas ?? -1
                later = controller.next
            }
            #expect(replicas == 0)
            #expect(controller.conditions.isScaledToZero == isAwake)
            let woken = controller.step(at: later, scale: scale(0), metrics: [.value(150_000)])
            #expect(woken.replicas == (isAwake ? 2 : 0))
            #expect(controller.conditions.scalingActive?.reason == (isAwake ? .validMetricFound : .scalingDisabled))
            // A zero that was written from outside is kept in any release.
            var other = autoscaler(spec, Version(1, minor))
            #expect(other.step(at: .seconds(15), scale: scale(0), metrics: [.value(150_000)]).replicas == 0)
        }
    }

    @Test("a raised minimum wakes what the HPA scaled to zero, at once to the minimum")
    func raisedMinimum() {
        var controller = autoscaler(
            HPASpec(
                minReplicas: 0, maxReplicas: 9, metrics: [average(100)],
                behavior: ScalingBehavior(down: .init(window: 0))), Version(1, 37))
        #expect(controller.step(at: .seconds(15), scale: scale(2), metrics: [.value(0)]).replicas == 0)
        controller.spec.minReplicas = 3
        #expect(controller.step(at: .seconds(30), scale: scale(0), metrics: [.value(0)]).replicas == 3)
    }

    @Test("an invalid or ambiguous selector, and a target that cannot be read, stop the reconcile")
    func stops() {
        var controller = autoscaler(HPASpec(maxReplicas: 9, metrics: [average(100)]))
        var broken = scale(4)
        for (selector, reason) in [
            (ScaleReading.Selector.invalid, HPAConditions.Reason.invalidSelector), (.ambiguous, .ambiguousSelector),
        ] {
            broken.selector = selector
            let decision = controller.step(at: .seconds(15), scale: broken, metrics: [.value(900_000)])
            #expect(decision.isError && decision.replicas == 4 && decision.recommendation == nil)
            #expect(controller.conditions.scalingActive?.reason == reason)
        }
        #expect(controller.step(at: .seconds(30), scale: nil, metrics: []).isError)
        #expect(controller.conditions.ableToScale?.reason == .failedGetScale)
        #expect(controller.statusDesired == 0)
    }

    @Test("replicas outside of the bounds are corrected without windows and policies, also while no metric can be read")
    func bounds() {
        let slow = ScalingBehavior(
            up: .init(window: 600, policies: [ScalingPolicy(.pods, 1, period: 600)]),
            down: .init(window: 600, policies: [ScalingPolicy(.pods, 1, period: 600)]))
        var controller = autoscaler(HPASpec(minReplicas: 6, maxReplicas: 8, metrics: [average(100)], behavior: slow))
        #expect(controller.step(at: .seconds(15), scale: scale(1), metrics: [.failed]).replicas == 6)
        #expect(controller.step(at: .seconds(30), scale: scale(20), metrics: [.failed]).replicas == 8)
        #expect(!controller.readsMetrics(20) && !controller.readsMetrics(1) && controller.readsMetrics(7))
    }

    @Test("a negative sum for each replica counts as an overflow, one for all replicas does not")
    func negative() {
        var each = autoscaler(HPASpec(maxReplicas: 30, metrics: [average(100)]))
        #expect(each.step(at: .seconds(15), scale: scale(20), metrics: [.value(-1)]).replicas == 30)
        var all = autoscaler(
            HPASpec(maxReplicas: 30, metrics: [total(100)], behavior: ScalingBehavior(down: .init(window: 0))))
        #expect(all.step(at: .seconds(15), scale: scale(20), metrics: [.value(-1)]).replicas == 1)
    }

    @Test("a value for all replicas is divided by the ready pods, those that end too, and needs any pod")
    func readyPods() {
        var controller = autoscaler(HPASpec(maxReplicas: 99, metrics: [total(100)]))
        let draining = ScaleReading(spec: 4, status: 4, pods: 10, ready: 10)
        #expect(controller.step(at: .seconds(15), scale: draining, metrics: [.value(150_000)]).recommendation == 15)
        let empty = ScaleReading(spec: 4, status: 0, pods: 0, ready: 0)
        #expect(controller.step(at: .seconds(30), scale: empty, metrics: [.value(150_000)]).isError)
        // At the target nothing is divided, so that no pod is needed.
        #expect(!controller.step(at: .seconds(45), scale: empty, metrics: [.value(100_000)]).isError)
    }

    @Test("a quotient of doubles is not the exact one")
    func doubles() {
        var controller = autoscaler(HPASpec(maxReplicas: 99, metrics: [total(60)]))
        #expect(controller.step(at: .seconds(15), scale: scale(15), metrics: [.value(124_000)]).recommendation == 32)
    }

    @Test("what exceeds 32 bits follows the machine for an object, and is capped for an external metric")
    func overflow() {
        for (overflow, kind, replicas) in [
            (HPASettings.Overflow.least, HPAMetric.Kind.object, 1), (.saturates, .object, 50), (.least, .external, 50),
        ] {
            var settings = HPASettings(kubernetes: Version(1, 36))
            settings.overflow = overflow
            let behavior = ScalingBehavior(
                up: .init(policies: [ScalingPolicy(.pods, 1000, period: 15)]), down: .init(window: 0))
            let metric = HPAMetric(kind, .averageValue(1))
            var controller = HorizontalAutoscaler(
                HPASpec(maxReplicas: 50, metrics: [metric], behavior: behavior), settings, seen: .start)
            let decision = controller.step(at: .seconds(15), scale: scale(4), metrics: [.value(1 << 60)])
            #expect(decision.replicas == Int32(replicas))
        }
    }

    @Test("conflicts delay a write and the next reconcile; after five the write has failed")
    func conflicts() {
        var controller = autoscaler(
            HPASpec(maxReplicas: 50, metrics: [average(100)], behavior: ScalingBehavior()))
        let late = controller.step(
            at: .seconds(15), scale: scale(4), metrics: [.value(700_000)], write: .conflicts(4))
        #expect(late.replicas == 7 && controller.next == VirtualTime(milliseconds: 30_040))
        let failed = controller.step(
            at: controller.next, scale: scale(7), metrics: [.value(900_000)], write: .conflicts(5))
        #expect(failed.replicas == 7 && failed.isError && failed.recommendation == 9)
        #expect(controller.conditions.ableToScale?.reason == .failedUpdateScale)
        #expect(controller.statusDesired == 7)
    }

    @Test("a restart forgets recommendations, so that nothing shrinks for a window")
    func restart() {
        var controller = autoscaler(HPASpec(maxReplicas: 50, metrics: [average(100)]))
        var replicas: Int32 = 10
        for step in 1...40 {
            if step == 15 { controller.restart(at: .seconds(15 * step - 15)) }
            let decision = controller.step(at: .seconds(15 * step), scale: scale(replicas), metrics: [.value(100_000)])
            replicas = decision.replicas ?? -1
            // 225 s + 300 s, at which the first recommendation still counts.
            #expect(replicas == (step <= 35 ? 10 : 1), "\(step)")
        }
    }

    /// The replicas after the first reconcile.
    private func first(_ version: Version, _ replicas: Int32, _ milli: Int, _ behavior: ScalingBehavior? = nil)
        -> Int32?
    {
        var controller = autoscaler(
            HPASpec(maxReplicas: 99, metrics: [average(100)], behavior: behavior), version)
        return controller.step(at: .seconds(15), scale: scale(replicas), metrics: [.value(milli)]).replicas
    }
}
