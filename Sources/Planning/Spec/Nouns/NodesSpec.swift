import Diagnostics
import Groundwork

/// What every GPU node has: its volume, the settings of its kubelet, and access to its metadata.
package struct NodesSpec: Sendable {
    package let volume: VolumeSpec
    package let kubelet: KubeletSpec?
    /// How many network hops may separate a process from the instance metadata.
    package let hopLimit: Traced<Int>
    package let range: SourceRange
}

extension NodesSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        volume = fields.always("volume", VolumeSpec.init(_:), "EBS volume for images, logs and ephemeral storage")
        kubelet = fields.optional(
            "kubelet", KubeletSpec.init(_:), "settings of the kubelet; a change replaces the nodes; default: its own")
        hopLimit = fields.always(
            "metadata",
            {
                $0.optional(
                    "hopLimit", .count(1...64, 2),
                    "network hops to the instance metadata: 2 lets pods read it, and with it the role of the node",
                    default: 1, because: "pods cannot use the role of the node")
            }, "access to the instance metadata (IMDSv2)")
    }
}
