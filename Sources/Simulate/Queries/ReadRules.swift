import Groundwork

/// A rule that cannot be simulated, and why.
package struct RuleRejection: Sendable {
    package let group: String
    package let rule: String
    package let reason: String
}

/// Reads the groups of a PrometheusRule; rules that cannot be simulated are left out and listed.
package func ruleGroups(_ manifest: ManifestValue, _ behavior: PrometheusBehavior) -> ([RuleGroup], [RuleRejection]) {
    var rejections: [RuleRejection] = []
    let groups = (manifest.at("spec", "groups")?.items ?? []).map { group in
        let name = group["name"]?.text ?? ""
        var rules: [QueryRule] = []
        for item in group.items(of: "rules") {
            switch queryRule(item) {
            case .success(let rule): rules.append(rule)
            case .failure(let failure):
                let title = item["alert"]?.text ?? item["record"]?.text ?? ""
                rejections.append(RuleRejection(group: name, rule: title, reason: failure.reason))
            }
        }
        let interval = group["interval"]?.text.flatMap(queryDuration).map { Int($0 * 1000) }
        return RuleGroup(name, every: interval ?? behavior.interval, rules)
    }
    return (groups, rejections)
}

private struct Unreadable: Error { let reason: String }

/// Reads one rule.
private func queryRule(_ item: ManifestValue) -> Result<QueryRule, Unreadable> {
    let query: Query
    do {
        query = try parseQuery(item["expr"]?.text ?? "")
    } catch {
        return .failure(Unreadable(reason: error.message))
    }
    if let missing = QuerySupport.missing(in: query).first { return .failure(Unreadable(reason: missing.message)) }
    var labels: [String: AlertLabel] = [:]
    for entry in item["labels"]?.entries ?? [] {
        guard let label = AlertLabel(entry.value.text ?? "") else {
            return .failure(Unreadable(reason: "not supported: the template of the label `\(entry.key)`"))
        }
        labels[entry.key] = label
    }
    if let name = item["record"]?.text { return .success(QueryRule(.record(name), query, labels: labels)) }
    guard let name = item["alert"]?.text else {
        return .failure(Unreadable(reason: "the rule is neither an alert nor a recording"))
    }
    var waits: [Int] = []
    for field in ["for", "keep_firing_for"] {
        guard let seconds = queryDuration(item[field]?.text ?? "0s") else {
            return .failure(Unreadable(reason: "`\(field)` is not a duration"))
        }
        waits.append(Int(seconds * 1000))
    }
    return .success(QueryRule(.alert(name, after: waits[0], keeping: waits[1]), query, labels: labels))
}
