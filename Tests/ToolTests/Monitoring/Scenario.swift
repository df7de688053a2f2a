import Groundwork
import Planning

/// What happens in a cluster for a while, and whether one alert fires.
struct Scenario {
    let title: String
    let series: [Series]
    let looks: [Look]

    /// A look at the alert after some seconds.
    struct Look {
        let seconds: Int
        let firing: [Firing]
    }

    /// An alert that fires: the labels and the value that the expression gives it.
    struct Firing {
        let rule: PrometheusRule
        var labels: [String: String] = [:]
        var value = ""
    }

    /// Something that has to be told, but not before it has lasted; a rate fills its window first.
    static func fires(
        _ rule: PrometheusRule, when title: String, _ series: [Series], labels: [String: String] = [:],
        value: String = "",
        window: Int = 0
    ) -> Scenario {
        let told = Look(
            seconds: rule.forSeconds + window + 60, firing: [Firing(rule: rule, labels: labels, value: value)])
        let early = Look(seconds: rule.forSeconds - 30, firing: [])
        return Scenario(title: title, series: series, looks: rule.forSeconds > 0 ? [early, told] : [told])
    }

    /// Something that no alert is for, however long it lasts.
    static func silent(_ rule: PrometheusRule, when title: String, _ series: [Series]) -> Scenario {
        Scenario(title: title, series: series, looks: [Look(seconds: rule.forSeconds + 60, firing: [])])
    }

    /// Whether the alert fires in it.
    var fires: Bool { looks.contains { !$0.firing.isEmpty } }

    /// The scenario as promtool takes it.
    func test(of alert: String, every interval: String = "15s") -> PromtoolTest {
        PromtoolTest(
            name: "\(alert): \(title)", interval: interval, inputSeries: series,
            alertRuleTest: looks.map { look in
                .init(evalTime: "\(look.seconds)s", alertname: alert, expAlerts: look.firing.map(\.alert))
            })
    }
}

extension Scenario.Firing {
    /// The alert with its texts as Prometheus fills them in.
    var alert: PromtoolTest.Alert {
        let own = Dictionary(uniqueKeysWithValues: rule.labels.map { ($0.0, $0.1.value) })
        let all = labels.merging(own) { $1 }
        let texts = rule.annotations.map { name, text in
            let filled = all.reduce(text.value) { $0.replacing("{{ $labels.\($1.key) }}", with: $1.value) }
            // A label that a series does not have is an empty string.
            let known = filled.replacing(/{{ \$labels\.\w+ }}/, with: "")
            return (name, known.replacing("{{ $value }}", with: value))
        }
        return .init(expLabels: all, expAnnotations: Dictionary(uniqueKeysWithValues: texts))
    }
}

extension PrometheusRule {
    /// How long the alert's expression must hold, seconds.
    var forSeconds: Int { forDuration.flatMap { Int($0.value.dropLast()) } ?? 0 }
}
