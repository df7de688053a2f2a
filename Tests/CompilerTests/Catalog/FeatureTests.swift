import Testing

@testable import Compiler
@testable import Groundwork
@testable import Planning
@testable import Verify

@Suite("Releases and what they can do")
struct FeatureTests {
    @Test("The rows of a feature stand in the order of their releases, and every feature has one")
    func order() {
        for component in Component.allCases {
            for feature in Feature.allCases {
                let rows = Catalog.features.filter { $0.component == component && $0.feature == feature }
                for (earlier, later) in zip(rows, rows.dropFirst()) {
                    #expect(earlier.since < later.since, "\(component.rawValue) \(feature.rawValue)")
                    #expect(earlier.state != later.state || earlier.how != later.how)
                }
            }
        }
        for feature in Feature.allCases { #expect(Catalog.features.contains { $0.feature == feature }, "\(feature)") }
    }

    @Test(
        "Claims are served as Kubernetes and EKS serve them",
        arguments: [
            (Version(1, 31), []), (Version(1, 32), []), (Version(1, 33), [.claimsV1beta1, .claimsV1beta2]),
            (Version(1, 34), [.claimsV1]), (Version(1, 35), [.claimsV1]), (Version(1, 36, 2), [.claimsV1]),
        ] as [(Version, [Feature])])
    func claims(version: Version, served: [Feature]) {
        let all: [Feature] = [.claimsV1beta1, .claimsV1beta2, .claimsV1]
        #expect(all.filter { Component.kubernetes.offers($0, at: version) } == served)
    }

    @Test("Shares of a device and extended names for claims wait for 1.36, alternatives for 1.34")
    func gates() {
        #expect(Component.kubernetes.first(.consumableCapacity) == Version(1, 36))
        #expect(Component.kubernetes.first(.extendedResourceClaims) == Version(1, 36))
        #expect(Component.kubernetes.first(.prioritizedList) == Version(1, 34))
        #expect(Component.kubernetes.state(.consumableCapacity, at: Version(1, 35)) == .off)
        #expect(Component.karpenter.state(.dynamicClaims, at: Version(1, 14)) == .off)
        #expect(Component.karpenter.state(.dynamicClaims, at: Version(1, 15)) == .optIn)
        #expect(Component.karpenter.first(.dynamicMIGClaims) == nil)
    }

    @Test("A release outside the table is not supported")
    func supported() {
        #expect(Component.kubernetes.supported == "1.31 to 1.36")
        #expect(Component.karpenter.supported == "1.12 to 1.15")
        #expect(Component.keda.supported == "2.18 or a later 2.x")
        #expect(!Component.kubernetes.offers(.release, at: Version(1, 30)))
        #expect(!Component.kubernetes.offers(.release, at: Version(1, 37)))
        #expect(Component.keda.offers(.release, at: Version(2, 99, 1)))
        #expect(!Component.keda.offers(.release, at: Version(3, 0)))
    }
}
