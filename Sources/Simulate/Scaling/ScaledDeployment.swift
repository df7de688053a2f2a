import Groundwork

/// A Deployment with its autoscaler: a plain HPA, or KEDA's operator with the HPA that it makes.
///
/// At one moment pods end first, then KEDA polls, then the HPA reconciles; the Deployment follows what each of them writes.
package struct ScaledDeployment: Sendable, Hashable {
    package private(set) var deployment: DeploymentController
    package private(set) var keda: KEDAOperator?
    /// Nil while KEDA is paused.
    package private(set) var autoscaler: HorizontalAutoscaler?
    /// What the last reconcile of the HPA decided; nil before the first.
    package private(set) var decision: HPADecision?
    private let settings: HPASettings
    /// Where the HPA's metrics come from, if KEDA made it.
    private var sources: [KEDASource] = []

    /// A Deployment with a plain HPA that the controller sees at a moment.
    package init(_ deployment: DeploymentController, _ spec: HPASpec, _ settings: HPASettings, at now: VirtualTime) {
        self.deployment = deployment
        self.settings = settings
        autoscaler = HorizontalAutoscaler(spec, settings, seen: now)
    }

    /// A Deployment with a ScaledObject that is created at a moment.
    package init(
        _ deployment: DeploymentController, _ spec: ScaledObjectSpec, _ settings: HPASettings, at now: VirtualTime,
        epoch: Instant
    ) {
        self.deployment = deployment
        self.settings = settings
        keda = KEDAOperator(spec, created: now, epoch: epoch)
        sources = spec.metrics.map(\.source)
        if spec.isScaling { autoscaler = HorizontalAutoscaler(spec.autoscaler, settings, seen: now) }
        pause(at: spec.pause, now)
    }

    /// When it acts next by itself; nil if it is paused.
    package var next: VirtualTime? {
        guard let poll = keda?.next else { return autoscaler?.next }
        return autoscaler.map { min(poll, $0.next) } ?? poll
    }

    /// `spec.replicas`.
    package var replicas: Int { deployment.spec.replicas }

    /// Changes the Deployment or its pods from outside.
    package mutating func change(_ body: (inout DeploymentController) -> Void) { body(&deployment) }

    /// Takes an edited HPA.
    package mutating func edit(_ spec: HPASpec) { autoscaler?.spec = spec }

    /// Takes an edited ScaledObject.
    ///
    /// A pause deletes the HPA. The one that comes after it remembers nothing.
    package mutating func edit(_ spec: ScaledObjectSpec, at now: VirtualTime) {
        keda?.edit(spec, at: now)
        sources = spec.metrics.map(\.source)
        if !spec.isScaling {
            autoscaler = nil
        } else if autoscaler == nil {
            autoscaler = HorizontalAutoscaler(spec.autoscaler, settings, seen: now)
        } else {
            autoscaler?.spec = spec.autoscaler
        }
        pause(at: spec.pause, now)
    }

    /// Starts KEDA's operator anew.
    package mutating func restartKEDA(at now: VirtualTime) { keda?.restart(at: now) }

    /// Starts the HPA controller anew.
    package mutating func restartHPAController(at now: VirtualTime) { autoscaler?.restart(at: now) }

    /// Does what is due.
    ///
    /// `trigger` reads the source of KEDA's trigger with an index; `metric` reads the HPA's metric with an index where the HPA does.
    package mutating func step(
        at now: VirtualTime, trigger: (Int) -> TriggerReading = { _ in .failed },
        metric: (Int) -> MetricReading = { _ in .failed }
    ) {
        deployment.step(at: now)
        if let due = keda?.next, due <= now {
            let target = KEDATarget(replicas: scale.spec, ready: scale.ready)
            if let written = keda?.poll(at: now, target, read: trigger).written {
                deployment.scale(to: Int(written), at: now)
            }
        }
        guard let due = autoscaler?.next, due <= now else { return }
        let scale = scale
        let readings = readings(scale, at: now, trigger, metric)
        decision = autoscaler?.step(at: now, scale: scale, metrics: readings)
        guard let decision, decision.hasWritten, let replicas = decision.replicas else { return }
        deployment.scale(to: Int(replicas), at: now)
    }

    /// What both autoscalers read of the Deployment.
    private var scale: ScaleReading {
        ScaleReading(
            spec: Int32(clamping: deployment.spec.replicas), status: Int32(clamping: deployment.statusReplicas),
            pods: deployment.replicaSets.reduce(0) { $0 + $1.pods.count }, ready: deployment.servingPods)
    }

    private mutating func readings(
        _ scale: ScaleReading, at now: VirtualTime, _ trigger: (Int) -> TriggerReading, _ metric: (Int) -> MetricReading
    ) -> [MetricReading] {
        guard let autoscaler, autoscaler.readsMetrics(scale.spec) else { return [] }
        guard keda != nil else { return autoscaler.spec.metrics.indices.map(metric) }
        let target = KEDATarget(replicas: scale.spec, ready: scale.ready)
        var readings: [MetricReading] = []
        for (index, source) in sources.enumerated() {
            let served = source == .pods ? nil : keda?.metric(source, at: now, target, read: trigger)
            readings.append(served ?? metric(index))
        }
        return readings
    }

    /// Writes the replicas of a pause.
    private mutating func pause(at pause: ScaledObjectSpec.Pause, _ now: VirtualTime) {
        if case .at(let replicas) = pause { deployment.scale(to: Int(replicas), at: now) }
    }
}
