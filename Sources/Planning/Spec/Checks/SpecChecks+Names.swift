import Diagnostics
import Groundwork
import YAML

/// Beginnings of names that Stowage gives to what models share.
private let reservedBeginnings = ["elastic-", "spot-", "stowage-"]

/// Endings of names that Stowage gives to the parts of a model.
private let partEndings = ["-base", "-surge", "-primary"]

/// Checks that no two objects would get one name.
func checkNames(_ spec: ClusterSpec, _ report: inout Report) {
    var first: [String: ModelSpec] = [:]
    for model in spec.models {
        let name = model.name.value
        if let other = first[name] {
            report.error(
                "duplicate-name", "two models are called `\(name)`", at: model.name.range, label: "the second",
                notes: [.init("the first is here", at: other.name.range)])
        } else {
            first[name] = model
        }
        checkBeginning(model.name, "a model's name", &report)
        if let pool = model.pool { checkBeginning(pool, "a pool's name", &report) }
    }
    for model in spec.models {
        for ending in partEndings where model.name.value.hasSuffix(ending) {
            guard let other = first[String(model.name.value.dropLast(ending.count))] else { continue }
            report.error(
                "name-of-a-part", "`\(model.name.value)` is also what a part of `\(other.name.value)` is called",
                at: model.name.range, label: "taken",
                notes: [.init("`\(other.name.value)` is named here", at: other.name.range)],
                help: ["Stowage calls a model's parts `<name>-base`, `<name>-surge` and `<name>-primary`"])
        }
        guard let pool = model.pool, pool.value != model.name.value, let owner = first[pool.value],
            owner.pool?.value != pool.value
        else { continue }
        report.error(
            "pool-of-another-model",
            "the pool `\(pool.value)` is called like the model `\(owner.name.value)`, which does not use it",
            at: pool.range, label: "`\(owner.name.value)` has a pool of its own of that name",
            notes: [.init("`\(owner.name.value)` is named here", at: owner.name.range)],
            help: [
                Help(
                    "give `\(owner.name.value)` the line `pool: \(pool.value)` too, or name the pool otherwise",
                    owner.setting("pool", to: pool.value))
            ])
    }
}

private func checkBeginning(_ name: Traced<String>, _ what: String, _ report: inout Report) {
    guard let beginning = reservedBeginnings.first(where: { name.value.hasPrefix($0) }) else { return }
    report.error(
        "reserved-name", "\(what) begins with `\(beginning)`", at: name.range, label: "kept for what models share",
        help: ["the names of shared objects begin with \(enumerated(reservedBeginnings, "or"))"])
}
