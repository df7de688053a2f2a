import Groundwork

/// Makes one DeviceClass per claimed GPU product or MIG profile.
func planDeviceClasses(_ models: [Placement]) -> [DeviceClassPlan] {
    var seen: Set<String> = []
    var classes: [DeviceClassPlan] = []
    for model in models where model.usesDRA {
        for candidate in [model.candidate] + model.choice.alternatives {
            let gpu = candidate.accelerator.gpu
            let name = deviceClassName(gpu, model.nodes.layout)
            guard seen.insert(name).inserted else { continue }
            let isNamed = models.contains { other in
                other.nodes.claiming == .extendedResource
                    && deviceClassName(other.candidate.accelerator.gpu, other.nodes.layout) == name
            }
            classes.append(
                DeviceClassPlan(
                    name: Traced(
                        name, .convention("one DeviceClass per claimed GPU product and profile")),
                    expression: Traced(
                        deviceSelector(gpu, model.nodes.layout),
                        because: "devices of this product, with the GPU sharing of the spec",
                        Ingredient("product", Traced(gpu.product, .catalog(gpu.reference))),
                        Ingredient("share", model.spec.gpu.share)),
                    extendedResource: isNamed
                        ? Traced(
                            extendedResource(gpu, model.nodes.layout),
                            .convention("a separate name: the device plugin and the driver's chart use nvidia.com"))
                        : nil))
        }
    }
    return classes
}

/// The name of the DeviceClass of a GPU product or of a MIG profile of it.
package func deviceClassName(_ gpu: GPU, _ layout: Layout) -> String {
    if case .mig(let slice) = layout { return "stowage-\(gpu.id)-\(Layout.word(slice.profile))" }
    return "stowage-\(gpu.id)"
}

/// The extended resource that replaces a claimed device.
func extendedResource(_ gpu: GPU, _ layout: Layout) -> String {
    if case .mig(let slice) = layout { return "stowage.dev/\(gpu.id)-mig-\(Layout.word(slice.profile))" }
    return "stowage.dev/\(gpu.id)"
}

/// The CEL expression that selects whole GPUs of a product, or MIG instances of a profile on it.
func deviceSelector(_ gpu: GPU, _ layout: Layout) -> String {
    let attributes = "device.attributes[\"gpu.nvidia.com\"]"
    let product = "\(attributes).productName == \"\(gpu.product)\""
    guard case .mig(let slice) = layout else {
        return "device.driver == \"gpu.nvidia.com\" && \(attributes).type == \"gpu\" && \(product)"
    }
    return "device.driver == \"gpu.nvidia.com\" && \(attributes).type == \"mig\" && "
        + "\(attributes).profile == \"\(slice.profile)\" && \(product)"
}
