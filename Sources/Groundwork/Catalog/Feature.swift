/// A part of the platform whose release decides what may be emitted, or what is known of it.
package enum Component: String, Sendable, CaseIterable {
    case kubernetes, karpenter
    case draDriver = "dra-driver", devicePlugin = "device-plugin", keda, bottlerocket
    case vLLM = "vllm", prometheusAdapter = "prometheus-adapter", dcgmExporter = "dcgm-exporter"
    case kubeStateMetrics = "kube-state-metrics", istio, envoyGateway = "envoy-gateway", ingressNginx = "ingress-nginx"

    /// Its name in a sentence.
    package var words: String {
        switch self {
        case .kubernetes: "Kubernetes"
        case .karpenter: "Karpenter"
        case .draDriver: "NVIDIA's DRA driver"
        case .devicePlugin: "the NVIDIA device plugin"
        case .keda: "KEDA"
        case .bottlerocket: "Bottlerocket"
        case .vLLM: "vLLM"
        case .dcgmExporter: "the DCGM exporter"
        case .istio: "Istio"
        case .envoyGateway: "Envoy Gateway"
        case .prometheusAdapter, .kubeStateMetrics, .ingressNginx: rawValue
        }
    }
}

/// A feature that a release has or not: each has rows in `versions.csv`.
package enum Feature: String, Sendable, CaseIterable {
    case release, known, assumed
    case claimsV1beta1 = "resource.k8s.io/v1beta1", claimsV1beta2 = "resource.k8s.io/v1beta2"
    case claimsV1 = "resource.k8s.io/v1"
    case prioritizedList = "prioritized-list", consumableCapacity = "consumable-capacity"
    case extendedResourceClaims = "extended-resource-claims", partitionableDevices = "partitionable-devices"
    case adminAccess = "admin-access", deviceTaints = "device-taints"
    case deviceTaintRules = "device-taint-rules", hpaTolerance = "hpa-tolerance", imageVolume = "image-volume"
    case hpaToleranceBorders = "hpa-tolerance-borders", hpaScaleToZero = "hpa-scale-to-zero"
    case statefulSetMaxUnavailable = "statefulset-max-unavailable"
    case nodeOverlay = "node-overlay", staticCapacity = "static-capacity"
    case capacityBuffer = "capacity-buffer", capacityBufferV1beta1 = "capacity-buffer-v1beta1"
    case dynamicClaims = "dynamic-claims", dynamicMIGClaims = "dynamic-mig-claims"
    case dynamicConsumableCapacity = "dynamic-consumable-capacity"
    case dynamicPrioritizedList = "dynamic-prioritized-list", dynamicG7Claims = "dynamic-claims-g7"
    case dynamicExtendedResource = "dynamic-extended-resource"
    case timeSlicing = "time-slicing", mps, dynamicMIG = "dynamic-mig", consumableShares = "consumable-shares"
    case computeDomains = "compute-domains"
    case migMixed = "mig-mixed", migSingle = "mig-single", emitted
    case triggerMetricName = "trigger-metric-name", triggerMetadataType = "trigger-metadata-type"
    case shutdownTimeout = "shutdown-timeout", largerMemoryShare = "larger-memory-share"
    case graphsInShare = "graphs-in-share", fineExpertBlocks = "fine-expert-blocks"
    case reservedMemory = "reserved-memory", positionalModel = "positional-model", nonRootUser = "non-root-user"
    case admissionRejections = "admission-rejections"
    case renamedFields = "renamed-fields"
}

/// The state of a feature in a release.
package enum FeatureState: String, Sendable {
    case on, optIn = "opt-in", off, gone

    /// Whether it is available at all.
    package var isAvailable: Bool { self == .on || self == .optIn }
}

/// The state of a feature from a release on: a row of `versions.csv`.
package struct FeatureRow: CatalogRow {
    package let component: Component
    package let feature: Feature
    package let since: Version
    package let state: FeatureState
    /// What turns it on, or what it is.
    package let how: String
    package let reference: CatalogReference
}

extension FeatureRow {
    /// Reads the table of releases.
    static func load() -> [FeatureRow] {
        scan("versions", columns: ["component", "feature", "since", "state", "how", "source"]) { row in
            let component = row.word(Component.self)
            let feature = row.word(Feature.self)
            let text = row.text()
            guard let since = Version(text), since.patch == nil else { row.fail("`\(text)` is not two numbers") }
            return FeatureRow(
                component: component, feature: feature, since: since,
                state: row.word(FeatureState.self), how: row.text(),
                reference: row.reference("\(component.rawValue) \(feature.rawValue) \(since)", source: row.text()))
        }
    }
}

extension Component {
    /// The row with the state of a feature in a release; nil before its first.
    package func row(_ feature: Feature, at version: Version) -> FeatureRow? {
        let minor = Version(version.major, version.minor)
        return Catalog.features.last { $0.component == self && $0.feature == feature && $0.since <= minor }
    }

    /// The state of a feature in a release: off before its first row.
    package func state(_ feature: Feature, at version: Version) -> FeatureState {
        row(feature, at: version)?.state ?? .off
    }

    /// Whether a release has it, possibly opt-in.
    package func offers(_ feature: Feature, at version: Version) -> Bool { state(feature, at: version).isAvailable }

    /// The first release that has it; nil if none is known.
    package func first(_ feature: Feature) -> Version? {
        Catalog.features.first { $0.component == self && $0.feature == feature && $0.state.isAvailable }?.since
    }

    /// The first release with a feature that some release has.
    package func since(_ feature: Feature) -> Version {
        guard let first = first(feature) else {
            preconditionFailure("versions.csv has no release of \(rawValue) with \(feature.rawValue)")
        }
        return first
    }

    /// The release that removed a feature; nil if no release did.
    package func lost(_ feature: Feature) -> Version? {
        Catalog.features.first { $0.component == self && $0.feature == feature && $0.state == .gone }?.since
    }

    /// The newest release whose changes were read, and the date of that; nil without one.
    package var known: (release: Version, date: String)? {
        Catalog.features.last { $0.component == self && $0.feature == .known }.map { ($0.since, $0.how) }
    }

    /// Tells whether a release is newer than what the tables were made from.
    package func isUnknown(_ version: Version) -> Bool {
        known.map { Version(version.major, version.minor) > $0.release } ?? false
    }

    /// The release that is assumed if none is declared.
    package var assumed: Version { since(.assumed) }

    /// The releases that the emitted objects are checked against, in words: `1.31 to 1.36`.
    package var supported: String {
        let rows = Catalog.features.filter { $0.component == self && $0.feature == .release }
        let first = first(.release)?.text ?? ""
        guard let next = rows.first(where: { !$0.state.isAvailable })?.since else { return "\(first) or later" }
        return next.minor == 0
            ? "\(first) or a later \(next.major - 1).x" : "\(first) to \(Version(next.major, next.minor - 1).text)"
    }
}
