/// Numbers that manifests need and no plan derives.
extension Thresholds {
    package static let fallbackFailures = Threshold(
        "fallback failures", 3, "failures",
        because: "KEDA falls back at the fourth failure in a row: a lost scrape is no blindness",
        source: "assumption")
    package static let scrapeTimeout = Threshold(
        "scrape timeout", 10, "s", because: "shorter than the interval, or Prometheus Operator refuses the monitor",
        source: "the charts of vLLM and the DCGM exporter")
    package static let startupPeriod = Threshold(
        "startup probe period", 10, "s", because: "a model loads for minutes: more often says nothing new",
        source: "vLLM deployment guide")
    package static let fewestStartupFailures = Threshold(
        "fewest startup failures", 30, "failures",
        because: "five minutes at least: a restart while kernels compile for the first time only loses time",
        source: "assumption")
    package static let probeTimeout = Threshold(
        "probe timeout", 5, "s", because: "the server answers beside its work, not instead of it",
        source: "assumption")
    package static let readinessPeriod = Threshold(
        "readiness probe period", 5, "s", because: "an endpoint leaves within three of these",
        source: "vLLM deployment guide")
    package static let readinessFailures = Threshold(
        "readiness failures", 3, "failures", because: "a busy server misses one or two",
        source: "Kubernetes default")
    package static let livenessPeriod = Threshold(
        "liveness probe period", 10, "s", because: "a restart costs minutes: nobody is in a hurry",
        source: "vLLM deployment guide")
    package static let livenessTimeout = Threshold(
        "liveness probe timeout", 10, "s", because: "a slow answer is an answer",
        source: "assumption")
    package static let livenessFailures = Threshold(
        "liveness failures", 6, "failures", because: "a minute of silence, because a restart costs minutes",
        source: "assumption")
    package static let rolloutDeadline = Threshold(
        "rollout deadline", 3600, "s", because: "a replica may wait for a node, and loads for minutes",
        source: "assumption")
    package static let exporterDelay = Threshold(
        "exporter delay", 45, "s", because: "DCGM starts its host engine first",
        source: "dcgm-exporter chart")
    package static let exporterPeriod = Threshold(
        "exporter probe period", 10, "s", because: "two thirds of a scrape",
        source: "assumption")
    package static let exporterFailures = Threshold(
        "exporter failures", 6, "failures", because: "a minute of silence",
        source: "assumption")

    // MARK: Delivery

    package static let syncRetries = Threshold(
        "sync retries", 5, "times", because: "webhooks and definitions may need minutes to be there",
        source: "assumption")
    package static let syncBackoff = Threshold(
        "sync backoff", 30, "s", because: "what is missing rarely appears sooner", source: "assumption")
    package static let syncBackoffFactor = Threshold(
        "sync backoff factor", 2, "times", because: "each pause doubles", source: "Argo CD default")
    package static let syncBackoffMost = Threshold(
        "longest sync backoff", 5, "min", because: "a repaired cluster is not kept waiting", source: "assumption")
    package static let sourceInterval = Threshold(
        "source interval", 5, "min", because: "a commit is in force within minutes, also without a webhook",
        source: "assumption")
    package static let syncInterval = Threshold(
        "sync interval", 10, "min", because: "what was changed by hand is set right soon", source: "Flux documentation")
    package static let retryInterval = Threshold(
        "retry interval", 1, "min", because: "what a folder waits for is often there a minute later",
        source: "assumption")
    package static let syncTimeout = Threshold(
        "sync timeout", 15, "min", because: "DaemonSets and definitions are ready before that", source: "assumption")
}
