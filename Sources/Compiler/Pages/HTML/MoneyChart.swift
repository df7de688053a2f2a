import Groundwork
import Planning

/// The expected and worst-case cost of the pools, as two bars beside the budget.
func moneyChart(_ plan: Plan) -> String {
    let money = plan.money
    let most = max(money.worstPerMonth.value, money.budget?.value ?? 0, 1)
    let (left, width, height) = (96.0, 530.0, 108)
    func x(_ value: Double) -> Double { left + width * value / most }
    func bar(_ label: String, _ total: Double, y: Double, _ cost: (PoolCost) -> Double) -> String {
        var start = 0.0
        var text = element(
            "text", [("x", coordinate(left - 8)), ("y", coordinate(y + 19)), ("class", "end")], escaped(label))
        for pool in money.pools where cost(pool) > 0 {
            text += element(
                "rect",
                [
                    ("x", coordinate(x(start))), ("y", coordinate(y)),
                    ("width", coordinate(x(start + cost(pool)) - x(start))),
                    ("height", "28"), ("class", "segment \(role(of: pool, plan))"),
                ], element("title", escaped("\(pool.pool): \(dollars(cost(pool)))")))
            start += cost(pool)
        }
        return text
            + element(
                "text", [("x", "712"), ("y", coordinate(y + 19)), ("class", "end figure")], dollars(total))
    }
    var content =
        bar("expected", money.expectedPerMonth.value, y: 24) { $0.expectedPerMonth.value }
        + bar("worst case", money.worstPerMonth.value, y: 62) { $0.worstPerMonth.value }
    if let budget = money.budget?.value {
        let edge = coordinate(x(budget))
        content += shape("line", [("x1", edge), ("x2", edge), ("y1", "16"), ("y2", "98"), ("class", "budget")])
        content += element("text", [("x", edge), ("y", "12"), ("class", "end")], "budget \(dollars(budget))")
    }
    let roles = ["primary", "elastic", "spot", "idle"].filter { role in
        money.pools.contains { Compiler.role(of: $0, plan) == role }
    }
    let legend = roles.map { element("li", element("span", [("class", "swatch \($0)")], "") + $0) }.joined()
    return element(
        "figure",
        drawing(
            "money", title: "Cost per month", description: money.words, width: 720, height: height, content)
            + element("ul", [("class", "legend")], legend))
}

private func role(of cost: PoolCost, _ plan: Plan) -> String {
    plan.pools.first { $0.name.value == cost.pool }?.role.rawValue ?? "idle"
}

extension MoneyPlan {
    /// The bars in words.
    fileprivate var words: String {
        "Expected \(dollars(expectedPerMonth.value)), worst case \(dollars(worstPerMonth.value))"
            + (budget.map { ", budget \(dollars($0.value))" } ?? "") + "."
    }
}
