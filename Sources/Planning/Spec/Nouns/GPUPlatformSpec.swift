import Diagnostics
import Groundwork

/// What the nodes bring for their GPUs, and who owns the GPU DaemonSets.
package struct GPUPlatformSpec: Sendable {
    package let stack: Traced<GPUStack>
    /// A pinned alias such as `al2023@v20260714`; empty with `auto-mode`, which picks its own.
    package let ami: Traced<String>
    /// The installed NVIDIA DRA driver.
    package let draDriver: Traced<Version>?
    /// The version of the API of claims that the cluster serves; nil means `v1`, from Kubernetes 1.34 on.
    package let draAPI: Traced<ClaimAPI>?
    /// Whether the NVIDIA MIG manager is installed and applies MIG layouts.
    package let migManager: Traced<Bool>
    /// Whether the DRA driver makes MIG instances when pods claim them.
    package let dynamicMIG: Traced<Bool>
    /// The namespace of the GPU DaemonSets.
    package let namespace: Traced<String>
    package let range: SourceRange
}

extension GPUPlatformSpec {
    /// The release of Bottlerocket, where the nodes run that.
    package var bottlerocket: Version? {
        guard let tag = ami.value.split(separator: "@").last, ami.value.hasPrefix("bottlerocket@v") else { return nil }
        let numbers = tag.dropFirst().split(separator: ".").compactMap { Int($0) }
        return numbers.count < 2 ? nil : Version(numbers[0], numbers[1], numbers.count > 2 ? numbers[2] : nil)
    }

    init(_ fields: inout FieldReader) {
        range = fields.range
        let stack: Traced<GPUStack> = fields.optional(
            "stack", .word, "who owns the GPU DaemonSets: none (Stowage emits them), operator or auto-mode",
            default: .none,
            because: "the AMIs bring the driver, and Stowage the rest")
        self.stack = stack
        let expected = "the nodes' AMI; a default would replace every node when Stowage is upgraded"
        let ami = fields.optional("ami", .ami, expected)
        if ami == nil, stack.value != .autoMode { fields.reportAbsence("ami", .ami, expected) }
        self.ami = ami ?? Traced("", .convention("EKS Auto Mode picks its own"))
        draDriver = fields.optional("draDriver", .version, "the installed NVIDIA DRA driver; absent: none")
        draAPI = fields.optional(
            "draAPI", .word,
            "the version of resource.k8s.io to use; absent: v1, which Kubernetes serves from \(Component.kubernetes.since(.claimsV1).text)"
        )
        migManager = fields.optional(
            "migManager", .boolean, "whether the NVIDIA MIG manager is installed", default: true,
            because: "a prerequisite where a model uses MIG")
        dynamicMIG = fields.optional(
            "dynamicMIG", .boolean,
            "whether the DRA driver makes MIG instances when pods claim them, by its gate DynamicMIG, instead of a MIG manager before",
            default: false, because: "the gate is off unless somebody turns it on")
        namespace = fields.optional(
            "namespace", .name(atMost: 54, because: "it is a namespace"), "the namespace of the GPU DaemonSets",
            default: "gpu-system", because: "what runs in it")
    }
}
