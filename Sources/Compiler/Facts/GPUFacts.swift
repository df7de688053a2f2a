import Groundwork
import Planning

/// A configuration of the device plugin, and the DaemonSet that runs it.
struct DeviceConfiguration: Sendable {
    let name: Traced<String>
    let layout: Layout
    /// The setting of a model that shares GPUs this way; nil if no model does.
    let share: Traced<GPUShare>?
}

let deviceConfigurationFacts = FactTable<DeviceConfiguration>(
    "deviceConfiguration", "a configuration of the device plugin",
    [
        .fact("name", "its name, which is also the value of the node label") { $0.name },
        .fact("migStrategy", "how MIG instances are named: none or mixed") { configuration in
            Traced(
                configuration.layout.isMIG ? "mixed" : "none",
                because: "resources are named by MIG profile",
                Ingredient("configuration", configuration.name))
        },
        .fact("isMIG", "whether the GPUs of its nodes are partitioned into MIG instances") { configuration in
            Traced(
                configuration.layout.isMIG, because: "whether models share GPUs by MIG",
                Ingredient("configuration", configuration.name))
        },
        .maybe("replicas", "the number of pods that share a GPU by time-slicing") { configuration in
            if case .timeSlicing = configuration.layout { configuration.share?.map(\.sharers) } else { nil }
        },
        .maybe("mpsReplicas", "the number of pods that share a GPU by MPS") { configuration in
            if case .mps = configuration.layout { configuration.share?.map(\.sharers) } else { nil }
        },
    ])

/// The configurations of the pools that use the device plugin, each once; the GPU Operator needs one for all other nodes too.
func deviceConfigurations(_ plan: Plan) -> [DeviceConfiguration] {
    var seen: Set<String> = []
    var layouts = plan.ownPools.filter { $0.sharing.allocation.value == .devicePlugin }.map(\.sharing.layout)
    if plan.spec.platform.gpu.stack.value == .operator { layouts = sharesGPUs(plan.spec) ? [.whole] + layouts : [] }
    return layouts.filter { seen.insert($0.deviceConfiguration).inserted }.map { layout in
        DeviceConfiguration(
            name: Traced(layout.deviceConfiguration, .convention("one configuration for each way to share GPUs")),
            layout: layout, share: plan.models.first { $0.placement.nodes.layout == layout }?.placement.spec.gpu.share)
    }
}

let migLayoutFacts = FactTable<MIGPartition>(
    "migLayout", "a MIG layout: how the GPUs of a node are partitioned",
    [
        .fact("name", "the value of the node label `nvidia.com/mig.config`") { $0.name },
        .records("cuts", "its GPUs, grouped by how they are partitioned", migGroupFacts) { layout in
            layout.gpuGroups.map { MIGGroup(group: $0, layout: layout) }
        },
    ])

/// GPUs with the same partitions, with their layout.
struct MIGGroup: Sendable {
    let group: MIGPartition.GPUGroup
    let layout: MIGPartition
}

let migGroupFacts = FactTable<MIGGroup>(
    "migCut", "GPUs of a node with the same partitions",
    [
        .fact("isAll", "whether these are all the GPUs of the node") { group in
            Traced(
                group.layout.isUniform, because: "whether all GPUs of a node have the same partitions",
                Ingredient("layout", group.layout.name))
        },
        .list("gpus", "their indices") { group in
            group.group.gpus.map { Traced($0, .convention("the GPUs of a node are filled in order of index")) }
        },
        .mapping("instances", "the number of instances of each profile") { group in
            group.group.instances.compactMap { profile, _ in
                group.group.count(of: profile).map { (profile, Traced<Int>($0)) }
            }
        },
    ])

/// The MIG layouts of all pools, each once; none if the AMI partitions its GPUs.
func migLayouts(_ plan: Plan) -> [MIGPartition] {
    if plan.spec.platform.gpu.bottlerocket != nil { return [] }
    var seen: Set<String> = []
    return plan.pools.compactMap(\.sharing.partition).filter { seen.insert($0.name.value).inserted }
}

let deviceClassFacts = FactTable<DeviceClassPlan>(
    "deviceClass", "a generated DeviceClass",
    [
        .fact("name", "its name") { $0.name },
        .fact("expression", "the CEL expression that selects its devices") { $0.expression },
        .maybe("extendedResource", "the extended resource that stands for one of its devices") { $0.extendedResource },
    ])

/// A GPU metric to export.
struct Counter: Sendable {
    let field: MetricName
    /// What it measures, without its unit.
    let help: String

    /// The metrics that rules and dashboards read.
    static let all = [
        Counter(field: .gpuUtilization, help: "GPU utilization"),
        Counter(field: .copyUtilization, help: "Memory utilization"),
        Counter(field: .framebufferUsed, help: "Framebuffer memory used"),
        Counter(field: .framebufferFree, help: "Framebuffer memory free"),
        Counter(field: .framebufferReserved, help: "Framebuffer memory reserved"),
        Counter(field: .powerUsage, help: "Power draw"),
        Counter(field: .clock, help: "SM clock frequency"),
        Counter(field: .gpuTemperature, help: "GPU temperature"),
        Counter(field: .thermalViolation, help: "Time throttled by heat"),
        Counter(field: .powerViolation, help: "Time throttled by power constraints"),
        Counter(field: .xidErrors, help: "Code of the last XID error"),
        Counter(field: .graphicsActive, help: "Share of time in which the GPU was active"),
    ]

    /// Its line in the exporter's table; nil if the release's name of the field is not known.
    func line(_ fields: ExporterFields) -> String? {
        fields.named(field).map { name in
            let unit =
                switch name.metric.unit {
                case "code": ""
                case "ratio": name == field ? "" : " as a ratio"
                case "°C": " in degrees Celsius"
                case "B": " in bytes"
                default: " in \(name.metric.unit)"
                }
            return "\(name.rawValue), \(name.metric.kind), \(help)\(unit).\n"
        }
    }
}

/// The exporter's table: a line for each metric that its release is known to have.
func counterTable(_ release: Traced<Version>) -> Traced<String> {
    let fields = ExporterFields(release)
    return Traced(
        Counter.all.compactMap { $0.line(fields) }.joined(),
        because: "the fields that rules and dashboards read, under the names of the release",
        Ingredient("release of the exporter", release))
}
