import Groundwork
import Planning

extension SyntheticCluster {
    /// The series of a controller.
    typealias Rows = [(name: String, labels: [String: String], value: Double)]

    /// What kube-state-metrics says while each model has so many pods.
    func counts(_ count: Int) -> Rows {
        models.flatMap { model, cluster -> Rows in
            let namespace = cluster.namespace
            let deployments =
                model.deployments.map { deployment in
                    (deployment.name.value, Self.replicas(model, deployment, count))
                } + [("\(model.name)-canary", 1)]
            let rows: Rows = deployments.flatMap { name, replicas in
                ["", "_available"].map { suffix in
                    (
                        "kube_deployment_status_replicas\(suffix)", ["namespace": namespace, "deployment": name],
                        Double(replicas)
                    )
                }
            }
            let phase: Rows = Self.pods(model, count).map { pod in
                ("kube_pod_status_phase", ["namespace": namespace, "pod": pod, "phase": "Pending"], 0)
            }
            guard let scaler = model.scaler else { return rows + phase }
            let this = ["namespace": namespace, "horizontalpodautoscaler": scaler.autoscalerName]
            return rows + phase + [
                ("kube_horizontalpodautoscaler_status_desired_replicas", this, Double(count)),
                ("kube_horizontalpodautoscaler_status_current_replicas", this, Double(count)),
                ("kube_horizontalpodautoscaler_spec_max_replicas", this, Double(scaler.maxReplicas.value)),
            ]
        }
    }

    /// How many of a model's pods are those of one Deployment.
    static func replicas(_ model: ModelPlan, _ deployment: Deployment, _ count: Int) -> Int {
        let base = min(count, model.placement.minReplicas.value)
        return switch deployment.role {
        case .base: base
        case .surge: count - base
        case nil: count
        }
    }

    /// What Karpenter and a gateway without traffic say.
    func pools(_ round: Int) -> Rows {
        var seen: Set<String> = []
        return [("istio_build", ["component": "proxy"], 1)]
            + clusters.flatMap(\.plan.pools).filter { seen.insert($0.name.value).inserted }.flatMap { pool -> Rows in
                let name = ["nodepool": pool.name.value]
                return [
                    (
                        "karpenter_nodepools_usage", name.merging(["resource_type": "nvidia.com/gpu"]) { $1 },
                        Double(pool.size.gpus.value)
                    ),
                    (
                        "karpenter_nodepools_usage", name.merging(["resource_type": "nodes"]) { $1 },
                        Double(pool.size.nodes.value)
                    ),
                    (
                        "karpenter_nodeclaims_created_total", name.merging(["reason": "provisioned"]) { $1 },
                        Double(round)
                    ),
                    ("karpenter_nodeclaims_terminated_total", name, Double(round)),
                    (
                        "karpenter_nodepools_limit", name.merging(["resource_type": pool.size.limits[0].0]) { $1 },
                        Double(pool.size.limits[0].1.value)
                    ),
                ]
            }
    }
}
