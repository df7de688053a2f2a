/// The numbers of manifests that no plan derives.
struct Settings: Sendable {}

let settingFacts = FactTable<Settings>(
    "settings", "numbers of manifests that hang on nothing else",
    [
        .fact("fallbackFailures", "failures after which KEDA falls back") { _ in .whole(Thresholds.fallbackFailures) },
        .fact("scrapeTimeout", "how long a scrape may take, for example `10s`") { _ in
            Traced<Double>.threshold(Thresholds.scrapeTimeout).map { "\(Int($0))s" }
        },
        .fact("startupPeriod", "seconds between startup probes") { _ in .whole(Thresholds.startupPeriod) },
        .fact("probeTimeout", "seconds that a probe may take") { _ in .whole(Thresholds.probeTimeout) },
        .fact("readinessPeriod", "seconds between readiness probes") { _ in .whole(Thresholds.readinessPeriod) },
        .fact("readinessFailures", "readiness probes that may fail in a row") { _ in
            .whole(Thresholds.readinessFailures)
        },
        .fact("livenessPeriod", "seconds between liveness probes") { _ in .whole(Thresholds.livenessPeriod) },
        .fact("livenessTimeout", "seconds that a liveness probe may take") { _ in .whole(Thresholds.livenessTimeout) },
        .fact("livenessFailures", "liveness probes that may fail in a row") { _ in .whole(Thresholds.livenessFailures)
        },
        .fact("rolloutDeadline", "seconds after which a rollout without progress has failed") { _ in
            .whole(Thresholds.rolloutDeadline)
        },
        .fact("exporterDelay", "seconds before the exporter is probed") { _ in .whole(Thresholds.exporterDelay) },
        .fact("exporterPeriod", "seconds between probes of the exporter") { _ in .whole(Thresholds.exporterPeriod) },
        .fact("exporterFailures", "probes of the exporter that may fail in a row") { _ in
            .whole(Thresholds.exporterFailures)
        },
    ])

extension Traced where Value == Int {
    /// A threshold as a whole number.
    fileprivate static func whole(_ threshold: Threshold) -> Traced<Int> {
        Traced<Double>.threshold(threshold).map { Int($0) }
    }
}
