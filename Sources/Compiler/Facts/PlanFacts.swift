import Groundwork
import Planning

/// The facts of a plan: the value `plan` in templates.
///
/// Every fact that templates, `stowage facts` and `plan.json` use is reachable from this table.
let planFacts = FactTable<Plan>(
    "plan", "the plan of one cluster",
    [
        .fact("name", "the name of the GPUCluster") { $0.spec.name },
        .mapping("labels", "the labels that the spec puts on every object") { labels($0.spec.metadata) },
        .mapping("annotations", "the annotations that the spec puts on every object") { annotations($0.spec.metadata) },
        .mapping("tags", "the tags that the spec puts on EC2 instances and volumes") { plan in
            plan.spec.platform.tags.map { ($0.key.value, $0.value) }
        },
        .record("platform", "the installed platform", platformFacts) { $0.spec.platform },
        .record("images", "the images of generated pods, and the mirrors of those of charts", imageFacts) {
            $0.spec.platform.images
        },
        .record("prometheusAuth", "how KEDA and prometheus-adapter authenticate at Prometheus", prometheusAuthFacts) {
            $0.spec.platform
        },
        .records("models", "the models", modelFacts, shared: true) { plan in
            plan.models.map { ModelInPlan(model: $0, plan: plan) }
        },
        .records(
            "deployments", "the Deployments to generate: one for each model, or its base and surge", deploymentFacts,
            shared: true
        ) { plan in
            deployments(of: plan) { $0.workload == nil }
        },
        .records("workloads", "the existing workloads", workloadFacts) { workloads($0) },
        .records("scaledObjects", "the scalers that are ScaledObjects of KEDA", scalerFacts, shared: true) {
            scalers($0, .keda)
        },
        .list("scaledNamespaces", "the namespaces of those ScaledObjects, each once") { plan in
            namespaces(of: scalers(plan, .keda).map(\.deployment.placement))
        },
        .records("plainAutoscalers", "the scalers that are plain HorizontalPodAutoscalers", scalerFacts, shared: true) {
            scalers($0, .hpa)
        },
        .records("pools", "all pools of nodes", poolFacts) { $0.pools },
        .records("nodePools", "the pools that are NodePools of Karpenter", poolFacts) { $0.nodePools },
        .records("nodeGroups", "the pools that are managed node groups", nodeGroupFacts) { nodeGroups($0) },
        .records("nodeClasses", "the EC2NodeClasses", nodeClassFacts) { $0.nodeClasses },
        .records("overlays", "the capacity of shared GPUs, which Karpenter cannot know", overlayFacts) { plan in
            plan.pools.compactMap { pool in pool.sharing.overlay.map { OverlayInPlan(overlay: $0, pool: pool) } }
        },
        .records("deviceConfigurations", "the configurations of the device plugin", deviceConfigurationFacts) {
            deviceConfigurations($0)
        },
        .records("mpsConfigurations", "the configurations that need a generated MPS daemon", deviceConfigurationFacts) {
            plan in
            guard plan.spec.platform.gpu.ownsDevicePlugin else { return [] }
            return deviceConfigurations(plan).filter { if case .mps = $0.layout { true } else { false } }
        },
        .records("migLayouts", "the MIG layouts in use", migLayoutFacts) { migLayouts($0) },
        .records("deviceClasses", "the DeviceClasses that models claim", deviceClassFacts) { $0.deviceClasses },
        .records("claimTemplates", "the claims of single pods", claimFacts) { plan in
            plan.claims.filter { !$0.isShared }
        },
        .records("sharedClaims", "the claims that several pods share", claimFacts) { plan in
            plan.claims.filter(\.isShared)
        },
        .records("computeDomains", "the ComputeDomains that models' replicas form", domainFacts) { plan in
            plan.models.compactMap { DomainPlan($0.placement) }
        },
        .list("driverGates", "the feature gates that NVIDIA's DRA driver needs") { driverGates($0) },
        .maybe("driverShares", "the number of shares into which NVIDIA's DRA driver divides each GPU") { plan in
            plan.pools.lazy.compactMap(\.sharing.shares).first
        },
        .records("buffers", "headroom for surges, as CapacityBuffers of Karpenter", headroomFacts) {
            headrooms($0, buffers: true)
        },
        .records("placeholders", "headroom for surges, as placeholder pods", headroomFacts) {
            headrooms($0, buffers: false)
        },
        .fact("placeholderPriority", "the priority of placeholder pods, the lowest of all") { _ in
            .whole(Thresholds.placeholderPriority)
        },
        .records("priorities", "the PriorityClasses in use", priorityFacts) { priorities($0) },
        .records("namespaces", "the namespaces to create; empty if they exist", namespaceFacts) { namespaces($0) },
        .records("modelNamespaces", "the namespaces to create that have models", namespaceFacts) {
            modelNamespaces($0)
        },
        .list("clientNamespaces", "the namespaces whose pods may reach the models; empty for all") {
            clientNamespaces($0)
        },
        .records("ruleGroups", "the platform's Prometheus rules", ruleGroupFacts) { $0.platformRules },
        .records("scrapeJobs", "the scrape jobs, for a Prometheus without the operator", scrapeJobFacts) {
            scrapeJobs($0)
        },
        .fact("counterTable", "the GPU metrics to export, one per line") {
            counterTable($0.spec.platform.exporterRelease)
        },
        .record("fleet", "the queries and threshold lines of the cluster dashboard", fleetFacts) { $0.fleet },
        .record("money", "the costs", moneyFacts) { MoneyInPlan(plan: $0) },
        .maybeRecord("argocd", "the Argo CD Application, if Argo CD syncs the tree", gitopsFacts) {
            gitops($0, .argocd)
        },
        .maybeRecord("flux", "the Flux source, if Flux syncs the tree", gitopsFacts) { gitops($0, .flux) },
        .fact("ownsDevicePlugin", "whether to generate the device plugin") { plan in
            Traced(
                plan.spec.platform.gpu.ownsDevicePlugin,
                because: "the GPU Operator includes one, and so does Bottlerocket",
                Ingredient("stack", plan.spec.platform.gpu.stack), Ingredient("AMI", plan.spec.platform.gpu.ami))
        },
        .fact("ownsExporter", "whether to generate the DCGM exporter") {
            ownsExporter($0)
        },
        .fact("usesOperator", "whether the GPU Operator runs the GPU daemons") {
            $0.spec.platform.gpu.stack.map { $0 == .operator }
        },
        .fact("usesMIG", "whether to generate the MIG manager") { plan in
            Traced(
                plan.spec.platform.gpu.stack.value == .none && !migLayouts(plan).isEmpty,
                because: "whether models share GPUs by MIG, and nothing else partitions them",
                Ingredient("stack", plan.spec.platform.gpu.stack), Ingredient("AMI", plan.spec.platform.gpu.ami))
        },
        .fact("usesTimeSlicing", "whether pods share a GPU by time-slicing") { plan in
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
        .records(
            "existing", "objects that the models' pods name, and that exist or are made outside of the tree",
            existingFacts
        ) {
            $0.requiredObjects
        },
        .list("prerequisites", "what the cluster needs before the tree is synced, in sentences") { plan in
            plan.prerequisites.map { $0.because("required by the platform and the features that the models use") }
        },
        .list("assumptions", "what the plan assumes, in sentences") { plan in
            plan.assumptions.map { $0.because("not stated by the spec, the catalog or a measurement") }
        },
        .record("settings", "numbers in manifests that are independent of the spec", settingFacts) { _ in Settings() },
        .fact("scrapeInterval", "how often Prometheus scrapes metrics, for example `15s`") { _ in
            .text(Thresholds.scrapeInterval, "s")
        },
        .fact("exportInterval", "how often the exporter reads its GPUs, in milliseconds") { _ in
            let milliseconds = Thresholds.scrapeInterval.reasoned * .constant(1000, "ms/s")
            let text: ReasonedText = "\(milliseconds.named("interval", "ms"))"
            return text.because("as often as Prometheus scrapes it")
        },
    ])

/// Whether the tree has the DCGM exporter: not for existing nodes.
func ownsExporter(_ plan: Plan) -> Traced<Bool> {
    let stack = plan.spec.platform.gpu.stack
    guard plan.ownPools.isEmpty else { return stack.map { $0 == .none } }
    return Traced(false, .convention("all nodes exist already, with the exporter that runs there"))
}

/// Whether any model is of a kind, with the setting of the first one.
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
