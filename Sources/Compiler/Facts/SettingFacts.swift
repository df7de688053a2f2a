import Groundwork

/// The numbers of manifests that no plan derives.
struct Settings: Sendable {}

let settingFacts = FactTable<Settings>(
    "settings", "numbers of manifests that hang on nothing else",
    [
        .fact("fallbackFailures", "failures after which KEDA falls back") { _ in .whole(Thresholds.fallbackFailures) },
        .fact("scrapeTimeout", "how long a scrape may take, for example `10s`") { _ in
            .text(Thresholds.scrapeTimeout, "s")
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
        .record("devicePlugin", "what the device plugin asks of a node", daemonFacts) { _ in DaemonSize.devicePlugin },
        .record("exporter", "what the DCGM exporter asks of a node", daemonFacts) { _ in DaemonSize.exporter },
        .record("migManager", "what the MIG manager asks of a node", daemonFacts) { _ in DaemonSize.migManager },
        .record("mpsPreparation", "what the MPS daemon's first step asks of a node", daemonFacts) { _ in
            DaemonSize.mpsPreparation
        },
        .record("mpsDaemon", "what the MPS daemon asks of a node", daemonFacts) { _ in DaemonSize.mpsDaemon },
        .fact("syncRetries", "how often Argo CD tries a failed sync again") { _ in .whole(Thresholds.syncRetries) },
        .fact("syncBackoff", "the first pause before a retry, for example `30s`") { _ in
            .text(Thresholds.syncBackoff, "s")
        },
        .fact("syncBackoffFactor", "what each pause is longer than the one before") { _ in
            .whole(Thresholds.syncBackoffFactor)
        },
        .fact("syncBackoffMost", "the longest pause") { _ in .text(Thresholds.syncBackoffMost, "m") },
        .fact("sourceInterval", "how often Flux looks for commits") { _ in .text(Thresholds.sourceInterval, "m") },
        .fact("retryInterval", "how soon Flux tries again what failed") { _ in .text(Thresholds.retryInterval, "m") },
        .fact("syncInterval", "how often Flux sets right what was changed by hand") { _ in
            .text(Thresholds.syncInterval, "m")
        },
    ])
