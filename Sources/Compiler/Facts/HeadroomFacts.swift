import Groundwork
import Planning

/// Headroom with the plan of its model.
final class HeadroomInPlan: Sendable {
    let headroom: HeadroomPlan
    let deployment: DeploymentInPlan

    init(headroom: HeadroomPlan, deployment: DeploymentInPlan) {
        self.headroom = headroom
        self.deployment = deployment
    }
}

let headroomFacts = FactTable<HeadroomInPlan>(
    "headroom", "GPUs that are kept free for a model's surge",
    [
        .fact("name", "its name") { $0.headroom.name },
        .record("deployment", "the Deployment for whose replicas there is room", deploymentFacts) { $0.deployment },
        .fact("replicas", "for how many replicas") { $0.headroom.replicas },
    ])

/// The headroom that Karpenter keeps, or that which placeholder pods keep.
func headrooms(_ plan: Plan, buffers: Bool) -> [HeadroomInPlan] {
    plan.headrooms.filter { $0.isBuffer == buffers }.compactMap { headroom in
        plan.models.first { $0.name == headroom.deployment.model.name }.map { model in
            HeadroomInPlan(
                headroom: headroom,
                deployment: DeploymentInPlan(
                    deployment: headroom.deployment, model: ModelInPlan(model: model, plan: plan)))
        }
    }
}
