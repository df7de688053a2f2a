import Groundwork

/// The numbers in manifests that are independent of the spec.
struct Settings: Sendable {}

let settingFacts = FactTable<Settings>(
    "settings", "numbers in manifests that are independent of the spec",
    [
        .fact("fallbackFailures", "failed reads after which KEDA uses the fallback") { _ in
            .whole(Thresholds.fallbackFailures)
        },
        .fact("scrapeTimeout", "the scrape timeout, for example `10s`") { _ in
            .text(Thresholds.scrapeTimeout, "s")
        },
        .fact("startupPeriod", "seconds between startup probes") { _ in .whole(Thresholds.startupPeriod) },
        .fact("probeTimeout", "the timeout of startup and readiness probes, seconds") { _ in
            .whole(Thresholds.probeTimeout)
        },
        .fact("readinessPeriod", "seconds between readiness probes") { _ in .whole(Thresholds.readinessPeriod) },
        .fact("readinessFailures", "`failureThreshold` of the readiness probe") { _ in
            .whole(Thresholds.readinessFailures)
        },
        .fact("livenessPeriod", "seconds between liveness probes") { _ in .whole(Thresholds.livenessPeriod) },
        .fact("livenessTimeout", "the timeout of a liveness probe, seconds") { _ in .whole(Thresholds.livenessTimeout)
        },
        .fact("livenessFailures", "`failureThreshold` of the liveness probe") { _ in .whole(Thresholds.livenessFailures)
        },
        .fact("rolloutDeadline", "seconds without progress after which a rollout has failed") { _ in
            .whole(Thresholds.rolloutDeadline)
        },
        .fact("exporterDelay", "seconds before the first probe of the exporter") { _ in .whole(Thresholds.exporterDelay)
        },
        .fact("exporterPeriod", "seconds between probes of the exporter") { _ in .whole(Thresholds.exporterPeriod) },
        .fact("exporterFailures", "`failureThreshold` of the exporter's probes") { _ in
            .whole(Thresholds.exporterFailures)
        },
        .record("devicePlugin", "the resources of the device plugin on a node", daemonFacts) { _ in
            DaemonSize.devicePlugin
        },
        .record("exporter", "the resources of the DCGM exporter on a node", daemonFacts) { _ in DaemonSize.exporter },
        .record("migManager", "the resources of the MIG manager on a node", daemonFacts) { _ in DaemonSize.migManager },
        .record("mpsPreparation", "the resources of the MPS daemon's init container on a node", daemonFacts) { _ in
            DaemonSize.mpsPreparation
        },
        .record("mpsDaemon", "the resources of the MPS daemon on a node", daemonFacts) { _ in DaemonSize.mpsDaemon },
        .fact("syncRetries", "how often Argo CD retries a failed sync") { _ in .whole(Thresholds.syncRetries) },
        .fact("syncBackoff", "the delay before the first retry, for example `30s`") { _ in
            .text(Thresholds.syncBackoff, "s")
        },
        .fact("syncBackoffFactor", "the factor from one delay to the next") { _ in
            .whole(Thresholds.syncBackoffFactor)
        },
        .fact("syncBackoffMost", "the longest delay") { _ in .text(Thresholds.syncBackoffMost, "m") },
        .fact("sourceInterval", "how often Flux checks for commits") { _ in .text(Thresholds.sourceInterval, "m") },
        .fact("retryInterval", "how soon Flux retries a failure") { _ in .text(Thresholds.retryInterval, "m") },
        .fact("syncInterval", "how often Flux reverts manual changes") { _ in
            .text(Thresholds.syncInterval, "m")
        },
    ])
