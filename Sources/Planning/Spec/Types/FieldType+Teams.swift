import Diagnostics
import Groundwork
import YAML

extension Patterns {
    static let teamBudget = Pattern("([0-9]+(\\.[0-9]+)?%|\\$[0-9]+(\\.[0-9]{1,2})?/month)")
}

extension FieldType where Value == String {
    /// The name of a team.
    static var team: FieldType {
        .name(atMost: 63, because: "as long as the value of a label may be").example("search")
    }
}

extension FieldType where Value == TeamBudget {
    /// `30%` of the cluster's budget, or `$20000/month`.
    static var teamBudget: FieldType {
        let schema: @Sendable () -> JSON = {
            .object([("type", .string("string")), ("pattern", .string(Patterns.teamBudget.source))])
        }
        let expects = "a share such as `30%`, or money such as `$20000/month`"
        return FieldType(
            expects: { expects }, placeholder: .share(1), schema: schema, examples: ["30%", "$20000/month"]
        ) { node, subject, report in
            guard node.scalar?.text.hasSuffix("%") == true else {
                return FieldType<Double>.dollarsPerMonth.read(node, subject, &report).map(TeamBudget.amount)
            }
            return FieldType<Double>.percentage(0...1, "0% to 100%").read(node, subject, &report)
                .map(TeamBudget.share)
        }
    }
}
