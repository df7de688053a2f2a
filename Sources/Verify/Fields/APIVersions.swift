import Groundwork

/// The releases that a tree is checked for.
package struct PlatformVersions: Sendable {
    package let kubernetes: Version
    package let karpenter: Version
    package let keda: Version

    package init(
        kubernetes: Version = Component.kubernetes.assumed, karpenter: Version = Component.karpenter.assumed,
        keda: Version = Component.keda.assumed
    ) {
        self.kubernetes = kubernetes
        self.karpenter = karpenter
        self.keda = keda
    }
}

extension PlatformVersions {
    /// The release of a component; the assumed release for one that a tree does not declare.
    func release(of component: Component) -> Version {
        switch component {
        case .kubernetes: kubernetes
        case .karpenter: karpenter
        case .keda: keda
        default: component.assumed
        }
    }
}

/// The API versions that an API server no longer serves, or does not serve yet.
enum APIVersions {
    /// A removed API version: a row of `api-versions.csv`.
    private struct Change {
        let version: String
        /// The kinds; empty for all.
        let kinds: [String]
        let component: Component
        /// The first release without it; nil if no release ever had it.
        let gone: Version?
        /// The version to use instead, if nothing else in the object has to change.
        let successor: String?
        let help: String

        init(_ row: inout RowScanner) {
            version = row.text()
            kinds = row.words()
            let component = row.word(Component.self)
            self.component = component
            let gone = row.text()
            self.gone = gone.isEmpty ? nil : Version(gone) ?? Feature(rawValue: gone).map { component.since($0) }
            if !gone.isEmpty, self.gone == nil { row.fail("`\(gone)` is neither a release nor a feature") }
            let successor = row.text()
            self.successor = successor.isEmpty ? nil : successor
            help = row.text()
        }
    }

    /// Says why a kind of a version is not served, and what to write instead; nil if it is served as far as is known.
    static func problem(_ version: String, _ kind: String, _ versions: PlatformVersions)
        -> (fact: String, help: String?, successor: String?)?
    {
        let stable = Component.kubernetes.since(.claimsV1)
        if version == Feature.claimsV1.rawValue, versions.kubernetes < stable {
            return (
                "Kubernetes serves only from \(stable.text) on",
                "write `\(Feature.claimsV1beta1.rawValue)` for earlier releases", nil
            )
        }
        for change in changes where change.version == version && (change.kinds.isEmpty || change.kinds.contains(kind)) {
            guard let gone = change.gone else { return ("no release has ever served", change.help, nil) }
            if versions.release(of: change.component) >= gone {
                return (
                    "\(change.component.words) stopped serving in \(gone.text)", change.help, change.successor
                )
            }
        }
        return nil
    }

    /// The first release without an API version; nil if none is known.
    static func gone(_ version: String) -> Version? { changes.first { $0.version == version }?.gone }

    private static let changes: [Change] = {
        let columns = ["apiVersion", "kinds", "component", "gone", "successor", "help"]
        return scan("api-versions", columns: columns) { Change(&$0) }
    }()
}
