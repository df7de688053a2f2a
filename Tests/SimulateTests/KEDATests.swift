import Groundwork
import Simulate
import Testing

/// KEDA's operator: what it polls, what it serves to the HPA, and when it falls back.
struct KEDATests {
    private static let epoch = Instant(seconds: 1_800_000_000)
    private let two = KEDATarget(replicas: 2, ready: 2)

    private static let rounded: [(Double, Int)] = [
        (1.0005, 1000), (2.0005, 2001), (0.0625, 62), (0.1875, 188), (-3, 0), (.infinity, 0), (.nan, 0), (4.2, 4200),
        (16.2275, 16_227),
    ]

    @Test("a value is rounded as Go prints it, and neither negative nor infinite", arguments: rounded)
    func values(_ value: Double, _ milli: Int) {
        var keda = keda([trigger()])
        #expect(serve(&keda, 0, .value(value)) == .value(milli))
    }

    @Test("no element is zero unless the trigger says otherwise; several, or no answer, are an error")
    func empty() {
        var lenient = keda([trigger()])
        #expect(serve(&lenient, 0, .empty) == .value(0))
        #expect(serve(&lenient, 0, .failed) == .failed)
        var strict = keda([trigger(ignoresNull: false)])
        #expect(serve(&strict, 0, .empty) == .failed)
        #expect(serve(&strict, 0, .value(.nan)) == .failed)
    }

    @Test("a trigger is active above its activation threshold, in the value before rounding")
    func activation() {
        for (value, isActive) in [(5.0, false), (5.0001, true)] {
            var keda = keda([trigger(activation: 5)])
            let decision = keda.poll(at: .seconds(30), KEDATarget(replicas: 0, ready: 0)) { _ in .value(value) }
            #expect((decision.active == .active) == isActive)
            #expect(decision.written == (isActive ? 1 : nil))
            #expect(keda.lastActive == (isActive ? .seconds(30) : nil))
        }
    }

    @Test("both the polls and the reads of the HPA count failures, and one success ends them")
    func fallback() {
        var keda = keda([trigger()], fallback: KEDAFallback(failureThreshold: 3, replicas: 6))
        _ = keda.poll(at: .start, two) { _ in .failed }
        #expect(serve(&keda, 0, .failed) == .failed)
        #expect(serve(&keda, 0, .failed) == .failed)
        let poll = keda.poll(at: .seconds(30), two) { _ in .failed }
        #expect(poll.active == .active && poll.ready == .ready)
        #expect(serve(&keda, 0, .failed) == .value(60_000))
        #expect(serve(&keda, 0, .value(1)) == .value(1000))
        #expect(serve(&keda, 0, .failed) == .failed)
    }

    @Test(
        "the behavior of the fallback chooses between its replicas and the present ones",
        arguments: [
            (KEDAFallback.Behavior.fixed, 2, 6), (.currentReplicas, 2, 2), (.currentReplicasIfHigher, 2, 6),
            (.currentReplicasIfHigher, 8, 8), (.currentReplicasIfLower, 2, 2), (.currentReplicasIfLower, 8, 6),
        ])
    func behaviors(_ behavior: KEDAFallback.Behavior, _ current: Int32, _ replicas: Int) {
        let fallback = KEDAFallback(failureThreshold: 0, replicas: 6, behavior: behavior)
        var keda = keda([trigger()], fallback: fallback)
        let target = KEDATarget(replicas: current, ready: Int(current))
        let served = keda.metric(.trigger(0), at: .start, target) { _ in .failed }
        #expect(served == .value(replicas * 10_000))
    }

    @Test("a fallback of a value for all replicas is divided by the ready pods, and fails without any")
    func totalFallback() {
        var keda = keda([trigger(isTotal: true)], fallback: KEDAFallback(failureThreshold: 0, replicas: 6))
        let served = keda.metric(.trigger(0), at: .start, KEDATarget(replicas: 4, ready: 4)) { _ in .failed }
        #expect(served == .value(15_000))
        let none = keda.metric(.trigger(0), at: .start, KEDATarget(replicas: 4, ready: 0)) { _ in .failed }
        #expect(none == .failed)
    }

    @Test("a cached trigger answers with the value and the error of the last poll")
    func cache() {
        var keda = keda([trigger(isCached: true)])
        #expect(serve(&keda, 0, .value(7)) == .value(7000))
        _ = keda.poll(at: .start, two) { _ in .value(8) }
        #expect(serve(&keda, 0, .value(9)) == .value(8000))
        _ = keda.poll(at: .seconds(30), two) { _ in .failed }
        #expect(serve(&keda, 0, .value(9)) == .failed)
        keda.restart(at: .seconds(31))
        #expect(serve(&keda, 0, .value(9)) == .value(9000))
        #expect(keda.next == .seconds(31))
    }

