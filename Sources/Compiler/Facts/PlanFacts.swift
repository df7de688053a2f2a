import Groundwork
import Planning

/// The facts of a whole plan: what templates see as `plan`.
///
/// Everything that a template, `stowage facts` and `plan.json` can name hangs below this table.
let planFacts = FactTable<Plan>(
    "plan", "the plan of one cluster",
    [
        .fact("name", "the name of the GPUCluster") { $0.spec.name },
        .record("platform", "what is installed", platformFacts) { $0.spec.platform },
        .records("models", "the models", modelFacts, shared: true) { plan in
            plan.models.map { ModelInPlan(model: $0, plan: plan) }
        },
        .records(
            "deployments", "the Deployments: one for each model, or its base and surge", deploymentFacts, shared: true
        ) { plan in
            plan.models.flatMap { model in
                model.deployments.map { DeploymentInPlan(deployment: $0, model: ModelInPlan(model: model, plan: plan)) }
            }
        },
        .records("scaledObjects", "the scalers that KEDA runs", scalerFacts, shared: true) { scalers($0, .keda) },
        .records("plainAutoscalers", "the scalers that are plain HorizontalPodAutoscalers", scalerFacts, shared: true) {
            scalers($0, .hpa)
        },
        .records("pools", "the pools of nodes, whoever brings them", poolFacts) { $0.pools },
        .records("nodePools", "those that are Karpenter's NodePools", poolFacts) { $0.nodePools },
        .records("nodeGroups", "those that are managed node groups", nodeGroupFacts) { nodeGroups($0) },
        .records("nodeClasses", "the EC2NodeClasses", nodeClassFacts) { $0.nodeClasses },
        .records("overlays", "what Karpenter cannot know of shared GPUs", overlayFacts) { plan in
            plan.pools.compactMap { pool in pool.sharing.overlay.map { OverlayInPlan(overlay: $0, pool: pool) } }
        },
        .records("deviceConfigurations", "the device plugin's configurations", deviceConfigurationFacts) {
            deviceConfigurations($0)
        },
        .records("mpsConfigurations", "those of them that need an MPS daemon of ours", deviceConfigurationFacts) {
            plan in
            guard plan.spec.platform.gpu.ownsDevicePlugin else { return [] }
            return deviceConfigurations(plan).filter { if case .mps = $0.layout { true } else { false } }
        },
        .records("migLayouts", "the MIG layouts in use", migLayoutFacts) { migLayouts($0) },
        .records("deviceClasses", "the DeviceClasses that models claim", deviceClassFacts) { $0.deviceClasses },
        .records("claimTemplates", "the claims of which each pod gets its own", claimFacts) { plan in
            plan.claims.filter { !$0.isShared }
        },
        .records("sharedClaims", "the claims that several pods refer to", claimFacts) { plan in
            plan.claims.filter(\.isShared)
        },
        .records("computeDomains", "the ComputeDomains that models' replicas form", domainFacts) { plan in
            plan.models.compactMap { DomainPlan($0.placement) }
        },
        .list("driverGates", "the feature gates that NVIDIA's DRA driver needs") { driverGates($0) },
        .maybe("driverShares", "into how many shares NVIDIA's DRA driver cuts each GPU") { plan in
            plan.pools.lazy.compactMap(\.sharing.shares).first
        },
        .records("buffers", "room for surges that Karpenter keeps", headroomFacts) { headrooms($0, buffers: true) },
        .records("placeholders", "room for surges that placeholder pods keep", headroomFacts) {
            headrooms($0, buffers: false)
        },
        .fact("placeholderPriority", "the priority of placeholder pods: below that of all others") { _ in
            .whole(Thresholds.placeholderPriority)
        },
        .records("priorities", "the PriorityClasses in use", priorityFacts) { priorities($0) },
        .records("namespaces", "the namespaces to create; none where they exist", namespaceFacts) { namespaces($0) },
        .mapping("quota", "the most that the models' namespace may request") { quota($0) },
        .records("ruleGroups", "the platform's Prometheus rules", ruleGroupFacts) { $0.platformRules },
        .fact("counterTable", "the GPU metrics to export, a line each") { _ in
            Traced(counterTable, .convention("the metrics that rules and dashboards read"))
        },
        .record("fleet", "the queries and lines of the cluster's own dashboard", fleetFacts) { $0.fleet },
        .record("money", "what it costs", moneyFacts) { MoneyInPlan(plan: $0) },
        .maybeRecord("argocd", "the Argo CD Application, where Argo CD syncs", gitopsFacts) { gitops($0, .argocd) },
        .maybeRecord("flux", "the Flux source, where Flux syncs", gitopsFacts) { gitops($0, .flux) },
        .fact("ownsDevicePlugin", "whether the device plugin is ours to run") { plan in
            Traced(
                plan.spec.platform.gpu.ownsDevicePlugin,
                because: "the GPU Operator brings one, and Bottlerocket too",
                Ingredient("stack", plan.spec.platform.gpu.stack), Ingredient("AMI", plan.spec.platform.gpu.ami))
        },
        .fact("ownsExporter", "whether the DCGM exporter is ours to run") {
            $0.spec.platform.gpu.stack.map { $0 == .none }
        },
        .fact("usesOperator", "whether the GPU Operator runs the GPU daemons") {
            $0.spec.platform.gpu.stack.map { $0 == .operator }
        },
        .fact("usesMIG", "whether a MIG manager is ours to run") { plan in
            Traced(
                plan.spec.platform.gpu.stack.value == .none && !migLayouts(plan).isEmpty,
                because: "whether models share GPUs by MIG, and nothing else cuts them",
                Ingredient("stack", plan.spec.platform.gpu.stack), Ingredient("AMI", plan.spec.platform.gpu.ami))
        },
        .fact("usesTimeSlicing", "whether pods take turns on a GPU") { plan in
            some(
                plan.first { if case .timeSlicing = $0.nodes.layout { true } else { false } }, "share", \.gpu.share)
        },
        .fact("usesDRA", "whether a model claims its GPUs") { plan in
            some(plan.first(where: \.usesDRA), "allocate", \.gpu.allocate)
        },
        .fact("usesDomains", "whether a model's replicas form a ComputeDomain") { plan in
            some(plan.first { DomainPlan($0) != nil }, "computeDomain", \.gpu.computeDomain)
        },
        .fact("usesAdapter", "whether a plain HorizontalPodAutoscaler reads custom metrics") { plan in
            some(scalers(plan, .hpa).first?.deployment.placement, "by", \.scaling.by)
        },
        .list("prerequisites", "what must be there before the tree is synced, in sentences") { plan in
            plan.prerequisites.map { $0.because("the platform and the features that the models use") }
        },
        .list("assumptions", "what the plan takes for granted, in sentences") { plan in
            plan.assumptions.map { $0.because("what no spec, table or measurement says") }
        },
        .record("settings", "numbers of manifests that hang on nothing else", settingFacts) { _ in Settings() },
        .fact("scrapeInterval", "how often metrics are read, for example `15s`") { _ in
            .text(Thresholds.scrapeInterval, "s")
        },
        .fact("exportInterval", "how often the exporter reads its GPUs, milliseconds") { _ in
            let milliseconds = Thresholds.scrapeInterval.reasoned * .constant(1000, "ms/s")
            let text: ReasonedText = "\(milliseconds.named("interval", "ms"))"
            return text.because("as often as Prometheus reads it")
        },
    ])

/// Whether some model is of a kind, with the word of the first that makes it so.
private func some<Value: FactConvertible>(
    _ first: Placement?, _ name: String, _ word: KeyPath<ModelSpec, Traced<Value>>
) -> Traced<Bool> {
    guard let first else { return Traced(false, .convention("no model does")) }
    return Traced(true, because: "a model does", Ingredient("\(name) of \(first.name)", first.spec[keyPath: word]))
}

extension Plan {
    /// The first model of a kind.
    fileprivate func first(where isOne: (Placement) -> Bool) -> Placement? {
        models.first { isOne($0.placement) }?.placement
    }
}

/// The scalers of a kind, with their Deployments.
private func scalers(_ plan: Plan, _ autoscaler: Autoscaler) -> [ScalerInPlan] {
    plan.models.flatMap { model in
        model.deployments.compactMap { deployment in
            deployment.scaler.flatMap { scaler in
                scaler.autoscaler == autoscaler
                    ? ScalerInPlan(
                        scaler: scaler,
                        deployment: DeploymentInPlan(
                            deployment: deployment, model: ModelInPlan(model: model, plan: plan))) : nil
            }
        }
    }
}
