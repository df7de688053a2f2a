import Diagnostics
import Groundwork

extension Rule {
    static let apiVersionNotServed = Rule(
        "api-version-not-served", .structure,
        why:
            "the API server rejects an object of an API version that it no longer serves, or does not serve "
            + "yet, with \"no matches for kind\"",
        accepts: [
            """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a}
            """,
            """
            apiVersion: autoscaling/v1
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: a}
            ---
            apiVersion: gateway.networking.k8s.io/v1beta1
            kind: HTTPRoute
            metadata: {name: a}
            """,
            """
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            ---
            apiVersion: autoscaling.x-k8s.io/v1beta1
            kind: CapacityBuffer
            metadata: {name: a}
            ---
            apiVersion: autoscaling.x-k8s.io/v1alpha1
            kind: ProvisioningRequest
            metadata: {name: a}
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: DeviceClass
            metadata: {name: a}
            ---
            apiVersion: resource.k8s.io/v1alpha3
            kind: DeviceTaintRule
            metadata: {name: a}
            ---
            apiVersion: resource.nvidia.com/v1beta1
            kind: ComputeDomain
            metadata: {name: a}
            """,
            """
            # These are newer than the versions of the same name.
            apiVersion: storage.k8s.io/v1beta1
            kind: VolumeAttributesClass
            metadata: {name: a}
            ---
            apiVersion: networking.k8s.io/v1beta1
            kind: ServiceCIDR
            metadata: {name: a}
            """,
        ],
        rejects: [
            """
            apiVersion: ↓autoscaling/v2beta2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            ---
            apiVersion: ↓resource.k8s.io/v1alpha2
            kind: ResourceClass
            metadata: {name: a}
            """,
            """
            apiVersion: ↓karpenter.sh/v1alpha5
            kind: Provisioner
            metadata: {name: a}
            ---
            apiVersion: ↓karpenter.k8s.aws/v1beta1
            kind: EC2NodeClass
            metadata: {name: a}
            ---
            apiVersion: ↓autoscaling.x-k8s.io/v1alpha1
            kind: CapacityBuffer
            metadata: {name: a}
            """,
            """
            apiVersion: ↓extensions/v1beta1
            kind: Ingress
            metadata: {name: a}
            ---
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: ↓policy/v1beta1, kind: PodDisruptionBudget, metadata: {name: a}}
            - {apiVersion: ↓batch/v1beta1, kind: CronJob, metadata: {name: a}}
            - {apiVersion: ↓resource.k8s.io/v1beta2, kind: ResourceClaim, metadata: {name: a}}
            """,
            """
            apiVersion: ↓node.k8s.io/v1beta1
            kind: RuntimeClass
            metadata: {name: a}
            ---
            apiVersion: ↓discovery.k8s.io/v1beta1
            kind: EndpointSlice
            metadata: {name: a}
            ---
            apiVersion: ↓coordination.k8s.io/v1beta1
            kind: Lease
            metadata: {name: a}
            ---
            apiVersion: ↓certificates.k8s.io/v1beta1
            kind: CertificateSigningRequest
            metadata: {name: a}
            ---
            apiVersion: ↓flowcontrol.apiserver.k8s.io/v1beta1
            kind: FlowSchema
            metadata: {name: a}
            """,
        ]
    ) { tree, findings in
        for object in tree.objects where !object.isLive {
            guard let version = object.root["apiVersion"], let text = version.text,
                let change = APIVersions.problem(text, object.kind.name, tree.scope.versions)
            else { continue }
            findings.add(
                "\(object.words) uses `\(text)`, which \(change.fact)", at: version.place,
                label: "not served by the API server",
                help: change.help, fix: change.successor.map { [TextEdit(version.place, $0)] } ?? []
            )
        }
    }
}
