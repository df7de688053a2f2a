import Groundwork

/// The values of PriorityClasses by name.
package struct PriorityClasses: Sendable {
    private var classes: [String: (value: Int, preempts: Bool)] = [
        "system-cluster-critical": (2_000_000_000, true), "system-node-critical": (2_000_001_000, true),
    ]
    private var fallback = (value: 0, preempts: true)

    /// Reads the PriorityClasses among some objects.
    package init(_ objects: [ManifestValue] = []) {
        for object in objects where object["kind"]?.text == "PriorityClass" {
            let entry = (object["value"]?.integer ?? 0, object["preemptionPolicy"]?.text != "Never")
            if let name = object.at("metadata", "name")?.text { classes[name] = entry }
            if object["globalDefault"]?.boolean == true { fallback = entry }
        }
    }

    /// The priority of a class; that of the default class without a name.
    func priority(_ name: String?) -> (value: Int, preempts: Bool) { name.flatMap { classes[$0] } ?? fallback }
}

extension PodPlacementSpec {
    /// Reads the pods of a workload such as a Deployment or a DaemonSet.
    package init?(
        workload: ManifestValue, priorities: PriorityClasses = PriorityClasses(),
        claims: [String: ResourceAmounts] = [:]
    ) {
        guard let template = workload.podTemplate else { return nil }
        let namespace = workload.at("metadata", "namespace")?.text ?? "default"
        self.init(template: template, namespace: namespace, priorities: priorities, claims: claims)
        isDaemon = workload["kind"]?.text == "DaemonSet"
        if workload["kind"]?.text == "LeaderWorkerSet" {
            labels["leaderworkerset.sigs.k8s.io/name"] = workload.at("metadata", "name")?.text
            labels["leaderworkerset.sigs.k8s.io/worker-index"] = "0"
        }
        self.workload = workload.at("spec", "selector").map { PodSelector(selecting: $0, namespace: namespace) }
    }

    /// Reads a pod or a pod template; claims are counted by the class of the devices that their templates request.
    package init(
        template: ManifestValue, namespace: String, priorities: PriorityClasses = PriorityClasses(),
        claims: [String: ResourceAmounts] = [:]
    ) {
        let (metadata, spec) = (template["metadata"], template["spec"])
        let labels = (metadata?["labels"]?.entries ?? []).map { ($0.key, $0.value.text ?? "") }
        var requests = podRequests(spec)
        for claim in spec?["resourceClaims"]?.items ?? [] {
            if let name = claim["resourceClaimTemplateName"]?.text { requests += claims[name] ?? ResourceAmounts() }
        }
        self.init(namespace: namespace, labels: Dictionary(labels) { $1 }, requests: requests)
        for entry in spec?["nodeSelector"]?.entries ?? [] {
            nodeSelector.add(entry.key, LabelValues([entry.value.text ?? ""]))
        }
        let affinity = spec?["affinity"]
        let required = "requiredDuringSchedulingIgnoredDuringExecution"
        let preferred = "preferredDuringSchedulingIgnoredDuringExecution"
        nodeTerms = affinity?.at("nodeAffinity", required, "nodeSelectorTerms")?.items?.map {
            LabelRequirements(reading: $0["matchExpressions"]?.items)
        }
        nodePreferences = (affinity?.at("nodeAffinity", preferred)?.items ?? []).map {
            NodePreference(
                weight: $0["weight"]?.integer ?? 1,
                requirements: LabelRequirements(reading: $0.at("preference", "matchExpressions")?.items))
        }
        func terms(_ kind: String) -> [PodAffinityTerm] {
            let hard = affinity?.at(kind, required)?.items ?? []
            let soft = affinity?.at(kind, preferred)?.items ?? []
            return hard.map { PodAffinityTerm(reading: $0, namespace: namespace) }
                + soft.compactMap { term in
                    term["podAffinityTerm"].map {
                        PodAffinityTerm(reading: $0, namespace: namespace, weight: term["weight"]?.integer ?? 1)
                    }
                }
        }
        self.affinity = terms("podAffinity")
        antiAffinity = terms("podAntiAffinity")
        tolerations = (spec?["tolerations"]?.items ?? []).map { PodToleration(reading: $0) }
        spreads = (spec?["topologySpreadConstraints"]?.items ?? []).map {
            SpreadConstraint(reading: $0, namespace: namespace)
        }
        let priority = priorities.priority(spec?["priorityClassName"]?.text)
        self.priority = spec?["priority"]?.integer ?? priority.value
        preempts = spec?["preemptionPolicy"]?.text.map { $0 != "Never" } ?? priority.preempts
        grace = (spec?["terminationGracePeriodSeconds"]?.integer ?? 30) * 1000
        switch metadata?.at("annotations", "karpenter.sh/do-not-disrupt")?.text {
        case "true": protection = .always
        case let text?: protection = queryDuration(text).map { .since(Int($0 * 1000)) } ?? .unprotected
        case nil: protection = .unprotected
        }
    }
}

/// What a pod requests: its containers and sidecars together, or more if an init container needs more.
private func podRequests(_ spec: ManifestValue?) -> ResourceAmounts {
    func requests(_ container: ManifestValue) -> ResourceAmounts {
        let resources = container["resources"]
        // Without a request, the limit is the request.
        let limits = ResourceAmounts(reading: resources?["limits"])
        let requests = ResourceAmounts(reading: resources?["requests"])
        return ResourceAmounts(limits.amounts.merging(requests.amounts) { $1 })
    }
    var sidecars = ResourceAmounts()
    var most = ResourceAmounts()
    for container in spec?["initContainers"]?.items ?? [] {
        if container["restartPolicy"]?.text == "Always" {
            sidecars += requests(container)
            most = most.greater(sidecars)
        } else {
            most = most.greater(sidecars + requests(container))
        }
    }
    let containers = (spec?["containers"]?.items ?? []).reduce(sidecars) { $0 + requests($1) }
    return containers.greater(most) + ResourceAmounts(reading: spec?["overhead"])
}

/// The devices that each ResourceClaimTemplate requests, counted by class as the resource `claim/CLASS`.
package func claimedDevices(_ objects: [ManifestValue]) -> [String: ResourceAmounts] {
    var claims: [String: ResourceAmounts] = [:]
    for object in objects where object["kind"]?.text == "ResourceClaimTemplate" {
        guard let name = object.at("metadata", "name")?.text else { continue }
        var devices = ResourceAmounts()
        for request in object.at("spec", "spec", "devices", "requests")?.items ?? [] {
            // The first of alternatives is the preferred one.
            let exact = request["exactly"] ?? request["firstAvailable"]?.items?.first ?? request
            guard let name = exact["deviceClassName"]?.text else { continue }
            devices["claim/\(name)"] += (exact["count"]?.integer ?? 1) * 1000
        }
        claims[name] = devices
    }
    return claims
}
