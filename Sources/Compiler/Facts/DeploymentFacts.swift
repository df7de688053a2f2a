import Groundwork
import Planning

/// A Deployment with its model.
final class DeploymentInPlan: Sendable {
    let deployment: Deployment
    let model: ModelInPlan

    init(deployment: Deployment, model: ModelInPlan) {
        self.deployment = deployment
        self.model = model
    }

    var serving: ServingPlan { deployment.serving }
    var placement: Placement { model.placement }
}

/// A Deployment.
let deploymentFacts = FactTable<DeploymentInPlan>(
    "deployment", "a Deployment of a model",
    [
        .fact("name", "its name") { $0.deployment.name },
        .fact("model", "the model that it serves") { $0.placement.spec.name },
        .fact("namespace", "its namespace, that of its model") { $0.placement.spec.namespace },
        .fact("class", "the workload class: realtime, interactive or batch") { $0.placement.spec.workloadClass },
        .mapping("labels", "the labels that the spec puts on it and its pods") {
            labels($0.placement.spec.metadata)
        },
        .mapping("annotations", "the annotations that the spec puts on it and its pods") {
            annotations($0.placement.spec.metadata)
        },
        .maybe("role", "base or surge, if the model is split") { deployment in
            role(of: deployment)
        },
        .maybe("replicas", "the number of replicas; absent if an autoscaler owns it") { $0.deployment.replicas },
        .mapping("selector", "the labels that select its pods") { selector($0) },
        .fact("kind", "its kind, which is StatefulSet or LeaderWorkerSet for some existing workloads") {
            $0.placement.workload.map { $0.kind.map(\.rawValue) }
                ?? Traced("Deployment", .convention("a model server has no state"))
        },
        .fact("apiVersion", "the version of its API") {
            $0.placement.workload.map { $0.kind.map(\.apiVersion) }
                ?? Traced("apps/v1", .convention("the API of Deployments"))
        },
        .fact("service", "the Service of its model") { service($0.placement) },
        .fact("isAutoscaled", "whether an autoscaler owns its replicas") { deployment in
            Traced(
                deployment.deployment.scaler != nil, because: "whether the plan has an autoscaler for it",
                Ingredient("by", deployment.placement.spec.scaling.by))
        },
        .records(
            "pools", "the pools that it may use, in order of preference; none if its nodes exist already", poolUseFacts
        ) { $0.placement.isExisting ? [] : $0.deployment.pools },
        .mapping("nodeLabels", "the labels of nodes that exist already, which its pods require") {
            $0.placement.spec.existing?.nodeLabels ?? []
        },
        .fact("hostSpread", "`whenUnsatisfiable` of the spread over nodes: DoNotSchedule or ScheduleAnyway") {
            hostSpread($0)
        },
        .maybe("leastHosts", "`minDomains` of the spread over nodes, if the plan covers the loss of a node") {
            leastHosts($0)
        },
        .fact("priorityClass", "the name of its PriorityClass") { $0.placement.spec.priority.map(Names.priorityClass) },
        .maybe("serviceAccount", "its ServiceAccount, if it has one of its own") {
            $0.placement.spec.serviceAccountName
        },
        .fact("image", "its image") { $0.serving.image },
        .list("pullSecrets", "the Secrets for pulling images") { $0.placement.spec.serving.pullSecrets },
        .list("arguments", "the arguments of `vllm serve`") { $0.serving.arguments },
        .records("environment", "its environment variables", environmentFacts) { $0.serving.environment },
        .records("environmentSources", "Secrets and ConfigMaps all of whose keys are variables", environmentSourceFacts)
        {
            $0.placement.spec.serving.pod.environmentFrom
        },
        .records("mounts", "the volumes that the spec mounts", mountFacts) { $0.placement.spec.serving.pod.volumes },
        .records("tolerations", "the taints that the spec tolerates", tolerationFacts) {
            $0.placement.spec.serving.pod.tolerations + ($0.placement.spec.existing?.furtherTaints ?? [])
        },
        .maybe("podAffinity", "the affinity to pods that the spec sets") { $0.placement.spec.serving.pod.podAffinity },
        .maybe("podAntiAffinity", "the anti-affinity to pods that the spec sets") {
            $0.placement.spec.serving.pod.podAntiAffinity
        },
        .fact("runsAsRoot", "whether its containers run as root") { $0.serving.user.isRoot },
        .maybe("user", "the ID of the user that its containers run as; absent for root") { $0.serving.user.id },
        .fact("cpu", "the CPU request") { $0.serving.cpu },
        .fact("memory", "the memory request") { $0.serving.memory },
        .fact("memoryLimit", "the memory limit") { $0.serving.memoryLimit },
        .fact("ephemeralStorage", "the ephemeral storage request") { $0.serving.ephemeralStorage },
        .fact("sharedMemory", "the size of /dev/shm") { $0.serving.sharedMemory },
        .maybe("gpuResource", "the extended resource of its GPUs; absent if it claims devices") {
            $0.serving.gpuResource
        },
        .fact("gpuCount", "the GPUs of a replica, or its shares of one") { $0.serving.gpuCount },
        .maybe("claimTemplate", "the ResourceClaimTemplate of its GPUs") { $0.serving.claimTemplate },
        .maybe("sharedClaim", "the ResourceClaim that its pods share") { $0.serving.sharedClaim },
        .maybe("channelTemplate", "the ResourceClaimTemplate of its ComputeDomain channel") {
            DomainPlan($0.placement)?.channelTemplate
        },
        .fact("usesMPS", "whether it mounts the shared memory of the MPS daemon on its node") { deployment in
            Traced(
                deployment.serving.usesMPS, because: "whether its pods share a GPU by MPS",
                Ingredient("share", deployment.placement.spec.gpu.share))
        },
        .maybe("weightsClaim", "the PersistentVolumeClaim with the weights") { $0.serving.weightsClaim },
        .maybe("weightsImage", "the image with the weights") { $0.serving.weightsImage },
        .fact("drainDelay", "seconds between removal from the endpoints and SIGTERM") { $0.serving.drainDelay },
        .fact("gracePeriod", "`terminationGracePeriodSeconds`") { $0.serving.gracePeriod },
        .fact("startupFailures", "`failureThreshold` of the startup probe") { $0.serving.startupFailures },
        .maybe("safeToEvict", "whether Cluster Autoscaler may evict its pods, if it resizes their node group") {
            deployment in
            let platform = deployment.model.plan.spec.platform
            return deployment.placement.isResized(platform)
                ? Traced(
                    "false", because: "an evicted replica takes minutes to load again",
                    Ingredient("clusterAutoscaler", platform.clusterAutoscaler)) : nil
        },
        .fact("loadProtection", "how long a new pod prevents disruption of its node") { $0.serving.loadProtection },
    ])

