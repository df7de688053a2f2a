import Diagnostics

/// The figures of a plan, for programs: `plan.json`, which a later diff compares with.
package func figures(_ plan: Plan) -> JSON {
    [
        "cluster": .string(plan.spec.name.value),
        "money": figures(plan.money),
        "models": .array(plan.models.map(figures)),
        "pools": .array(plan.pools.map(figures)),
        "prerequisites": .array(plan.prerequisites.map { .string($0) }),
        "assumptions": .array(plan.assumptions.map { .string($0) }),
    ]
}

private func figures(_ money: MoneyPlan) -> JSON {
    [
        "expectedDollarsPerMonth": .number(money.expectedPerMonth.value),
        "worstDollarsPerMonth": .number(money.worstPerMonth.value),
        "budgetDollarsPerMonth": money.budget.map { .number($0.value) } ?? .null,
    ]
}

private func figures(_ model: ModelPlan) -> JSON {
    let placement = model.placement
    let point = placement.point
    let operatingPoint: JSON = [
        "sequences": .integer(point.sequences.value),
        "requestsPerSecond": .number(point.requestsPerSecond.value),
        "kvCacheShare": .number(point.kvShare.value),
        "timeToFirstTokenSeconds": .number(point.timeToFirstToken.value),
        "timePerOutputTokenSeconds": .number(point.timePerOutputToken.value),
        "coldStartSeconds": .integer(point.coldStart.total.value),
        "bottleneck": .string(point.bottleneck),
        "confidence": .string(point.confidence),
    ]
    let thresholds: JSON = [
        "unit": .string(model.levels.signal.unit),
        "scaleDown": .number(model.levels.scaleDown.value),
        "scaleUp": .number(model.levels.scaleUp.value),
        "warning": .number(model.levels.warning.value),
        "critical": .number(model.levels.critical.value),
        "limit": .number(model.levels.limit.value),
    ]
    return [
        "name": .string(model.name),
        "source": .string(placement.spec.source.value),
        "instanceType": .string(placement.shape.type.name),
        "gpu": .string(placement.shape.accelerator.gpu.id),
        "gpusPerReplica": .integer(point.tensorParallel.value),
        "replicasPerNode": .integer(placement.shape.replicasPerNode),
        "minReplicas": .integer(placement.minReplicas.value),
        "maxReplicas": .integer(placement.maxReplicas.value),
        "operatingPoint": operatingPoint,
        "thresholds": thresholds,
        "runnersUp": .array(placement.runnersUp.map { ["shape": .string($0.words), "reason": .string($0.reason)] }),
    ]
}

private func figures(_ pool: PoolPlan) -> JSON {
    [
        "name": .string(pool.name.value),
        "role": .string(pool.role.rawValue),
        "types": .array(pool.types.map { .string($0.name) }),
        "nodes": .integer(pool.nodes.value),
        "gpus": .integer(pool.gpus.value),
        "worstDollarsPerHour": .number(pool.worstPerHour.value),
        "models": .array(pool.models.map { .string($0) }),
    ]
}
