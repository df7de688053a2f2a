import Diagnostics
import Groundwork

/// What is installed on the cluster; it decides which APIs the manifests may use.
package struct PlatformSpec: Sendable {
    /// The EKS cluster's name.
    package let cluster: Traced<String>
    package internal(set) var region: Traced<String>
    /// Availability zones to use; empty means all that the subnets offer.
    package internal(set) var zones: [Traced<String>]
    package let kubernetes: Traced<Version>
    @Boxed package private(set) var karpenter: KarpenterSpec
    @Boxed package private(set) var autoscaler: AutoscalerSpec
    /// Whether Cluster Autoscaler resizes managed node groups.
    package let clusterAutoscaler: Traced<Bool>
    @Boxed package private(set) var gpu: GPUPlatformSpec
    @Boxed package private(set) var monitoring: MonitoringSpec
    @Boxed package private(set) var images: ImagesSpec
    /// An IANA name.
    package let timezone: Traced<String>
    /// Dollars per hour by instance type; they override the catalog.
    package internal(set) var prices: [(type: Traced<String>, perHour: Traced<Double>)]
    /// Discounts of Savings Plans or private pricing by type, family or GPU, as ratios; they apply to the expected cost, not to the worst case.
    package let commitments: [(instances: Traced<String>, discount: Traced<Double>)]
    /// The discount of spot against on-demand, a ratio; it applies to the expected cost, not to the worst case; nil means that of the catalog.
    package internal(set) var spotDiscount: Traced<Double>?
    @Boxed package private(set) var nodes: NodesSpec
    package let namespaces: Traced<NamespacePolicy>
    /// The namespace of the models that set none.
    package let namespace: Traced<String>
    /// The Pod Security level of the models' namespaces; nil means the strictest that the generated pods meet.
    package let podSecurity: Traced<PodSecurity>?
    /// The namespaces whose pods may send requests to the models; empty for all.
    package let clientNamespaces: [Traced<String>]
    /// The nodes' IAM role; nil means Karpenter's customary one, unless there is an instance profile.
    package let role: Traced<String>?
    package let instanceProfile: Traced<String>?
    package let subnetTags: [(String, Traced<String>)]
    package let securityGroupTags: [(String, Traced<String>)]
    /// Tags of the EC2 instances and volumes.
    package let tags: [(key: Traced<String>, value: Traced<String>)]
    /// Labels and annotations of every generated object.
    @Boxed package private(set) var metadata: ObjectMetadata
    package let range: SourceRange
}

extension PlatformSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        let cluster = fields.required("cluster", .clusterName, "name of the EKS cluster, as in its discovery tags")
        self.cluster = cluster
        region = fields.optional(
            "region", .region, "AWS region", default: "us-east-1", because: "the default region of AWS")
        zones = fields.list("zones", .zone, "availability zones to use; default: all zones of the subnets")
        kubernetes = fields.required("kubernetes", .version, "version of the control plane")
        karpenter =
            fields.optional(
                "karpenter", KarpenterSpec.init(_:),
                "the installed Karpenter; default: not installed, every model runs on a managed node group")
            ?? KarpenterSpec(absentFrom: fields.range)
        autoscaler = fields.always("autoscaler", AutoscalerSpec.init(_:), "the installed pod autoscaling add-ons")
        clusterAutoscaler = fields.optional(
            "clusterAutoscaler", .boolean, "whether Cluster Autoscaler is installed and resizes managed node groups",
            default: false, because: "managed node groups are not resized by default")
        gpu = fields.required("gpu", GPUPlatformSpec.init(_:), "GPU software of the nodes")
        monitoring = fields.always("monitoring", MonitoringSpec.init(_:), "the installed Prometheus")
        images = fields.always("images", ImagesSpec.init(_:), "where the images of generated pods come from")
        timezone = fields.optional(
            "timezone", .timezone, "IANA time zone of businessHours and schedules", default: "UTC",
            because: "the time zone of Karpenter")
        prices = fields.table(
            "prices", .instanceType, .dollarsPerHour,
            "prices by instance type; they override the catalog; default: those of the catalog"
        )
        .map { (type: $0.key, perHour: $0.value) }
        commitments = fields.table(
            "commitments", .instance.example("p5"), .percentage(0...0.95, "0% to 95%").example("30%"),
            "discounts of Savings Plans or private pricing by instance type, family or GPU, in the expected cost; default: none"
        )
        .map { (instances: $0.key, discount: $0.value) }
        spotDiscount = fields.optional(
            "spotDiscount", .percentage(0...0.95, "0% to 95%").example("60%"),
            "discount of spot against on-demand in the expected cost; default: that of the region in the catalog, by instance type"
        )
        nodes = fields.always("nodes", NodesSpec.init(_:), "volumes, kubelet and metadata of the GPU nodes")
        namespaces = fields.optional(
            "namespaces", .word, "whether to generate the namespaces", default: .create,
            because: "the manifests can be applied as they are")
        namespace = fields.optional(
            "namespace",
            .namespace.example("llm"), "namespace of the models that set none",
            default: "inference", because: "named after what runs in it")
        podSecurity = fields.optional(
            "podSecurity", .word,
            "Pod Security level of the models' namespaces that are generated, such as `baseline` for sidecars that patches or webhooks "
                + "add; default: the strictest that the generated pods meet")
        clientNamespaces = fields.list(
            "clientNamespaces", .namespace.example("istio-ingress"),
            "namespaces whose pods may send requests to the models, such as that of the gateway, by the NetworkPolicies of generated "
                + "namespaces; that of Prometheus may always; default: all")
        role = fields.optional(
            "role", .role, "IAM role of the nodes; default: `KarpenterNodeRole-` and the name of the cluster")
        instanceProfile = fields.optional(
            "instanceProfile", .instanceProfile, "instance profile of the nodes, instead of a role; default: none")
        subnetTags = Self.tags(&fields, "subnetTags", "tags of the nodes' subnets", cluster)
        securityGroupTags = Self.tags(&fields, "securityGroupTags", "tags of the nodes' security groups", cluster)
        tags = fields.table(
            "tags", .ownTagKey, .tagValue,
            "tags of EC2 instances and volumes, besides those of Stowage; a change replaces the nodes; default: none")
        metadata = ObjectMetadata(&fields, on: "every generated object")
    }

    /// Reads discovery tags, whose default is the cluster's name.
    private static func tags(
        _ fields: inout FieldReader, _ key: String, _ meaning: String, _ cluster: Traced<String>
    ) -> [(String, Traced<String>)] {
        let custom = "karpenter.sh/discovery"
        let written = fields.table(key, .tagKey, .tagValue, "\(meaning); default: \(custom) with the cluster's name")
        return written.isEmpty ? [(custom, cluster)] : written.map { ($0.key.value, $0.value) }
    }
}