private func selector(_ deployment: DeploymentInPlan) -> [(String, Traced<String>)] {
    if let workload = deployment.placement.workload { return workload.labels.map { ($0.key.value, $0.value) } }
    return [(Names.modelLabel, deployment.placement.spec.name)]
        + (role(of: deployment).map { [(Names.roleLabel, $0)] } ?? [])
}

/// The name of a model's Service.
func service(_ model: Placement) -> Traced<String> { model.workload?.service ?? model.spec.name }

/// The Deployments of models, or the workloads in their place.
func deployments(of plan: Plan, where isWanted: (Placement) -> Bool) -> [DeploymentInPlan] {
    plan.models.filter { isWanted($0.placement) }.flatMap { model in
        model.deployments.map { DeploymentInPlan(deployment: $0, model: ModelInPlan(model: model, plan: plan)) }
    }
}

/// The role of a Deployment in its model, if the model is split.
private func role(of deployment: DeploymentInPlan) -> Traced<String>? {
    deployment.deployment.role.map {
        Traced(
            $0.rawValue, because: "models on spot have a fixed base and a surge that scales",
            Ingredient("spot", deployment.placement.nodes.spot))
    }
}

private func hostSpread(_ deployment: DeploymentInPlan) -> Traced<String> {
    deployment.deployment.standsEvenly
        ? Traced(
            "DoNotSchedule", .convention("the loss of a node must not take more than an even share of the replicas"))
        : Traced("ScheduleAnyway", .convention("an uneven pod is better than a pending one"))
}

