import Groundwork
import Planning

/// A configuration of the device plugin, and the DaemonSet that runs it.
struct DeviceConfiguration: Sendable {
    let name: Traced<String>
    let layout: Layout
    /// How a model shares GPUs so; nil where no model asks for it.
    let share: Traced<GPUShare>?
}

let deviceConfigurationFacts = FactTable<DeviceConfiguration>(
    "deviceConfiguration", "a configuration of the device plugin",
    [
        .fact("name", "its name, which is also the value of the node label") { $0.name },
        .fact("migStrategy", "how MIG instances are named: none or mixed") { configuration in
            Traced(
                configuration.layout.isMIG ? "mixed" : "none",
                because: "resources have the names of their MIG profiles",
                Ingredient("configuration", configuration.name))
        },
        .fact("isMIG", "whether the nodes' GPUs are cut into MIG instances") { configuration in
            Traced(
                configuration.layout.isMIG, because: "whether models share GPUs by MIG",
                Ingredient("configuration", configuration.name))
        },
        .maybe("replicas", "how many pods share a GPU in turns") { configuration in
            if case .timeSlicing = configuration.layout { configuration.share?.map(\.sharers) } else { nil }
        },
        .maybe("mpsReplicas", "how many pods share a GPU side by side") { configuration in
            if case .mps = configuration.layout { configuration.share?.map(\.sharers) } else { nil }
        },
    ])

/// The configurations that the pools of the device-plugin path need, each once; the GPU Operator needs one for all other nodes too.
func deviceConfigurations(_ plan: Plan) -> [DeviceConfiguration] {
    var seen: Set<String> = []
    var layouts = plan.pools.filter { $0.sharing.allocation.value == .devicePlugin }.map(\.sharing.layout)
    if plan.spec.platform.gpu.stack.value == .operator { layouts = sharesGPUs(plan.spec) ? [.whole] + layouts : [] }
    return layouts.filter { seen.insert($0.deviceConfiguration).inserted }.map { layout in
        DeviceConfiguration(
            name: Traced(layout.deviceConfiguration, .convention("one configuration for each way to share GPUs")),
            layout: layout, share: plan.models.first { $0.placement.nodes.layout == layout }?.placement.spec.gpu.share)
    }
}

let migLayoutFacts = FactTable<MIGPartition>(
    "migLayout", "a MIG layout: how all GPUs of a node are cut",
    [
        .fact("name", "the value of the node label `nvidia.com/mig.config`") { $0.name },
        .records("cuts", "its GPUs, those that are cut alike together", migCutFacts) { layout in
            layout.cuts.map { MIGCut(cut: $0, layout: layout) }
        },
    ])

/// GPUs that are cut alike, with their layout.
struct MIGCut: Sendable {
    let cut: MIGPartition.Cut
    let layout: MIGPartition
}

let migCutFacts = FactTable<MIGCut>(
    "migCut", "GPUs of a node that are cut alike",
    [
        .fact("isAll", "whether these are all GPUs of the node") { cut in
            Traced(
                cut.layout.isUniform, because: "whether all GPUs of a node are cut alike",
                Ingredient("layout", cut.layout.name))
        },
        .list("gpus", "their indices") { cut in
            cut.cut.gpus.map { Traced($0, .convention("the GPUs of a node are filled in their order")) }
        },
        .mapping("instances", "how many instances of each profile") { cut in
            cut.cut.instances.compactMap { profile, _ in cut.cut.count(of: profile).map { (profile, Traced<Int>($0)) } }
        },
    ])

/// The MIG layouts of all pools, each once; none where the AMI cuts its GPUs itself.
func migLayouts(_ plan: Plan) -> [MIGPartition] {
    if plan.spec.platform.gpu.bottlerocket != nil { return [] }
    var seen: Set<String> = []
    return plan.pools.compactMap(\.sharing.partition).filter { seen.insert($0.name.value).inserted }
}

let deviceClassFacts = FactTable<DeviceClassPlan>(
    "deviceClass", "a DeviceClass of our own",
    [
        .fact("name", "its name") { $0.name },
        .fact("expression", "the CEL expression that selects its devices") { $0.expression },
        .maybe("extendedResource", "the extended resource that stands for one of its devices") { $0.extendedResource },
    ])

/// A GPU metric to export.
struct Counter: Sendable {
    let field: MetricName
    let help: String

    /// The seven metrics of the article, and those that rules and dashboards read besides.
    static let all = [
        Counter(field: .gpuUtilization, help: "GPU utilisation in percent."),
        Counter(field: .copyUtilization, help: "Memory utilisation in percent."),
        Counter(field: .framebufferUsed, help: "Framebuffer memory used in MiB."),
        Counter(field: .framebufferFree, help: "Framebuffer memory free in MiB."),
        Counter(field: .framebufferReserved, help: "Framebuffer memory reserved in MiB."),
        Counter(field: .powerUsage, help: "Power draw in W."),
        Counter(field: .clock, help: "SM clock frequency in MHz."),
        Counter(field: .gpuTemperature, help: "GPU temperature in degrees Celsius."),
        Counter(field: .thermalViolation, help: "Time slowed down for heat in ns."),
        Counter(field: .powerViolation, help: "Time slowed down for lack of power in ns."),
        Counter(field: .xidErrors, help: "Code of the last XID error."),
        Counter(field: .graphicsActive, help: "Share of time in which the GPU was active."),
    ]
}

/// The exporter's table: a line for each metric.
let counterTable = Counter.all.map { "\($0.field.rawValue), \($0.field.metric.kind), \($0.help)\n" }.joined()
