/// The name of a model's ResourceClaimTemplate: its spec cannot be changed, so another content has another name.
func claimTemplateName(_ model: String, _ placement: Placement) -> String {
    let content =
        "\(placement.shape.accelerator.gpu.id)/\(placement.point.tensorParallel.value)/\(deviceSelector(placement.shape.accelerator.gpu))"
    var hash: UInt32 = 2_166_136_261
    for byte in content.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    let digits = String(hash, radix: 16)
    return "\(model)-\(String(repeating: "0", count: 8 - digits.count))\(digits)"
}

/// The name of the DeviceClass of a GPU product.
func deviceClassName(_ gpu: GPU) -> String { "stowage-\(gpu.id)" }

/// The CEL expression that selects whole GPUs of a product.
func deviceSelector(_ gpu: GPU) -> String {
    "device.driver == \"gpu.nvidia.com\" && device.attributes[\"gpu.nvidia.com\"].type == \"gpu\" && "
        + "device.attributes[\"gpu.nvidia.com\"].productName == \"\(gpu.product)\""
}

/// A DeviceClass of our own: the chart of the driver owns the stock ones.
package struct DeviceClassPlan: Sendable {
    package let name: Traced<String>
    package let expression: Traced<String>
}
