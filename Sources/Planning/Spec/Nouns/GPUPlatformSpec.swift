import Diagnostics
import Groundwork

/// The GPU software of the nodes, and what installs the GPU DaemonSets.
package struct GPUPlatformSpec: Sendable {
    package let stack: Traced<GPUStack>
    package let ami: Traced<AMI>
    /// The installed NVIDIA DRA driver.
    package let draDriver: Traced<Version>?
    /// The version of the API of claims that the cluster serves; nil means `v1`, from Kubernetes 1.34 on.
    package let draAPI: Traced<ClaimAPI>?
    /// Whether the NVIDIA MIG manager is installed and applies MIG layouts.
    package let migManager: Traced<Bool>
    /// Whether the DRA driver creates MIG instances when pods claim them.
    package let dynamicMIG: Traced<Bool>
    /// The namespace of the GPU DaemonSets.
    package let namespace: Traced<String>
    package let range: SourceRange
}

extension GPUPlatformSpec {
    /// The release of Bottlerocket, where the nodes run that.
    package var bottlerocket: Version? { ami.value.bottlerocket }

    init(_ fields: inout FieldReader) {
        range = fields.range
        let stack: Traced<GPUStack> = fields.optional(
            "stack", .word, "what installs the GPU DaemonSets: none (Stowage generates them), operator or auto-mode",
            default: .none,
            because: "the AMIs include the driver, and Stowage generates the rest")
        self.stack = stack
        let expected =
            "AMI of the nodes, an alias or one that you build; it has no default, because an upgrade of Stowage would then replace every node"
        let ami = fields.optional("ami", .ami, "\(expected); required unless `stack` is `auto-mode`")
        if ami == nil, stack.value != .autoMode { fields.reportAbsence("ami", .ami, expected) }
        self.ami = ami ?? Traced(.automatic, .convention("EKS Auto Mode selects the AMI"))
        draDriver = fields.optional(
            "draDriver", .version.example("\"0.4\""),
            "version of the installed NVIDIA DRA driver; default: not installed")
        draAPI = fields.optional(
            "draAPI", .word,
            "version of resource.k8s.io to use; default: v1, which Kubernetes serves from \(Component.kubernetes.since(.claimsV1).text) on"
        )
        migManager = fields.optional(
            "migManager", .boolean, "whether the NVIDIA MIG manager is installed", default: true,
            because: "required where a model uses MIG")
        dynamicMIG = fields.optional(
            "dynamicMIG", .boolean,
            "whether the DRA driver creates MIG instances when pods claim them (feature gate DynamicMIG), instead of a MIG manager in "
                + "advance",
            default: false, because: "the feature gate is off by default")
        namespace = fields.optional(
            "namespace",
            .namespace.example("gpu-operator"), "namespace of the GPU DaemonSets",
            default: "gpu-system", because: "named after what runs in it")
    }
}
