/// A configuration of the device plugin, and the DaemonSet that runs it.
struct DeviceConfiguration: Sendable {
    let name: Traced<String>
    let layout: Layout
}

let deviceConfigurationFacts = FactTable<DeviceConfiguration>(
    "deviceConfiguration", "a configuration of the device plugin",
    [
        .fact("name", "its name, which is also the value of the node label") { $0.name },
        .fact("migStrategy", "how MIG instances are named: none or mixed") { configuration in
            configuration.name.map { _ in if case .mig = configuration.layout { "mixed" } else { "none" } }
        },
        .fact("isMIG", "whether the nodes' GPUs are cut into MIG instances") { configuration in
            configuration.name.map { _ in if case .mig = configuration.layout { true } else { false } }
        },
        .maybe("replicas", "how many pods share a GPU in turns") { configuration in
            if case .timeSlicing(let replicas) = configuration.layout {
                configuration.name.map { _ in replicas }
            } else {
                nil
            }
        },
    ])

/// The configurations that the pools of the device-plugin path need, each once; the GPU Operator needs one for all other nodes too.
func deviceConfigurations(_ plan: Plan) -> [DeviceConfiguration] {
    var seen: Set<String> = []
    var layouts = plan.pools.filter { $0.allocation.value == .devicePlugin }.map(\.layout)
    if plan.spec.platform.gpu.stack.value == .operator { layouts = sharesGPUs(plan.spec) ? [.whole] + layouts : [] }
    return layouts.filter { seen.insert($0.deviceConfiguration).inserted }.map { layout in
        DeviceConfiguration(
            name: Traced(layout.deviceConfiguration, .convention("one configuration for each way to share GPUs")),
            layout: layout)
    }
}

/// A MIG layout: every GPU of a node cut into instances of one profile.
struct MIGLayout: Sendable {
    let profile: Traced<String>
    let perGPU: Traced<Int>
}

let migLayoutFacts = FactTable<MIGLayout>(
    "migLayout", "a MIG layout",
    [
        .fact("name", "the value of the node label `nvidia.com/mig.config`") {
            $0.profile.map { "all-\(Layout.word($0))" }
        },
        .fact("profile", "the MIG profile") { $0.profile },
        .fact("perGPU", "instances of one GPU") { $0.perGPU },
    ])

func migLayouts(_ plan: Plan) -> [MIGLayout] {
    var seen: Set<String> = []
    return plan.models.compactMap { model in
        guard case .mig(let profile, let perGPU) = model.placement.layout, seen.insert(profile).inserted else {
            return nil
        }
        return MIGLayout(
            profile: model.placement.spec.gpu.share.map { _ in profile },
            perGPU: Traced(perGPU, .catalog(model.placement.shape.accelerator.gpu.reference)))
    }
}

let deviceClassFacts = FactTable<DeviceClassPlan>(
    "deviceClass", "a DeviceClass of our own",
    [
        .fact("name", "its name") { $0.name },
        .fact("expression", "the CEL expression that selects its devices") { $0.expression },
    ])

/// A GPU metric to export.
struct Counter: Sendable {
    let field: String
    let type: String
    let help: String

    /// The seven metrics of the article, and those that rules and dashboards read besides.
    static let all = [
        Counter(field: Metrics.gpuUtilization.name, type: "gauge", help: "GPU utilisation in percent."),
        Counter(field: "DCGM_FI_DEV_MEM_COPY_UTIL", type: "gauge", help: "Memory utilisation in percent."),
        Counter(field: Metrics.framebufferUsed.name, type: "gauge", help: "Framebuffer memory used in MiB."),
        Counter(field: Metrics.framebufferFree.name, type: "gauge", help: "Framebuffer memory free in MiB."),
        Counter(field: Metrics.framebufferReserved.name, type: "gauge", help: "Framebuffer memory reserved in MiB."),
        Counter(field: Metrics.powerUsage.name, type: "gauge", help: "Power draw in W."),
        Counter(field: "DCGM_FI_DEV_SM_CLOCK", type: "gauge", help: "SM clock frequency in MHz."),
        Counter(field: Metrics.gpuTemperature.name, type: "gauge", help: "GPU temperature in degrees Celsius."),
        Counter(field: Metrics.thermalViolation.name, type: "counter", help: "Time slowed down for heat in ns."),
        Counter(field: Metrics.powerViolation.name, type: "counter", help: "Time slowed down for lack of power in ns."),
        Counter(field: Metrics.xidErrors.name, type: "gauge", help: "Code of the last XID error."),
        Counter(field: Metrics.graphicsActive.name, type: "gauge", help: "Share of time in which the GPU was active."),
    ]
}

/// The exporter's table: a line for each metric.
let counterTable = Counter.all.map { "\($0.field), \($0.type), \($0.help)\n" }.joined()