private func leastHosts(_ deployment: DeploymentInPlan) -> Traced<Int>? {
    guard deployment.deployment.standsEvenly, deployment.placement.candidate.leastNodes > 1 else { return nil }
    return .whole(Thresholds.evenNodes)
}

let poolUseFacts = FactTable<PoolUse>(
    "poolUse", "a pool that a Deployment may use",
    [
        .fact("name", "its name") { $0.name },
        .fact("preference", "the weight of the preference, 1 to 100; the highest is preferred") { $0.preference },
    ])

/// A scaler with its Deployment.
final class ScalerInPlan: Sendable {
    let scaler: ScalerPlan
    let deployment: DeploymentInPlan

    init(scaler: ScalerPlan, deployment: DeploymentInPlan) {
        self.scaler = scaler
        self.deployment = deployment
    }
}

let scalerFacts = FactTable<ScalerInPlan>(
    "scaler", "the autoscaling of a Deployment",
    [
        .fact("name", "its name") { $0.scaler.name },
        .record("deployment", "the Deployment that it scales", deploymentFacts) { $0.deployment },
        .fact("minReplicas", "the minimum replicas") { $0.scaler.minReplicas },
        .fact("maxReplicas", "the maximum replicas") { $0.scaler.maxReplicas },
        .records("triggers", "its signals", triggerFacts) { $0.scaler.triggers },
        .records("floors", "its scheduled minimums", scheduledMinimumFacts) { $0.scaler.scheduledMinimums },
        .maybe("adopted", "the existing HorizontalPodAutoscaler that KEDA takes over") { $0.scaler.adopted },
        .maybe("toleranceUp", "the tolerance for scaling up, a ratio") { $0.scaler.toleranceUp },
        .maybe("toleranceDown", "the tolerance for scaling down, a ratio") { $0.scaler.toleranceDown },
        .fact("stabilizationUp", "the scale-up stabilization window, seconds") { $0.scaler.stabilizationUp },
        .fact("stabilizationDown", "the scale-down stabilization window, seconds") { $0.scaler.stabilizationDown },
        .fact("podsPerStep", "the replicas that may be added in one period") { $0.scaler.podsPerStep },
        .fact("secondsPerStep", "that period, seconds") { $0.scaler.secondsPerStep },
        .fact("percentDown", "the share of replicas that may be removed in one period, percent") {
            $0.scaler.percentDown
        },
        .fact("secondsDown", "that period, seconds") { $0.scaler.secondsDown },
        .fact("fallbackReplicas", "the replicas to keep while metrics are missing") { $0.scaler.fallbackReplicas },
        .maybe("cooldown", "seconds without load before scaling to zero; absent if the minimum is at least 1") {
            $0.scaler.cooldown
        },
        .maybe("pollingInterval", "seconds between reads of the load while scaled to zero") {
            $0.scaler.pollingInterval
        },
    ])

let scheduledMinimumFacts = FactTable<ScheduledMinimum>(
    "floor", "a weekly window with a scheduled minimum",
    [
        .fact("name", "its name") { $0.name }, .fact("timezone", "its time zone") { $0.timezone },
        .fact("start", "when it begins, as cron") { $0.start }, .fact("end", "when it ends, as cron") { $0.end },
        .fact("replicas", "the minimum replicas of the Deployment in it") { $0.replicas },
    ])

let triggerFacts = FactTable<TriggerPlan>(
    "trigger", "one signal of a scaler",
    [
        .fact("name", "its name") { trigger in Traced(trigger.name, .convention("the signal's name")) },
        .fact("query", "PromQL for the total load, which gives one element") { $0.query },
        .fact("target", "the target load per replica") { $0.targetText },
        .fact("quantity", "the target as a Kubernetes quantity") { $0.targetQuantity },
    ])
