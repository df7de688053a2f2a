import Groundwork

/// The ComputeDomain of a model's replicas: NVIDIA's DRA driver connects their nodes, and creates the template of its channels.
package struct DomainPlan: Sendable {
    package let model: Traced<String>
    package let namespace: Traced<String>
    /// The ResourceClaimTemplate that the driver's controller creates.
    package let channelTemplate: Traced<String>
    package let metadata: ObjectMetadata

    /// The domain of a model; nil if it has none.
    package init?(_ model: Placement) {
        guard model.spec.gpu.computeDomain.value else { return nil }
        (self.model, namespace) = (model.spec.name, model.spec.namespace)
        metadata = model.spec.metadata
        channelTemplate = model.spec.name.map { "\($0)-channel" }
    }
}
