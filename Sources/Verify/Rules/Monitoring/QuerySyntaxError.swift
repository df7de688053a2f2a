import Diagnostics
import Groundwork

extension Rule {
    static let querySyntaxError = Rule(
        "query-syntax-error", .monitoring,
        why: "Prometheus cannot evaluate an invalid query: the alert never fires, and the autoscaler never scales",
        accepts: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: sum by (pod) (rate(a_total{b=~'c|d'}[5m] offset 1h)) > bool 2
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: a / on (pod) group_left (node) b > 1 # of each node
                - alert: B
                  expr: max_over_time(rate(a_total[5m])[1h:30s] @ end()) > 1e3
                - alert: C
                  expr: histogram_quantile(0.99, sum by (le,) (rate(a_bucket{job=~`a|b`,}[1h30m]))) > 0x1F
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: absent_over_time({__name__="a", "b.c"="d"}[10m])
                - alert: B
                  expr: |
                    (a offset -5m)
                      unless on ()
                    (b or vector(0)) > bool 2
                - alert: C
                  expr: label_replace(a, "node", "$1", "instance", "(.*):.*") == -Inf
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: 'up{job=~"(?i)a|b[^c]+|d.*"} == 0'}
                - {alert: B, expr: 'clamp_max(up, 1) == 0 or round(up) > 2 or year() > 2030'}
            """,
        ],
        rejects: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: sum(rate(a_total[5m])↓
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: ↓rtae(a_total[5m]) > 1
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: avg(↓rate(a_total)) > 1
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: a{job↓=="b"}
                - alert: B
                  expr: a{job="b" ↓pod="c"}
                - alert: C
                  expr: a > 1 ↓&& b > 1
                - alert: D
                  expr: a ↓= 1
                - alert: E
                  expr: sum by (a) ↓rate(b_total[5m]) > 1
                - alert: F
                  expr: ↓avg(a, b) > 1
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: 'rate(x_total[↓$__rate_interval]) > 1'}
                - {alert: B, expr: 'up{job=~↓"(a"} == 0'}
                - {alert: C, expr: 'up{job!~↓"*a"} == 0'}
                - {alert: D, expr: 'up{job=~↓"a(?!b)"} == 0'}
                - {alert: E, expr: ↓clamp_max(up) > 0}
            """,
        ]
    ) { tree, findings in
        for use in tree.queries {
            if let variable = use.dashboardVariable {
                findings.add(
                    "\(use.words) uses `\(variable.name)`, a variable of Grafana", at: variable.place,
                    label: "Prometheus does not know it", help: "write a duration such as `5m`")
                continue
            }
            for matcher in use.parts.selectors.flatMap(\.content.matchers)
            where matcher.relation == .matching || matcher.relation == .unmatching {
                guard let fault = regexFault(matcher.value) else { continue }
                findings.add(
                    "\(use.words) has an invalid regular expression: \(fault)", at: use.place(matcher.valueExtent),
                    label: "Prometheus rejects the query")
            }
            guard let error = use.error else { continue }
            findings.add(
                "\(use.words) is not valid PromQL: \(error.message)", at: use.place(error.extent),
                label: "parsing stopped here", help: error.help)
        }
    }
}

extension Inventory.QueryUse {
    /// A variable that only Grafana fills in.
    fileprivate var dashboardVariable: (name: String, place: SourceRange)? {
        guard let text = value.text, let start = text.firstRange(of: "$__") else { return nil }
        let name = text[start.lowerBound...].prefix { $0 == "$" || $0 == "_" || $0.isLetter }
        let offset = text.utf8.distance(from: text.startIndex, to: start.lowerBound)
        return (String(name), place(offset..<offset + name.utf8.count))
    }
}

/// The bytes without which a text is a valid expression.
private let specialBytes: Set<UInt8> = Set("\\([)*+?".utf8)

/// Says what is wrong with a regular expression of RE2; nil if nothing is, as far as is known.
private func regexFault(_ text: String) -> String? {
    guard text.utf8.contains(where: specialBytes.contains) else { return nil }
    // Variables of other programs are filled in later.
    if text.contains("$") && text.contains("{") { return nil }
    var depth = 0
    var isInClass = false
    var mayRepeat = false
    var previous: Character?
    var characters = Array(text)[...]
    while let character = characters.popFirst() {
        if character == "\\" {
            guard let next = characters.popFirst() else { return "it ends in a backslash" }
            if next.isNumber, next != "0" { return "it refers back to a group" }
            (mayRepeat, previous) = (true, next)
            continue
        }
        if isInClass {
            if character == "]", previous != "[" || characters.isEmpty { isInClass = false }
            (mayRepeat, previous) = (true, character)
            continue
        }
        switch character {
        case "[": isInClass = true
        case "(":
            depth += 1
            if characters.first == "?" {
                let kind = characters.dropFirst().first
                if kind == "=" || kind == "!" { return "RE2 has no lookahead" }
                if kind == "<", [Character("="), "!"].contains(characters.dropFirst(2).first) {
                    return "RE2 has no lookbehind"
                }
                while let next = characters.first, next != ":", next != ">", next != ")" { characters.removeFirst() }
                if characters.first != ")" { _ = characters.popFirst() }
            }
            mayRepeat = false
        case ")":
            depth -= 1
            if depth < 0 { return "a `)` has no `(`" }
            mayRepeat = true
        case "*", "+", "?":
            if !mayRepeat, previous != "*", previous != "+", previous != "?" || character != "?" {
                return "nothing stands before `\(character)`"
            }
        case "|": mayRepeat = false
        default: mayRepeat = true
        }
        previous = character
    }
    if isInClass { return "a `[` is not closed" }
    return depth > 0 ? "a `(` is not closed" : nil
}
