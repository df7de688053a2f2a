import Groundwork
import Planning

/// An existing workload, with the Deployment that the plan would generate in its place.
struct WorkloadInPlan: Sendable {
    let workload: ExistingWorkloadSpec
    let deployment: DeploymentInPlan
}

let workloadFacts = FactTable<WorkloadInPlan>(
    "workload", "an existing workload, not managed by Stowage",
    [
        .fact("name", "its name") { $0.workload.name },
        .fact("kind", "its kind: Deployment, StatefulSet or LeaderWorkerSet") { $0.workload.kind.map(\.rawValue) },
        .fact("container", "the container that runs vLLM") { $0.workload.container },
        .maybe("release", "the Helm release that installs it, if one does") { $0.workload.release },
        .fact("patchPath", "the path of the patch with what it has to change") { patchPath($0) },
        .fact("isDeployment", "whether it is a Deployment") { item in
            item.workload.kind.map { $0 == .deployment }
        },
        .fact("isGroup", "whether it is a LeaderWorkerSet") { item in
            item.workload.kind.map { $0 == .leaderWorkerSet }
        },
        .fact("template", "the pod template of a LeaderWorkerSet with that container") {
            $0.workload.template.map(\.rawValue)
        },
        .record("deployment", "the Deployment that the plan would generate in its place", deploymentFacts) {
            $0.deployment
        },
    ])

/// The existing workloads.
func workloads(_ plan: Plan) -> [WorkloadInPlan] {
    deployments(of: plan) { $0.workload != nil }.compactMap { deployment in
        deployment.placement.workload.map { WorkloadInPlan(workload: $0, deployment: deployment) }
    }
}

/// The path of the patch: a kustomize component, or a post-renderer of a Helm release.
private func patchPath(_ item: WorkloadInPlan) -> Traced<String> {
    item.workload.release?.map { "helm/\($0).post-renderer.yaml" }
        ?? item.deployment.placement.spec.name.map { "patches/\($0)/kustomization.yaml" }
}
