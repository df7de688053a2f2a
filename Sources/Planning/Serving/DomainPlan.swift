import Groundwork

/// The ComputeDomain that a model's replicas form: NVIDIA's DRA driver joins their nodes, and makes the template of its channels.
package struct DomainPlan: Sendable {
    package let model: Traced<String>
    /// The ResourceClaimTemplate that the driver's controller makes.
    package let channelTemplate: Traced<String>

    /// The domain of a model; nil where it forms none.
    package init?(_ model: Placement) {
        guard model.spec.gpu.computeDomain.value else { return nil }
        self.model = model.spec.name
        channelTemplate = model.spec.name.map { "\($0)-channel" }
    }
}
