import Diagnostics
import YAML

/// The figures in `plan.json` by which two versions of a cluster are compared.
///
/// A figure that an older version did not write is nil; an older file is never an error.
struct PlanFigures: Sendable {
    struct Model: Sendable {
        let name: String
        /// Its team; empty without one.
        let team: String
        /// What a replica runs on, for example `1 × l40s on g6e.2xlarge`.
        let hardware: String
        let minReplicas: Double?
        let maxReplicas: Double?
        let gpusPerReplica: Double?
        let thresholds: [Thresholds]
    }

    /// The loads per replica at which scaling and alerts react, ascending.
    struct Thresholds: Sendable {
        static let names = ["scaleDown", "scaleUp", "warning", "critical", "limit"]

        let unit: String
        let levels: [Double?]
    }

    struct Pool: Sendable {
        let name: String
        let types: String
        let nodes: Double?
        let gpus: Double?
        let expected: Double?
        let worst: Double?
    }

    struct Team: Sendable {
        let name: String
        let expected: Double?
        let worst: Double?
        let budget: Double?
    }

    let expected: Double?
    let worst: Double?
    let budget: Double?
    let teams: [Team]
    let models: [Model]
    let pools: [Pool]

    /// Reads a `plan.json`; nil if the file is not one.
    init?(_ file: SourceFile) {
        var report = Report()
        guard let root = readYAML(file, &report)?.first, root["models"]?.items != nil else { return nil }
        let money = root["money"]
        expected = money?["expectedDollarsPerMonth"]?.number
        worst = money?["worstDollarsPerMonth"]?.number
        budget = money?["budgetDollarsPerMonth"]?.number
        teams = root.list("costsByTeam").map { cost in
            let name = cost.text("team")
            return Team(
                name: name.isEmpty ? "no team" : name, expected: cost["expectedDollarsPerMonth"]?.number,
                worst: cost["worstDollarsPerMonth"]?.number, budget: cost["budgetDollarsPerMonth"]?.number)
        }
        models = root.list("models").map(Model.init)
        let costs = root.list("costs")
        pools = root.list("pools").map { pool in Pool(pool, costs.first { $0.text("pool") == pool.text("name") }) }
    }

    var leastReplicas: Double? { sum(models.map(\.minReplicas)) }
    var mostReplicas: Double? { sum(models.map(\.maxReplicas)) }
    var nodes: Double? { sum(pools.map(\.nodes)) }
    var gpus: Double? { sum(pools.map(\.gpus)) }

    private func sum(_ parts: [Double?]) -> Double? {
        parts.contains { $0 != nil } ? parts.reduce(0) { $0 + ($1 ?? 0) } : nil
    }
}

extension PlanFigures.Model {
    fileprivate init(_ node: Node) {
        name = node.text("name")
        team = node.text("team")
        let gpus = node["gpusPerReplica"]?.number
        let count = gpus.map { "\(changeNumber($0)) × " } ?? ""
        hardware = "\(count)\(node.text("gpu")) on \(node.text("instanceType"))"
        minReplicas = node["minReplicas"]?.number
        maxReplicas = node["maxReplicas"]?.number
        gpusPerReplica = gpus
        let levels = node["thresholds"]
        thresholds = (levels?.items ?? levels.map { [$0] } ?? []).map { level in
            PlanFigures.Thresholds(
                unit: level.text("unit"), levels: PlanFigures.Thresholds.names.map { level[$0]?.number })
        }
    }
}

extension PlanFigures.Pool {
    fileprivate init(_ node: Node, _ cost: Node?) {
        name = node.text("name")
        types = node.list("types").compactMap { $0.scalar?.text }.joined(separator: ", ")
        nodes = node["nodes"]?.number
        gpus = node["gpus"]?.number
        expected = cost?["expectedDollarsPerMonth"]?.number
        worst = cost?["worstDollarsPerMonth"]?.number
    }
}

extension Node {
    fileprivate var number: Double? { scalar.flatMap { Double($0.text) } }
    fileprivate func text(_ key: String) -> String { self[key]?.scalar?.text ?? "" }
    fileprivate func list(_ key: String) -> [Node] { self[key]?.items ?? [] }
}
