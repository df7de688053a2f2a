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
        .fact("class", "realtime, interactive or batch") { $0.placement.spec.workloadClass },
        .maybe("role", "base or surge, where the model is split") { deployment in
            role(of: deployment)
        },
        .maybe("replicas", "fixed replicas; absent where an autoscaler owns them") { $0.deployment.replicas },
        .mapping("selector", "the labels that select its pods") { selector($0) },
        .records("pools", "the pools that it may use, by preference", poolUseFacts) { $0.deployment.pools },
        .fact("hostSpread", "what becomes of a pod that would stand unevenly: DoNotSchedule or ScheduleAnyway") {
            hostSpread($0)
        },
        .maybe("leastHosts", "nodes on which its pods stand at least, where one may be lost") { leastHosts($0) },
        .fact("priorityClass", "the name of its PriorityClass") { $0.placement.spec.priority.map(Names.priorityClass) },
        .maybe("serviceAccount", "its ServiceAccount, where its pods have an IAM role") { deployment in
            deployment.placement.spec.roleArn == nil ? nil : deployment.placement.spec.name
        },
        .fact("image", "its image") { $0.serving.image },
        .list("pullSecrets", "Secrets with which images are pulled") { $0.placement.spec.serving.pullSecrets },
        .list("arguments", "arguments of `vllm serve`") { $0.serving.arguments },
        .records("environment", "its environment variables", environmentFacts) { $0.serving.environment },
        .fact("cpu", "CPU that it requests") { $0.serving.cpu },
        .fact("memory", "memory that it requests") { $0.serving.memory },
        .fact("memoryLimit", "memory that it may use") { $0.serving.memoryLimit },
        .fact("ephemeralStorage", "disk that it requests") { $0.serving.ephemeralStorage },
        .fact("sharedMemory", "size of /dev/shm") { $0.serving.sharedMemory },
        .maybe("gpuResource", "the extended resource that it requests; absent where it claims devices") {
            $0.serving.gpuResource
        },
        .fact("gpuCount", "GPUs, or shares of one, of a replica") { $0.serving.gpuCount },
        .maybe("claimTemplate", "the ResourceClaimTemplate of its GPUs") { $0.serving.claimTemplate },
        .maybe("sharedClaim", "the ResourceClaim that its pods share") { $0.serving.sharedClaim },
        .maybe("channelTemplate", "the ResourceClaimTemplate of its channel in a ComputeDomain") {
            DomainPlan($0.placement)?.channelTemplate
        },
        .fact("usesMPS", "whether its shared memory comes from the MPS daemon of its node") { deployment in
            Traced(
                deployment.serving.usesMPS, because: "whether its processes run side by side on a GPU",
                Ingredient("share", deployment.placement.spec.gpu.share))
        },
        .maybe("weightsClaim", "a volume claim that holds the weights") { $0.serving.weightsClaim },
        .maybe("weightsImage", "an image that holds the weights") { $0.serving.weightsImage },
        .fact("drainDelay", "seconds between leaving the endpoints and the signal to stop") { $0.serving.drainDelay },
        .fact("gracePeriod", "seconds from the wish to stop until the kill") { $0.serving.gracePeriod },
        .fact("startupFailures", "probes that may fail while the model loads") { $0.serving.startupFailures },
        .maybe("safeToEvict", "whether Cluster Autoscaler may move its pods, where it resizes their node group") {
            deployment in
            let platform = deployment.model.plan.spec.platform
            return deployment.placement.isResized(platform)
                ? Traced(
                    "false", because: "a replica loads for minutes wherever it is moved",
                    Ingredient("clusterAutoscaler", platform.clusterAutoscaler)) : nil
        },
        .fact("loadProtection", "how long a new pod keeps its node from being disrupted") { $0.serving.loadProtection },
    ])

private func selector(_ deployment: DeploymentInPlan) -> [(String, Traced<String>)] {
    [(Names.modelLabel, deployment.placement.spec.name)]
        + (role(of: deployment).map { [(Names.roleLabel, $0)] } ?? [])
}

