import Diagnostics
import Groundwork

/// What is installed on the cluster; it decides which APIs may be emitted.
package struct PlatformSpec: Sendable {
    /// The EKS cluster's name.
    package let cluster: Traced<String>
    package internal(set) var region: Traced<String>
    /// Availability zones to use; empty means all that the subnets offer.
    package internal(set) var zones: [Traced<String>]
    package let kubernetes: Traced<Version>
    package let karpenter: KarpenterSpec
    package let autoscaler: AutoscalerSpec
    /// Whether Cluster Autoscaler resizes managed node groups.
    package let clusterAutoscaler: Traced<Bool>
    package let gpu: GPUPlatformSpec
    package let monitoring: MonitoringSpec
    /// An IANA name.
    package let timezone: Traced<String>
    /// Dollars per hour by instance type; they win over the catalog.
    package internal(set) var prices: [(type: Traced<String>, perHour: Traced<Double>)]
    /// What spot costs less than on demand, a ratio; the expected cost counts on it, the worst case does not.
    package internal(set) var spotDiscount: Traced<Double>?
    package let namespaces: Traced<NamespacePolicy>
    /// The namespace of the models.
    package let namespace: Traced<String>
    /// The nodes' IAM role; nil means Karpenter's customary one, unless there is an instance profile.
    package let role: Traced<String>?
    package let instanceProfile: Traced<String>?
    package let subnetTags: [(String, Traced<String>)]
    package let securityGroupTags: [(String, Traced<String>)]
    package let range: SourceRange
}

extension PlatformSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        let cluster = fields.required("cluster", .clusterName, "the EKS cluster's name, as its discovery tags have it")
        self.cluster = cluster
        region = fields.optional(
            "region", .region, "the AWS region", default: "us-east-1", because: "the one region whose prices are known")
        zones = fields.list("zones", .zone, "availability zones to use; empty: all that the subnets offer")
        kubernetes = fields.required("kubernetes", .version, "the control plane's version")
        karpenter =
            fields.optional(
                "karpenter", KarpenterSpec.init(_:),
                "the installed Karpenter; absent: none, and every model stands on a managed node group")
            ?? KarpenterSpec(absentFrom: fields.range)
        autoscaler = fields.always("autoscaler", AutoscalerSpec.init(_:), "the installed pod autoscaling add-ons")
        clusterAutoscaler = fields.optional(
            "clusterAutoscaler", .boolean, "whether Cluster Autoscaler is installed and resizes managed node groups",
            default: false, because: "nobody resizes a node group of its own accord")
        gpu = fields.required("gpu", GPUPlatformSpec.init(_:), "what the nodes bring for their GPUs")
        monitoring = fields.always("monitoring", MonitoringSpec.init(_:), "the installed Prometheus")
        timezone = fields.optional(
            "timezone", .timezone, "the IANA time zone of businessHours and schedules", default: "UTC",
            because: "Karpenter's own clock")
        prices = fields.table(
            "prices", .instanceType, .dollarsPerHour, "prices by instance type; they win over the catalog"
        )
        .map { (type: $0.key, perHour: $0.value) }
        spotDiscount = fields.optional(
            "spotDiscount", .percentage(0...0.95, "0% to 95%"),
            "what spot costs less than on demand, in the expected cost; absent: nothing")
        namespaces = fields.optional(
            "namespaces", .word, "whether to emit the namespaces", default: .create,
            because: "a tree that can be applied as it is")
        namespace = fields.optional(
            "namespace", .name(atMost: 54, because: "it is a namespace"), "the namespace of the models",
            default: "inference", because: "what runs in it")
        role = fields.optional("role", .role, "the nodes' IAM role; absent: KarpenterNodeRole-<cluster>")
        instanceProfile = fields.optional(
            "instanceProfile", .instanceProfile, "the nodes' instance profile, instead of a role")
        subnetTags = Self.tags(&fields, "subnetTags", "tags of the nodes' subnets", cluster)
        securityGroupTags = Self.tags(&fields, "securityGroupTags", "tags of the nodes' security groups", cluster)
    }

    /// Reads discovery tags, which by custom name the cluster.
    private static func tags(
        _ fields: inout FieldReader, _ key: String, _ meaning: String, _ cluster: Traced<String>
    ) -> [(String, Traced<String>)] {
        let custom = "karpenter.sh/discovery"
        let written = fields.table(key, .tagKey, .tagValue, "\(meaning); absent: \(custom) with the cluster's name")
        return written.isEmpty ? [(custom, cluster)] : written.map { ($0.key.value, $0.value) }
    }
}
