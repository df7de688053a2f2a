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
        .record("deployment", "the Deployment whose replicas may use it", deploymentFacts) { $0.deployment },
        .fact("replicas", "the number of replicas that fit into it") { $0.headroom.replicas },
    ])

/// The headroom that Karpenter buffers hold, or that placeholder pods hold.
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