/// The part of its model that a Deployment is, where the model is split.
private func role(of deployment: DeploymentInPlan) -> Traced<String>? {
    deployment.deployment.role.map {
        Traced(
            $0.rawValue, because: "models on spot have a base that stays and a surge that comes and goes",
            Ingredient("spot", deployment.placement.nodes.spot))
    }
}

private func hostSpread(_ deployment: DeploymentInPlan) -> Traced<String> {
    deployment.deployment.standsEvenly
        ? Traced(
            "DoNotSchedule", .convention("the loss of a node is to take an even part of the replicas, and no more"))
        : Traced("ScheduleAnyway", .convention("a pod in a crowd is better than none"))
}

private func leastHosts(_ deployment: DeploymentInPlan) -> Traced<Int>? {
    guard deployment.deployment.standsEvenly, deployment.placement.shape.leastNodes > 1 else { return nil }
    return .whole(Thresholds.evenNodes)
}

let poolUseFacts = FactTable<PoolUse>(
    "poolUse", "a pool that a Deployment may use",
    [.fact("name", "its name") { $0.name }, .fact("preference", "the higher the better; 1 to 100") { $0.preference }])

let environmentFacts = FactTable<EnvironmentVariable>(
    "variable", "an environment variable",
    [
        .fact("name", "its name") { $0.name },
        .maybe("value", "its value") { $0.value },
        .maybe("secret", "the Secret that holds its value") { $0.secret },
        .maybe("key", "the key of that Secret") { $0.key },
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
    "scaler", "what makes a Deployment follow its load",
    [
        .fact("name", "its name") { $0.scaler.name },
        .record("deployment", "the Deployment that it scales", deploymentFacts) { $0.deployment },
        .fact("minReplicas", "the least replicas") { $0.scaler.minReplicas },
        .fact("maxReplicas", "the most replicas") { $0.scaler.maxReplicas },
        .records("triggers", "its signals", triggerFacts) { $0.scaler.triggers },
        .records("floors", "its floors by the clock", floorFacts) { $0.scaler.floors },
        .maybe("adopted", "the existing HorizontalPodAutoscaler that KEDA takes over") { $0.scaler.adopted },
        .maybe("toleranceUp", "how far above the target nothing happens") { $0.scaler.toleranceUp },
        .maybe("toleranceDown", "how far below the target nothing happens") { $0.scaler.toleranceDown },
        .fact("stabilizationDown", "seconds for which a lower need must last") { $0.scaler.stabilizationDown },
        .fact("podsPerStep", "replicas that may be added in one step") { $0.scaler.podsPerStep },
        .fact("secondsPerStep", "seconds of such a step") { $0.scaler.secondsPerStep },
        .fact("percentDown", "share of replicas that may be removed in one step, percent") { $0.scaler.percentDown },
        .fact("secondsDown", "seconds of such a step") { $0.scaler.secondsDown },
        .fact("fallbackReplicas", "replicas to keep when the metrics are gone") { $0.scaler.fallbackReplicas },
        .maybe("cooldown", "seconds without load before the last replica goes; only where none may run") {
            $0.scaler.cooldown
        },
        .maybe("pollingInterval", "seconds between looks at the load while none runs") { $0.scaler.pollingInterval },
    ])

let floorFacts = FactTable<ScheduleFloor>(
    "floor", "a weekly window with a floor of replicas",
    [
        .fact("name", "its name") { $0.name }, .fact("timezone", "the time zone of its clock") { $0.timezone },
        .fact("start", "when it begins, as cron") { $0.start }, .fact("end", "when it ends, as cron") { $0.end },
        .fact("replicas", "the fewest replicas of the Deployment then") { $0.replicas },
    ])

let triggerFacts = FactTable<TriggerPlan>(
    "trigger", "one signal of a scaler",
    [
        .fact("name", "its name") { trigger in Traced(trigger.name, .convention("the signal's name")) },
        .fact("query", "PromQL for the total load, one element") { $0.query },
        .fact("target", "what one replica should carry") { $0.targetText },
        .fact("quantity", "the same as a Kubernetes quantity") { $0.targetQuantity },
    ])
