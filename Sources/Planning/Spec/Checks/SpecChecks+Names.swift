import Diagnostics
import Groundwork
import YAML

/// Prefixes of the names of objects that models share.
private let reservedBeginnings = ["elastic-", "spot-", "stowage-"]

/// Suffixes of the names of the parts of a model.
private let partEndings = ["-base", "-surge", "-primary"]

/// Checks that no two objects get the same name.
func checkNames(_ spec: ClusterSpec, _ report: inout Report) {
    var first: [String: ModelSpec] = [:]
    for model in spec.models {
        let name = model.name.value
        if let other = first[name] {
            func whose(_ model: ModelSpec) -> String { model.team.map { ", of the team `\($0.value)`" } ?? "" }
            report.error(
                "duplicate-name", "two models are named `\(name)`", at: model.name.range,
                label: "second model\(whose(model))",
                notes: [
                    .init("the first\(whose(other).isEmpty ? "" : whose(other) + ",") is here", at: other.name.range)
                ])
        } else {
            first[name] = model
        }
        checkBeginning(model.name, "the name of a model", &report)
        if let pool = model.pool { checkBeginning(pool, "the name of a pool", &report) }
    }
    for model in spec.models {
        for ending in partEndings where model.name.value.hasSuffix(ending) {
            guard let other = first[String(model.name.value.dropLast(ending.count))] else { continue }
            report.error(
                "name-collision", "`\(model.name.value)` is also the name of a part of `\(other.name.value)`",
                at: model.name.range, label: "already in use",
                notes: [.init("`\(other.name.value)` is named here", at: other.name.range)],
                help: [
                    "use another name: the parts of a model are named `<name>-base`, `<name>-surge` and `<name>-primary`"
                ])
        }
        guard let pool = model.pool, pool.value != model.name.value, let owner = first[pool.value],
            owner.pool?.value != pool.value
        else { continue }
        report.error(
            "pool-named-after-another-model",
            "the pool `\(pool.value)` has the name of the model `\(owner.name.value)`, which does not use it",
            at: pool.range, label: "`\(owner.name.value)` has its own pool of that name",
            notes: [.init("`\(owner.name.value)` is named here", at: owner.name.range)],
            help: [
                Help(
                    "set `pool: \(pool.value)` on `\(owner.name.value)` too, or rename the pool",
                    owner.setting("pool", to: pool.value))
            ])
    }
}

private func checkBeginning(_ name: Traced<String>, _ what: String, _ report: inout Report) {
    guard let beginning = reservedBeginnings.first(where: { name.value.hasPrefix($0) }) else { return }
    report.error(
        "reserved-name", "\(what) starts with `\(beginning)`", at: name.range, label: "reserved for shared objects",
        help: ["use another name: the names of shared objects start with \(enumerated(reservedBeginnings, "or"))"])
}
