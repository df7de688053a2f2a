import Groundwork

/// The releases that a tree is for.
package struct PlatformVersions: Sendable {
    package let kubernetes: Version
    package let karpenter: Version
    package let keda: Version

    package init(
        kubernetes: Version = Version(1, 36), karpenter: Version = Version(1, 14), keda: Version = Version(2, 20)
    ) {
        self.kubernetes = kubernetes
        self.karpenter = karpenter
        self.keda = keda
    }
}

extension Version {
    /// Reads `1.35` or `1.35.2`, also after a `v`; nil if it is none.
    package init?(_ text: String) {
        let parts = (text.hasPrefix("v") ? text.dropFirst() : text[...]).split(separator: ".").map { Int($0) }
        guard parts.count == 2 || parts.count == 3, let major = parts[0], let minor = parts[1] else { return nil }
        self.init(major, minor, parts.count == 3 ? parts[2] : nil)
    }
}

/// Which versions of which kinds an API server no longer serves, or not yet.
enum APIVersions {
    /// A version of an API that came or went.
    private struct Change {
        let version: String
        /// The kinds; empty for all.
        let kinds: Set<String>
        /// The release that no longer has it; nil where none ever had it.
        let goneIn: (part: Part, version: Version)?
        let replacement: String

        /// The version to write, where nothing else of the object has to change.
        var successor: String? {
            guard sameShape.contains(version), kinds.isEmpty,
                let text = replacement.split(separator: "`").dropFirst().first
            else { return nil }
            return String(text)
        }

        enum Part { case kubernetes, karpenter, keda }

        init(_ version: String, _ kinds: Set<String>, _ gone: (Part, Version)?, _ replacement: String) {
            self.version = version
            self.kinds = kinds
            goneIn = gone.map { (part: $0.0, version: $0.1) }
            self.replacement = replacement
        }
    }

    /// Says why a kind of a version is not served, and what to write in its place; nil where it is, as far as is known.
    static func problem(_ version: String, _ kind: String, _ versions: PlatformVersions)
        -> (fact: String, help: String?, successor: String?)?
    {
        if version == "resource.k8s.io/v1", versions.kubernetes < Version(1, 34) {
            return ("Kubernetes serves from 1.34 on", "before, write `resource.k8s.io/v1beta1`", nil)
        }
        for change in changes where change.version == version && (change.kinds.isEmpty || change.kinds.contains(kind)) {
            guard let gone = change.goneIn else { return ("no release has ever served", change.replacement, nil) }
            let (declared, name) =
                switch gone.part {
                case .kubernetes: (versions.kubernetes, "Kubernetes")
                case .karpenter: (versions.karpenter, "Karpenter")
                case .keda: (versions.keda, "KEDA")
                }
            if declared >= gone.version {
                return ("\(name) no longer serves from \(gone.version.text) on", change.replacement, change.successor)
            }
        }
        return nil
    }

    private static let claimKinds =
        "claims are flat `requests` of a DeviceClass now: `resource.k8s.io/v1` with `devices.requests[].exactly`"

