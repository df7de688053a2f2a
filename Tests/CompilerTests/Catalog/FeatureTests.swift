import Testing

@testable import Groundwork
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
        #expect(Component.vLLM.supported == "0.12 or later")
        #expect(!Component.kubernetes.offers(.release, at: Version(1, 30)))
        #expect(!Component.kubernetes.offers(.release, at: Version(1, 37)))
        #expect(Component.keda.offers(.release, at: Version(2, 99, 1)))
        #expect(!Component.keda.offers(.release, at: Version(3, 0)))
    }

    @Test("What stands in for a release that nothing declares is supported itself")
    func assumed() {
        let parts = Set(Catalog.features.filter { $0.feature == .assumed }.map(\.component))
        #expect(parts.isSuperset(of: [.kubernetes, .karpenter, .keda, .vLLM, .prometheusAdapter]))
        for part in parts where part.first(.release) != nil {
            #expect(part.offers(.release, at: part.assumed), "\(part.rawValue)")
        }
    }

    @Test("The oldest release whose metrics are known is written of every exporter but the kubelet")
    func exporters() {
        for source in MetricSource.allCases where source != .kubelet {
            #expect(Component(rawValue: source.rawValue)?.first(.release) != nil, "\(source.rawValue)")
        }
    }

    @Test("A version of an API is gone from its release on, or once a feature takes its place")
    func gone() {
        #expect(APIVersions.gone("policy/v1beta1") == Version(1, 25))
        #expect(APIVersions.gone("resource.k8s.io/v1beta1") == Component.kubernetes.first(.claimsV1))
        #expect(APIVersions.gone("autoscaling.x-k8s.io/v1alpha1") == Component.karpenter.first(.capacityBufferV1beta1))
        #expect(APIVersions.gone("apps/v1") == nil)
        let served = APIVersions.problem("resource.k8s.io/v1beta2", "ResourceClaim", .init(kubernetes: Version(1, 33)))
        #expect(served == nil)
        let withdrawn = APIVersions.problem(
            "resource.k8s.io/v1beta2", "ResourceClaim", .init(kubernetes: Version(1, 34)))
        #expect(withdrawn?.successor == "resource.k8s.io/v1")
        #expect(
            APIVersions.problem("gpu.nvidia.com/v1alpha1", "GpuConfig", .init())?.fact == "no release has ever served")
    }

    @Test(
        "A field is late until Kubernetes offers what it belongs to",
        arguments: [
            ("tolerance", "autoscaling", "scaleUp", Version(1, 35)),
            ("firstAvailable", "resource.k8s.io", "[]", Version(1, 34)),
            ("adminAccess", "resource.k8s.io", "exactly", Version(1, 34)),
            ("capacity", "resource.k8s.io", "exactly", Version(1, 36)),
            ("extendedResourceName", "resource.k8s.io", "spec", Version(1, 36)),
            ("distinctAttribute", "resource.k8s.io", "[]", Version(1, 36)),
            ("tolerations", "resource.k8s.io", "exactly", Version(1, 36)),
        ] as [(String, String, String, Version)])
    func late(name: String, group: String, parent: String, since: Version) {
        let field = LateField.named(name)
        #expect(field?.since(in: .init(group, "A"), below: parent) == since)
    }
}
