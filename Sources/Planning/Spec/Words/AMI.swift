import Groundwork

/// The AMI of the nodes: a release of Amazon's, or one that a company builds.
package struct AMI: Sendable, Hashable, FactConvertible {
    /// How Karpenter finds it.
    package enum Selector: Sendable, Hashable {
        /// `al2023@v20260714`, which resolves to the NVIDIA variant for each architecture.
        case alias(String)
        case id(String)
        case tags([Tag])
        case ssmParameter(String)
        /// EKS Auto Mode selects it.
        case automatic
    }

    /// A tag of an AMI.
    package struct Tag: Sendable, Hashable {
        package let key: String
        package let value: String
    }

    package let selector: Selector
    package let family: AMIFamily
    /// The account that owns an AMI found by tags; nil means the own account and Amazon.
    package let owner: String?
    /// The release of Bottlerocket; nil for Amazon Linux.
    package let bottlerocket: Version?

    /// One that Karpenter resolves from an alias.
    package init(alias: String) {
        selector = .alias(alias)
        owner = nil
        let parts = alias.split(separator: "@v")
        family = alias.hasPrefix("bottlerocket") ? .bottlerocket : .al2023
        let numbers = (parts.last ?? "").split(separator: ".").compactMap { Int($0) }
        let isRelease = family == .bottlerocket && numbers.count > 1
        bottlerocket = isRelease ? Version(numbers[0], numbers[1], numbers.count > 2 ? numbers[2] : nil) : nil
    }

    /// One that a company builds.
    package init(_ selector: Selector, _ family: AMIFamily, owner: String?, bottlerocket: Version?) {
        self.selector = selector
        self.family = family
        self.owner = owner
        self.bottlerocket = bottlerocket
    }

    package static let automatic = AMI(.automatic, .al2023, owner: nil, bottlerocket: nil)

    package var alias: String? { if case .alias(let alias) = selector { alias } else { nil } }
    package var id: String? { if case .id(let id) = selector { id } else { nil } }
    package var ssmParameter: String? { if case .ssmParameter(let path) = selector { path } else { nil } }
    package var tags: [Tag] { if case .tags(let tags) = selector { tags } else { [] } }

    /// As the spec names it.
    package var text: String {
        switch selector {
        case .alias(let alias): alias
        case .id(let id): id
        case .tags(let tags): tags.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
        case .ssmParameter(let path): path
        case .automatic: ""
        }
    }

    package static var kind: RecordType.Kind { .string }
    package var fact: FactValue { .string(text) }
}
