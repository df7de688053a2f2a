import Groundwork
import Planning

/// What DCGM writes for a field that a GPU lacks, as near as Prometheus' numbers come.
private let absent = 0x1p63

/// What makes each alert on GPUs fire, and what comes near without doing so.
func gpuScenarios(_ rule: PrometheusRule, _ traffic: Traffic) -> [Scenario] {
    // DCGM exporter 4.9 renamed the fields, 4.8.3 the label of the node.
    let query = rule.expression.value
    let isRenamed =
        query.contains("DCGM_FI_DEV_GPU_TEMP_CELSIUS")
        || query.contains("DCGM_FI_DEV_XID_ERROR") && !query.contains("DCGM_FI_DEV_XID_ERRORS")
    let temperature = isRenamed ? "DCGM_FI_DEV_GPU_TEMP_CELSIUS" : "DCGM_FI_DEV_GPU_TEMP"
    let where_ = ["Hostname": "ip-10-0-0-1", "gpu": "3", "UUID": "GPU-ip-10-0-0-1-3"]
    func gpu(_ metric: String, _ samples: Samples) -> [Series] {
        [traffic.gpu(metric, pod: Traffic.pods("model-a", 1)[0], index: 3, samples)]
    }
    /// The same GPU of two nodes, under the label of either kind of exporter: one alert for each node.
    func everywhere(_ metric: String, _ samples: Samples, value: String = "", window: Int = 0) -> [Scenario] {
        ["Hostname", "hostname"].map { label in
            let nodes = ["ip-10-0-0-1", "ip-10-0-0-2"]
            let series = nodes.map {
                traffic.gpu(metric, pod: Traffic.pods("model-a", 1)[0], index: 3, samples, node: $0, label: label)
            }
            let firing = nodes.map { node in
                Scenario.Firing(rule: rule, labels: [label: node, "gpu": "3", "UUID": "GPU-\(node)-3"], value: value)
            }
            let look = Scenario.Look(seconds: rule.forSeconds + window + 60, firing: firing)
            return Scenario(title: "it happens on two nodes with the label \(label)", series: series, looks: [look])
        }
    }
    switch rule.alert {
    case "GPUTemperatureHigh":
        return [
            .fires(rule, when: "a GPU is hot", gpu(temperature, .constant(88)), labels: where_, value: "88"),
            .silent(rule, when: "it is warm", gpu(temperature, .constant(87))),
            .silent(rule, when: "it has no sensor", gpu(temperature, .constant(absent))),
        ] + everywhere(temperature, .constant(88), value: "88")
    case "GPUThermalThrottling", "GPUPowerThrottling":
        let isHeat = rule.alert == "GPUThermalThrottling"
        let lost = "DCGM_FI_DEV_\(isHeat ? "THERMAL" : "POWER")_VIOLATION"
        let share = (isHeat ? Thresholds.throttledShare : Thresholds.powerThrottledShare).value
        return [
            .fires(
                rule, when: "more of its time is lost", gpu(lost, .growing(by: 15 * share * 1.1e9)), labels: where_,
                window: 300),
            .silent(rule, when: "less of its time is lost", gpu(lost, .growing(by: 15 * share * 0.9e9))),
            .silent(rule, when: "no metric is there", gpu(lost, .constant(absent))),
        ] + everywhere(lost, .growing(by: 15 * share * 1.1e9), window: 300)
    case "GPUXidError":
        let code = isRenamed ? "DCGM_FI_DEV_XID_ERROR" : "DCGM_FI_DEV_XID_ERRORS"
        return [
            .fires(rule, when: "the GPU has fallen off the bus", gpu(code, .constant(79)), labels: where_, value: "79"),
            .silent(rule, when: "there was no error", gpu(code, .constant(0))),
            .silent(rule, when: "an application went wrong", gpu(code, .constant(31))),
            .silent(rule, when: "the field is not there", gpu(code, .constant(absent))),
        ] + everywhere(code, .constant(79), value: "79")
    case "GPUMetricsAbsent":
        return [
            .fires(rule, when: "no GPU has metrics", []),
            .silent(rule, when: "one GPU has metrics", gpu(temperature, .constant(40))),
        ]
    default: return []
    }
}
