import Diagnostics
import Groundwork
import YAML

/// Checks every instance type and family that a spec names, before any is chosen.
func checkInstanceNames(_ spec: ClusterSpec, _ report: inout Report) {
    for list in [spec.instances] + spec.models.map(\.instances) {
        for name in list.avoid where !isKnown(name.value) { reportUnknownInstance(name, "excludes nothing", &report) }
        for name in list.prefer { checkPreference(name, beside: list.prefer, &report) }
    }
    let committed = spec.platform.commitments.map(\.instances)
    for name in committed where !isKnown(name.value) {
        reportUnknownInstance(name, "the discount applies to nothing", besides: committed.map(\.value), &report)
    }
    let priced = spec.platform.prices.map(\.type)
    for type in priced where Catalog.instanceType(named: type.value) == nil {
        reportUnknownInstance(type, "the price applies to nothing", besides: priced.map(\.value), &report)
    }
    for type in spec.reservations.map(\.type) where Catalog.instanceType(named: type.value) == nil {
        reportUnknownInstance(type, "unknown instance type", &report)
    }
}

/// Whether any entry of a list names an instance type that may be chosen.
func namesUsableInstance(_ names: [Traced<String>]) -> Bool {
    names.contains { name in Catalog.instanceTypes.contains { $0.isUsable && $0.isNamed(name.value) } }
}

/// Reports a preferred instance that is unknown or unusable; the latter is a warning if the list names others.
private func checkPreference(_ name: Traced<String>, beside list: [Traced<String>], _ report: inout Report) {
    let named = Catalog.instanceTypes.filter { $0.isNamed(name.value) }
    if named.contains(where: \.isUsable) { return }
    guard let reason = named.first?.rejection ?? Catalog.rejection(ofFamily: family(name.value)) else {
        return reportUnknownInstance(name, "no such instance", &report)
    }
    if namesUsableInstance(list) {
        report.warning(
            "instance-not-usable", "Stowage cannot serve models on `\(name.value)`", at: name.range, label: reason)
    } else {
        report.error(
            "instance-not-usable", "Stowage cannot serve models on `\(name.value)`", at: name.range, label: reason,
            help: [
                Help(
                    "use another family, such as `g6e`, or remove `prefer` to use the cheapest that fits",
                    .removing(listOf: name.range))
            ])
    }
}

private func isKnown(_ name: String) -> Bool {
    Catalog.instanceTypes.contains { $0.isNamed(name) } || Catalog.rejection(ofFamily: family(name)) != nil
}

private func family(_ name: String) -> String { name.split(separator: ".").first.map(String.init) ?? name }

/// Reports a name, with one that is close to it and not set already.
private func reportUnknownInstance(
    _ name: Traced<String>, _ label: String, besides others: [String] = [], _ report: inout Report
) {
    let usable = Catalog.instanceTypes.filter(\.isUsable)
    let isType = name.value.contains(".")
    let names = isType ? usable.map(\.name) : usable.map(\.family) + unique(usable.map(\.gpuID))
    let near = closest(to: name.value, among: names.filter { !others.contains($0) })
    report.error(
        "unknown-instance", "the catalog has no instance \(isType ? "type" : "family or GPU") `\(name.value)`",
        at: name.range,
        label: label, help: near.map { [Help(meaning: $0, at: name.range)] } ?? [])
}
