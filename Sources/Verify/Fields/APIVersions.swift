import Groundwork

/// The releases that a tree is for.
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
    /// The release of a part; of one that a tree declares nothing of, the assumed one.
    func release(of component: Component) -> Version {
        switch component {
        case .kubernetes: kubernetes
        case .karpenter: karpenter
        case .keda: keda
        default: component.assumed
        }
    }
}

/// Which versions of which kinds an API server no longer serves, or not yet.
enum APIVersions {
    /// A version of an API that went: a row of `api-versions.csv`.
    private struct Change {
        let version: String
        /// The kinds; empty for all.
        let kinds: [String]
        let component: Component
        /// The release that no longer has it; nil where none ever had it.
        let gone: Version?
        /// The version to write, where nothing else of the object has to change.
        let successor: String?
        let help: String

        init(_ row: inout RowScanner) {
            version = row.text()
            kinds = row.words()
            let component = row.word(Component.self)
            self.component = component
            let gone = row.text()
            self.gone = gone.isEmpty ? nil : Version(gone) ?? Feature(rawValue: gone).map { component.since($0) }
            if !gone.isEmpty, self.gone == nil { row.refuse("`\(gone)` is neither a release nor a feature") }
            let successor = row.text()
            self.successor = successor.isEmpty ? nil : successor
            help = row.text()
        }
    }

    /// Says why a kind of a version is not served, and what to write in its place; nil where it is, as far as is known.
    static func problem(_ version: String, _ kind: String, _ versions: PlatformVersions)
        -> (fact: String, help: String?, successor: String?)?
    {
        let stable = Component.kubernetes.since(.claimsV1)
        if version == Feature.claimsV1.rawValue, versions.kubernetes < stable {
            return (
                "Kubernetes serves from \(stable.text) on", "before, write `\(Feature.claimsV1beta1.rawValue)`", nil
            )
        }
        for change in changes where change.version == version && (change.kinds.isEmpty || change.kinds.contains(kind)) {
            guard let gone = change.gone else { return ("no release has ever served", change.help, nil) }
            if versions.release(of: change.component) >= gone {
                return (
                    "\(change.component.words) no longer serves from \(gone.text) on", change.help, change.successor
                )
            }
        }
        return nil
    }

    /// The release that no longer has a version of an API; nil where none is known.
    static func gone(_ version: String) -> Version? { changes.first { $0.version == version }?.gone }

    private static let changes: [Change] = {
        let columns = ["apiVersion", "kinds", "component", "gone", "successor", "help"]
        return scan("api-versions", columns: columns) { Change(&$0) }
    }()
}
