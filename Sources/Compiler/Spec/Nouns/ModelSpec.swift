import Diagnostics

/// One model: what it is, what it promises, what load it sees.
package struct ModelSpec: Sendable {
    package let name: Traced<String>
    /// Its name in the model catalog, which is its name on Hugging Face.
    package let source: Traced<String>
    /// Its shape, where the catalog does not know it.
    package let architecture: ArchitectureSpec?
    package let weights: WeightsSpec
    /// The IAM role of its service account.
    package let roleArn: Traced<String>?
    package let workloadClass: Traced<WorkloadClass>
    package let priority: Traced<Priority>
    /// Over the cluster's.
    package let instances: InstancesSpec
    /// A primary pool shared with the models that name the same.
    package let pool: Traced<String>?
    /// The longest sequence served, in tokens.
    package let context: Traced<Int>?
    package let sla: SLASpec
    package let traffic: TrafficSpec?
    package let replicas: ReplicasSpec?
    package let scaling: ScalingSpec
    package let gpu: GPUSpec
    package let serving: ServingSpec
    /// The user's own measurement; it wins over the capacity model.
    package let measured: MeasuredSpec?
    package let range: SourceRange
}
