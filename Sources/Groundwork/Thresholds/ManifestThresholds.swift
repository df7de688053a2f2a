/// Numbers that manifests need and no plan derives.
extension Thresholds {
    package static let fallbackFailures = Parameter(
        "fallback failures", 3, "failures",
        because: "KEDA falls back at the fourth failure in a row: a lost scrape is no blindness",
        source: Parameter.choice)
    package static let scrapeTimeout = Parameter(
        "scrape timeout", 10, "s", because: "shorter than the interval, or Prometheus Operator refuses the monitor",
        source: "the charts of vLLM and the DCGM exporter")
    package static let startupPeriod = Parameter(
        "startup probe period", 10, "s", because: "a model loads for minutes: more often says nothing new",
        source: "vLLM deployment guide")
    package static let fewestStartupFailures = Parameter(
        "fewest startup failures", 30, "failures",
        because: "five minutes at least: a restart while kernels compile for the first time only loses time",
        source: Parameter.choice)
    package static let probeTimeout = Parameter(
        "probe timeout", 5, "s", because: "the server answers beside its work, not instead of it",
        source: Parameter.choice)
    package static let readinessPeriod = Parameter(
        "readiness probe period", 5, "s", because: "an endpoint leaves within three of these",
        source: "vLLM deployment guide")
    package static let readinessFailures = Parameter(
        "readiness failures", 3, "failures", because: "a busy server misses one or two",
        source: "Kubernetes default")
    package static let livenessPeriod = Parameter(
        "liveness probe period", 10, "s", because: "a restart costs minutes: nobody is in a hurry",
        source: "vLLM deployment guide")
    package static let livenessTimeout = Parameter(
        "liveness probe timeout", 10, "s", because: "a slow answer is an answer",
        source: Parameter.choice)
    package static let livenessFailures = Parameter(
        "liveness failures", 6, "failures", because: "a minute of silence, because a restart costs minutes",
        source: Parameter.choice)
    package static let rolloutDeadline = Parameter(
        "rollout deadline", 3600, "s", because: "a replica may wait for a node, and loads for minutes",
        source: Parameter.choice)
    package static let exporterDelay = Parameter(
        "exporter delay", 45, "s", because: "DCGM starts its host engine first",
        source: "dcgm-exporter chart")
    package static let exporterPeriod = Parameter(
        "exporter probe period", 10, "s", because: "two thirds of a scrape",
        source: Parameter.choice)
    package static let exporterFailures = Parameter(
        "exporter failures", 6, "failures", because: "a minute of silence",
        source: Parameter.choice)

    // MARK: Delivery

    package static let syncRetries = Parameter(
        "sync retries", 5, "times", because: "webhooks and definitions may need minutes to be there",
        source: Parameter.choice)
    package static let syncBackoff = Parameter(
        "sync backoff", 30, "s", because: "what is missing rarely appears sooner", source: Parameter.choice)
    package static let syncBackoffFactor = Parameter(
        "sync backoff factor", 2, "times", because: "each pause doubles", source: "Argo CD default")
    package static let syncBackoffMost = Parameter(
        "longest sync backoff", 5, "min", because: "a repaired cluster is not kept waiting", source: Parameter.choice)
    package static let sourceInterval = Parameter(
        "source interval", 5, "min", because: "a commit is in force within minutes, also without a webhook",
        source: Parameter.choice)
    package static let syncInterval = Parameter(
        "sync interval", 10, "min", because: "what was changed by hand is set right soon", source: "Flux documentation")
    package static let retryInterval = Parameter(
        "retry interval", 1, "min", because: "what a folder waits for is often there a minute later",
        source: Parameter.choice)
    package static let syncTimeout = Parameter(
        "sync timeout", 15, "min", because: "DaemonSets and definitions are ready before that", source: Parameter.choice
    )
}
