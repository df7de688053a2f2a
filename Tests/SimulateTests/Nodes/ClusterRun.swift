import Diagnostics
import Groundwork
import Simulate
import Testing
import YAML

/// Reads the objects of some YAML documents.
func objects(_ text: String) throws -> [ManifestValue] {
    var report = Report()
    let nodes = try #require(readYAML(SourceFile(path: "objects.yaml", text: text), &report))
    try #require(!report.hasErrors, "\(report.diagnostics.map(\.message))")
    return nodes.map { ManifestValue($0) }
}

/// A cluster with the scheduler, Karpenter and one workload whose pods are replaced when they are evicted.
struct ClusterRun {
    var cluster = ClusterState()
    var scheduler = NodeScheduler()
    var karpenter: Karpenter
    let spec: PodPlacementSpec
    private(set) var now = VirtualTime.start
    /// What happened, with its seconds.
    private(set) var log: [String] = []
    private var created = 0

    init(_ spec: PodPlacementSpec, _ karpenter: Karpenter) {
        self.spec = spec
        self.karpenter = karpenter
    }

    /// Adds pods of the workload, or of another one.
    mutating func add(_ count: Int, of other: PodPlacementSpec? = nil) {
        for _ in 0..<count {
            created += 1
            cluster.add(ClusterPod("pod-\(created)", other ?? spec, created: now))
        }
    }

    /// Runs until a second; what is due happens in between.
    mutating func run(until seconds: Int) {
        while true {
            step()
            let end = VirtualTime.seconds(seconds)
            var next = karpenter.wakes(after: now, cluster) ?? end
            if let ends = cluster.pods.compactMap(\.ends).filter({ $0 > now }).min() { next = min(next, ends) }
            guard next < end else { break }
            now = next
        }
        now = .seconds(seconds)
        step()
    }

    private mutating func step() {
        _ = cluster.removeEnded(at: now)
        schedule()
        let events = karpenter.step(at: now, &cluster)
        for event in events {
            log.append("\(Double(now.milliseconds) / 1000) \(text(event))")
            if case .evicted = event { add(1) }
        }
        if !events.isEmpty { schedule() }
    }

    private mutating func schedule() {
        for attempt in scheduler.step(at: now, &cluster) {
            if case .bound(let node) = attempt.outcome {
                log.append("\(Double(now.milliseconds) / 1000) bound \(attempt.pod) to \(node)")
            }
        }
    }

    mutating func interrupt(_ claim: String) {
        for event in karpenter.interrupt(claim, at: now, &cluster) {
            log.append("\(Double(now.milliseconds) / 1000) \(text(event))")
            if case .evicted = event { add(1) }
        }
    }

    private func text(_ event: KarpenterEvent) -> String {
        switch event {
        case .created(let claim): "created \(claim.name)"
        case .launched(let claim, let offering):
            "launched \(claim) as \(offering.type) \(offering.zone) \(offering.capacity.rawValue)"
        case .insufficientCapacity(let claim): "insufficient \(claim)"
        case .timedOut(let claim): "timed out \(claim)"
        case .registered(let claim): "registered \(claim)"
        case .initialized(let claim): "initialized \(claim)"
        case .unprovisionable(let pod, let reasons): "unprovisionable \(pod): \(reasons.joined(separator: "; "))"
        case .disrupting(let claims, let reason, let replacements):
            "disrupting \(claims.joined(separator: ",")) \(reason.rawValue) by [\(replacements.joined(separator: ","))]"
        case .rolledBack(let claims): "rolled back \(claims.joined(separator: ","))"
        case .interrupted(let claim): "interrupted \(claim)"
        case .evicted(let pod): "evicted \(pod)"
        case .draining(let claim, let reason): "draining \(claim) \(reason.rawValue)"
        case .terminated(let claim): "terminated \(claim)"
        }
    }
}

/// A NodePool with some fields of its own, and types for it.
enum Pools {
    static func pool(
        _ name: String = "gpu", weight: Int = 10, types: String = "[small, large]", capacity: String = "[on-demand]",
        limits: String = "{}", policy: String = "WhenEmpty", after: String = "60s", budgets: String = "[{nodes: 100%}]",
        expire: String = "Never", grace: String = "null", taints: String = "[]"
    ) throws -> KarpenterPool {
        let text = """
            kind: NodePool
            metadata: {name: \(name)}
            spec:
              weight: \(weight)
              limits: \(limits)
              disruption: {consolidationPolicy: \(policy), consolidateAfter: \(after), budgets: \(budgets)}
              template:
                metadata: {labels: {stowage.dev/pool: \(name)}}
                spec:
                  nodeClassRef: {name: default}
                  expireAfter: \(expire)
                  terminationGracePeriod: \(grace)
                  taints: \(taints)
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: \(types)}
                  - {key: karpenter.sh/capacity-type, operator: In, values: \(capacity)}
            """
        return try #require(try objects(text).compactMap { KarpenterPool(reading: $0) }.first)
    }

    /// A type with some GPUs in two zones.
    static func type(_ name: String, gpus: Int, price: Double, spot: Double? = nil) -> OfferedType {
        let amounts = ResourceAmounts([
            "cpu": gpus * 8000, "memory": gpus * 64 << 40, "nvidia.com/gpu": gpus * 1000, "pods": 110_000,
        ])
        let zones = ["z1", "z2"]
        let offerings = zones.flatMap { zone in
            [Offering(name, zone, .onDemand, price: price)]
                + (spot.map { [Offering(name, zone, .spot, price: $0)] } ?? [])
        }
        return OfferedType(name, capacity: amounts, allocatable: amounts, offerings: offerings)
    }

    static let types = [type("small", gpus: 1, price: 1, spot: 0.3), type("large", gpus: 8, price: 7, spot: 2.5)]

    /// A pod with one GPU.
    static func pod(_ fields: String = "terminationGracePeriodSeconds: 30", annotations: String = "{}") throws
        -> PodPlacementSpec
    {
        let text = """
            kind: Deployment
            metadata: {name: model, namespace: inference}
            spec:
              selector: {matchLabels: {app: model}}
              template:
                metadata: {labels: {app: model}, annotations: \(annotations)}
                spec:
                  containers:
                  - name: vllm
                    resources: {requests: {cpu: 4, memory: 16Gi}, limits: {nvidia.com/gpu: 1}}
                  \(fields)
            """
        return try #require(try objects(text).compactMap { PodPlacementSpec(workload: $0) }.first)
    }
}
