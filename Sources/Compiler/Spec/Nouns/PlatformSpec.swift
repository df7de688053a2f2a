import Diagnostics

/// What is installed on the cluster; it decides which APIs may be emitted.
package struct PlatformSpec: Sendable {
    /// The EKS cluster's name.
    package let cluster: Traced<String>
    package let region: Traced<String>
    /// Availability zones to use; empty means all that the subnets offer.
    package let zones: [Traced<String>]
    package let kubernetes: Traced<Version>
    package let karpenter: KarpenterSpec
    package let autoscaler: AutoscalerSpec
    package let gpu: GPUPlatformSpec
    package let monitoring: MonitoringSpec
    /// An IANA name.
    package let timezone: Traced<String>
    /// Dollars per hour by instance type; they win over the catalog.
    package let prices: [(type: Traced<String>, perHour: Traced<Double>)]
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
