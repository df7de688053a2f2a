import Groundwork

/// A workload with its autoscaler and its pods while it is simulated.
struct WorkloadRun: Sendable {
    /// A pod as the rest of the cluster sees it.
    struct PodState: Sendable {
        let id: Int
        let created: VirtualTime
        var isDeleted = false
        var node: String?
        var bound: VirtualTime?
        /// Milliseconds in which its node pulls the image.
        var pull = 0
        var isReady = false
    }

    let workload: TreeWorkload
    // One of the two; they are changed in place.
    private var plain: DeploymentController?
    private var scaled: ScaledDeployment?
    /// The pods that the cluster knows, by name.
    var pods: [String: PodState] = [:]
    /// When its last reconcile wanted more replicas than there are, or fewer, for the first time.
    var wanting: (since: VirtualTime, more: Bool)?
    /// What held it back since then, in the order in which it did.
    var held: [ScalingHold] = []
    /// The replicas as they were changed last, for changes that are taken back soon.
    var lastScaleIn: VirtualTime?
    var flaps = 0
    // Read several times in each step of the simulation, while the controllers are large.
    private(set) var next: VirtualTime?
    private(set) var decision: HPADecision?
    private(set) var replicas = 0

    init(_ workload: TreeWorkload, _ settings: HPASettings, at now: VirtualTime, phase: Int, epoch: Instant) {
        self.workload = workload
        var spec = workload.deployment
        spec.replicas = workload.initialReplicas
        let deployment = DeploymentController(spec, created: now)
        switch workload.scaler {
        case .none: plain = deployment
        case .hpa(let spec): scaled = ScaledDeployment(deployment, spec, settings, at: now + phase)
        case .keda(let spec): scaled = ScaledDeployment(deployment, spec, settings, at: now + phase, epoch: epoch)
        }
        refresh()
    }

    var deployment: DeploymentController? { plain ?? scaled?.deployment }
    var autoscaler: HorizontalAutoscaler? { scaled?.autoscaler }
    var kedaDecision: KEDADecision? { scaled?.keda?.decision }

    /// The figures of kube-state-metrics.
    func status(at now: VirtualTime) -> ScrapedLoad.Status? {
        deployment.map { deployment in
            ScrapedLoad.Status(
                wanted: Double(deployment.spec.replicas), replicas: Double(deployment.statusReplicas),
                available: Double(deployment.available(at: now)))
        }
    }

    mutating func change(_ body: (inout DeploymentController) -> Void) {
        if var own = plain {
            plain = nil
            body(&own)
            plain = own
        }
        scaled?.change(body)
        refresh()
    }

    /// Does what the autoscaler has to do now.
    mutating func step(
        at now: VirtualTime, trigger: (Int) -> TriggerReading, metric: (Int) -> MetricReading
    ) {
        scaled?.step(at: now, trigger: trigger, metric: metric)
        refresh()
    }

    private mutating func refresh() {
        replicas = plain?.replicas ?? scaled?.replicas ?? 0
        (next, decision) = (scaled?.next, scaled?.decision)
    }

    /// Why a recommendation is not followed, or not all of it.
    func reason(_ wanted: Int, _ replicas: Int) -> ScalingHold { scaled?.autoscaler?.hold(wanted, replicas) ?? .paused }

    /// The name of a pod in the cluster.
    func name(_ pod: Pod) -> String { "\(workload.name)-\(pod.ordinal)" }
}
