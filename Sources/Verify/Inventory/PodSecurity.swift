import Diagnostics
import Groundwork

/// A level of the Pod Security Standards.
package enum PodSecurityLevel: String, Sendable, CaseIterable, Comparable {
    case privileged, baseline, restricted

    package static func < (one: PodSecurityLevel, other: PodSecurityLevel) -> Bool { one.rank < other.rank }

    private var rank: Int { PodSecurityLevel.allCases.firstIndex(of: self) ?? 0 }
}

/// A control of the Pod Security Standards that a pod does not meet.
package struct PodSecurityViolation: Sendable {
    /// The least strict level that has the control.
    package let level: PodSecurityLevel
    /// What is wrong, in words such as `container `a` adds the capability `SYS_ADMIN``.
    package let words: String
    package let place: SourceRange
}

extension Inventory.Workload {
    /// The controls of the Pod Security Standards that its pods do not meet, as the API server checks them.
    var podSecurityViolations: [PodSecurityViolation] {
        let controls = PodSecurityControls(self)
        return controls.baseline + controls.restricted
    }

    /// The strictest level that admits its pods.
    var podSecurityLevel: PodSecurityLevel {
        switch podSecurityViolations.map(\.level).min() {
        case .baseline: .privileged
        case .restricted: .baseline
        default: .restricted
        }
    }
}

/// The controls of the Pod Security Standards, on a pod: those of Kubernetes 1.34 and later.
///
/// source: Kubernetes documentation: Pod Security Standards; k8s.io/pod-security-admission policy.
struct PodSecurityControls {
    let spec: ManifestValue
    let context: ManifestValue?
    let annotations: ManifestValue?
    let containers: [ManifestValue]

    init(_ workload: Inventory.Workload) {
        spec = workload.pod.spec
        context = spec["securityContext"]
        let object = workload.object
        annotations =
            object.kind == .pod
            ? object.root["metadata"]?["annotations"] : object.spec?["template"]?["metadata"]?["annotations"]
        containers = ["initContainers", "containers", "ephemeralContainers"].flatMap {
            workload.pod.spec[$0]?.items ?? []
        }
    }

    /// The name of a container in words.
    func words(_ container: ManifestValue) -> String { "container `\(container["name"]?.text ?? "")`" }

    /// The security contexts of the pod and of each container, with whose they are.
    var contexts: [(owner: String, value: ManifestValue)] {
        (context.map { [("the pod", $0)] } ?? [])
            + containers.compactMap { container in
                container["securityContext"].map { (words(container), $0) }
            }
    }

    func violation(_ level: PodSecurityLevel, _ words: String, _ place: SourceRange) -> PodSecurityViolation {
        PodSecurityViolation(level: level, words: words, place: place)
    }
}

extension ManifestValue {
    /// Whether it is true.
    var isTrue: Bool { text == "true" }
}