    @Test("a formula makes one metric of all triggers, truncated and not cut at zero")
    func modifiers() throws {
        let formula = try #require(ModifierFormula("a - b"))
        var keda = keda(
            [trigger(name: "a"), trigger(name: "b")], modifiers: ScalingModifiers(formula: formula, target: 10))
        func serve(_ first: Double, _ second: Double) -> MetricReading {
            keda.metric(.composite, at: .start, two) { .value($0 == 0 ? first : second) }
        }
        #expect(serve(5, 1.5) == .value(3500))
        #expect(serve(1, 4) == .value(-3000))
        #expect(keda.spec.autoscaler.metrics.map(\.target) == [.averageValue(10_000)])
        let poll = keda.poll(at: .start, two) { .value($0 == 0 ? 1 : 4) }
        #expect(poll.active == .coolingDown || poll.active == .inactive)
    }

    @Test("a failing trigger of a formula is nil once the fallback says so, an error before")
    func nullFallback() throws {
        let formula = try #require(ModifierFormula("a ?? b"))
        let fallback = KEDAFallback(failureThreshold: 1, replicas: 4, behavior: .scalingModifiers)
        var keda = keda(
            [trigger(name: "a"), trigger(name: "b")], fallback: fallback,
            modifiers: ScalingModifiers(formula: formula, target: 10))
        func serve(_ second: TriggerReading) -> MetricReading {
            keda.metric(.composite, at: .start, two) { $0 == 0 ? .failed : second }
        }
        #expect(serve(.value(3)) == .failed)
        #expect(serve(.value(3)) == .value(3000))
        #expect(serve(.failed) == .failed)
        // Both are nil: the fallback's replicas.
        #expect(serve(.failed) == .value(40_000))
    }

    @Test("a cron trigger has the value of its replicas inside its window, and zero outside")
    func cron() throws {
        let cron = CronTrigger(
            start: try #require(CronSchedule("0 8 * * *")), end: try #require(CronSchedule("0 9 * * *")),
            zone: ZoneClock(offset: 0), replicas: 3)
        let spec = ScaledObjectSpec(minReplicas: 0, triggers: [KEDATrigger(.cron(cron), threshold: 1)])
        var keda = KEDAOperator(spec, created: .start, epoch: try #require(Instant("2026-11-27T07:59:00Z")))
        let zero = KEDATarget(replicas: 0, ready: 0)
        #expect(keda.poll(at: .seconds(59), zero) { _ in .failed }.written == nil)
        #expect(keda.metric(.trigger(0), at: .seconds(59), zero) { _ in .failed } == .value(0))
        #expect(keda.poll(at: .seconds(60), zero) { _ in .failed }.written == 1)
        #expect(keda.metric(.trigger(0), at: .seconds(60), zero) { _ in .failed } == .value(3000))
    }

    @Test("with triggers of pods alone it is always active")
    func podTriggers() {
        let cpu = KEDATrigger(.resource(HPAMetric(.resource, .utilization(70), name: "cpu")))
        var keda = keda([cpu])
        #expect(keda.poll(at: .start, two) { _ in .failed }.active == .active)
        #expect(keda.spec.autoscaler.metrics.map(\.kind) == [.resource])
    }

    @Test("pausing one direction disables it in the HPA, which makes a behavior")
    func pause() {
        var spec = ScaledObjectSpec(triggers: [trigger()])
        #expect(spec.autoscaler.behavior == nil)
        spec.pausesScaleIn = true
        #expect(spec.autoscaler.behavior?.down.select == .disabled)
        #expect(spec.autoscaler.behavior?.up == ScalingBehavior().up)
        #expect(spec.autoscaler.minimum == 1 && spec.autoscaler.maxReplicas == 100)
    }

    private func trigger(
        name: String = "", activation: Double = 0, isTotal: Bool = false, isCached: Bool = false,
        ignoresNull: Bool = true
    ) -> KEDATrigger {
        KEDATrigger(
            .prometheus(query: "load", ignoresNull: ignoresNull), name: name, threshold: 10, activation: activation,
            isTotal: isTotal, isCached: isCached)
    }

    private func keda(
        _ triggers: [KEDATrigger], fallback: KEDAFallback? = nil, modifiers: ScalingModifiers? = nil
    ) -> KEDAOperator {
        let spec = ScaledObjectSpec(
            minReplicas: 0, maxReplicas: 9, triggers: triggers, fallback: fallback, modifiers: modifiers)
        return KEDAOperator(spec, created: .start, epoch: Self.epoch)
    }

    private func serve(_ keda: inout KEDAOperator, _ index: Int, _ reading: TriggerReading) -> MetricReading {
        keda.metric(.trigger(index), at: .start, two) { _ in reading }
    }
}