    // Kubernetes: the deprecation guide and the tables of lifecycles; Karpenter and KEDA: their upgrade guides.
    private static let changes: [Change] = [
        Change("extensions/v1beta1", ["Ingress"], (.kubernetes, Version(1, 22)), "write `networking.k8s.io/v1`"),
        Change("extensions/v1beta1", [], (.kubernetes, Version(1, 16)), "write `apps/v1`"),
        Change("apps/v1beta1", [], (.kubernetes, Version(1, 16)), "write `apps/v1`"),
        Change("apps/v1beta2", [], (.kubernetes, Version(1, 16)), "write `apps/v1`"),
        Change("networking.k8s.io/v1beta1", [], (.kubernetes, Version(1, 22)), "write `networking.k8s.io/v1`"),
        Change(
            "rbac.authorization.k8s.io/v1beta1", [], (.kubernetes, Version(1, 22)),
            "write `rbac.authorization.k8s.io/v1`"),
        Change("scheduling.k8s.io/v1beta1", [], (.kubernetes, Version(1, 22)), "write `scheduling.k8s.io/v1`"),
        Change("storage.k8s.io/v1beta1", [], (.kubernetes, Version(1, 27)), "write `storage.k8s.io/v1`"),
        Change("apiextensions.k8s.io/v1beta1", [], (.kubernetes, Version(1, 22)), "write `apiextensions.k8s.io/v1`"),
        Change(
            "admissionregistration.k8s.io/v1beta1", ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
            (.kubernetes, Version(1, 22)), "write `admissionregistration.k8s.io/v1`"),
        Change("batch/v1beta1", [], (.kubernetes, Version(1, 25)), "write `batch/v1`"),
        Change(
            "policy/v1beta1", ["PodSecurityPolicy"], (.kubernetes, Version(1, 25)),
            "label namespaces for pod security admission"),
        Change("policy/v1beta1", [], (.kubernetes, Version(1, 25)), "write `policy/v1`"),
        Change("autoscaling/v2beta1", [], (.kubernetes, Version(1, 25)), "write `autoscaling/v2`"),
        Change("autoscaling/v2beta2", [], (.kubernetes, Version(1, 26)), "write `autoscaling/v2`"),
        Change(
            "flowcontrol.apiserver.k8s.io/v1beta2", [], (.kubernetes, Version(1, 29)),
            "write `flowcontrol.apiserver.k8s.io/v1`"),
        Change(
            "flowcontrol.apiserver.k8s.io/v1beta3", [], (.kubernetes, Version(1, 32)),
            "write `flowcontrol.apiserver.k8s.io/v1`"),
        Change("resource.k8s.io/v1alpha1", [], (.kubernetes, Version(1, 27)), claimKinds),
        Change("resource.k8s.io/v1alpha2", [], (.kubernetes, Version(1, 31)), claimKinds),
        Change(
            "resource.k8s.io/v1alpha3", ["ResourceClaim", "ResourceClaimTemplate", "DeviceClass", "ResourceSlice"],
            (.kubernetes, Version(1, 34)), claimKinds),
        // From 1.34 on the betas are there, and off by default.
        Change(
            "resource.k8s.io/v1beta1", [], (.kubernetes, Version(1, 34)),
            "write `resource.k8s.io/v1`, with `exactly` in each request"),
        Change("resource.k8s.io/v1beta2", [], (.kubernetes, Version(1, 34)), "write `resource.k8s.io/v1`"),
        Change(
            "gpu.nvidia.com/v1alpha1", [], nil,
            "sharing is configured in the `config` of a claim, by `resource.nvidia.com/v1beta1`, or for the device plugin"
        ),
        Change("karpenter.sh/v1alpha5", [], (.karpenter, Version(0, 33)), "write a NodePool of `karpenter.sh/v1`"),
        Change("karpenter.sh/v1beta1", [], (.karpenter, Version(1, 1)), "write `karpenter.sh/v1`"),
        Change(
            "karpenter.k8s.aws/v1alpha1", [], (.karpenter, Version(0, 33)),
            "write an EC2NodeClass of `karpenter.k8s.aws/v1`"),
        Change("karpenter.k8s.aws/v1beta1", [], (.karpenter, Version(1, 1)), "write `karpenter.k8s.aws/v1`"),
        Change(
            "autoscaling.x-k8s.io/v1alpha1", ["CapacityBuffer"], (.karpenter, Version(1, 14)),
            "write `autoscaling.x-k8s.io/v1beta1`"),
        Change("keda.k8s.io/v1alpha1", [], (.keda, Version(2, 0)), "write `keda.sh/v1alpha1`"),
    ]
}

/// The versions whose successors have the same fields, as far as manifests use them.
private let sameShape: Set = [
    "policy/v1beta1", "batch/v1beta1", "autoscaling/v2beta2", "rbac.authorization.k8s.io/v1beta1",
    "scheduling.k8s.io/v1beta1",
    "storage.k8s.io/v1beta1", "resource.k8s.io/v1beta2",
]
