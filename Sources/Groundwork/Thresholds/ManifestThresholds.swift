/// Numbers in manifests that the plan does not derive.
extension Thresholds {
    package static let fallbackFailures = Parameter(
        "fallback failures", 3, "failures",
        because: "KEDA falls back at the fourth failure in a row, so that a missed scrape is no failure",
        source: Parameter.choice)
    package static let scrapeTimeout = Parameter(
        "scrape timeout", 10, "s",
        because: "Prometheus Operator rejects a monitor whose timeout is longer than its interval",
        source: "the charts of vLLM and the DCGM exporter")
    package static let startupPeriod = Parameter(
        "startup probe period", 10, "s", because: "a model loads for minutes, so more frequent probes add nothing",
        source: "vLLM deployment guide")
    package static let fewestStartupFailures = Parameter(
        "minimum startup failures", 30, "failures",
        because: "at least five minutes: a restart while kernels compile for the first time only loses time",
        source: Parameter.choice)
    package static let probeTimeout = Parameter(
        "probe timeout", 5, "s", because: "a busy server answers probes late",
        source: Parameter.choice)
    package static let readinessPeriod = Parameter(
        "readiness probe period", 5, "s", because: "an endpoint is removed within three periods",
        source: "vLLM deployment guide")
    package static let readinessFailures = Parameter(
        "readiness failures", 3, "failures", because: "a busy server can miss one or two probes",
        source: "Kubernetes default")
    package static let livenessPeriod = Parameter(
        "liveness probe period", 10, "s", because: "a restart takes minutes, so a quick one has no benefit",
        source: "vLLM deployment guide")
    package static let livenessTimeout = Parameter(
        "liveness probe timeout", 10, "s", because: "a slow answer still shows a live server",
        source: Parameter.choice)
    package static let livenessFailures = Parameter(
        "liveness failures", 6, "failures", because: "a minute without an answer, because a restart takes minutes",
        source: Parameter.choice)
    package static let rolloutDeadline = Parameter(
        "rollout deadline", 3600, "s", because: "a replica may wait for a node, and loads for minutes",
        source: Parameter.choice)
    package static let exporterDelay = Parameter(
        "exporter delay", 45, "s", because: "DCGM starts its host engine first",
        source: "dcgm-exporter chart")
    package static let exporterPeriod = Parameter(
        "exporter probe period", 10, "s", because: "two thirds of the scrape interval",
        source: Parameter.choice)
    package static let exporterFailures = Parameter(
        "exporter failures", 6, "failures", because: "a minute without an answer",
        source: Parameter.choice)

    // MARK: Delivery

    package static let syncRetries = Parameter(
        "sync retries", 5, "times", because: "webhooks and CRDs can take minutes to be available",
        source: Parameter.choice)
    package static let syncBackoff = Parameter(
        "sync backoff", 30, "s", because: "missing resources rarely appear sooner", source: Parameter.choice)
    package static let syncBackoffFactor = Parameter(
        "sync backoff factor", 2, "times", because: "each delay doubles", source: "Argo CD default")
    package static let syncBackoffMost = Parameter(
        "maximum sync backoff", 5, "min", because: "a repaired cluster syncs soon", source: Parameter.choice)
    package static let sourceInterval = Parameter(
        "source interval", 5, "min", because: "a commit is applied within minutes, even without a webhook",
        source: Parameter.choice)
    package static let syncInterval = Parameter(
        "sync interval", 10, "min", because: "manual changes are reverted soon", source: "Flux documentation")
    package static let retryInterval = Parameter(
        "retry interval", 1, "min", because: "dependencies are often ready a minute later",
        source: Parameter.choice)
    package static let syncTimeout = Parameter(
        "sync timeout", 15, "min", because: "DaemonSets and CRDs are ready sooner", source: Parameter.choice
    )
}
