import Groundwork

extension Rule {
    static let draDriverOwnedObject = Rule(
        "dra-driver-owned-object", .sharing,
        why:
            "drivers publish ResourceSlices, and the scheduler writes the status of claims: what a manifest sets is overwritten or rejected",
        accepts: [
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaimTemplate
            metadata: {name: a}
            spec:
              spec:
                devices:
                  requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com}}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            status: {}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
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
            spec: {deviceSelector: {driver: gpu.nvidia.com}, taint: {key: example.com/broken, effect: NoSchedule}}
            """,
            """
            # An API server gave it out.
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a-x, uid: 1b2c, resourceVersion: "7", ownerReferences: [{kind: Pod, name: a, uid: 1a, controller: true}]}
            spec: {devices: {requests: [{name: a, exactly: {deviceClassName: gpu.nvidia.com}}]}}
            status: {reservedFor: [{resource: pods, name: a, uid: 1a}]}
            """,
        ],
        rejects: [
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceSlice
            metadata: {name: ↓a}
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a}
            ↓status: {allocation: {}}
            """,
        ]
    ) { tree, findings in
        for object in tree.objects where !object.isLive && !object.isCreated {
            let isDRA = object.kind.group == "resource.k8s.io" || object.kind.group == "gpu.nvidia.com"
            if isDRA, object.kind.name == "ResourceSlice" {
                findings.add(
                    "\(object.words) is written by hand, but the driver of a node owns it", at: object.place,
                    label: "published by the driver",
                    help: "configure sharing in the driver, in the device plugin or in a claim's `config`")
            } else if isDRA, object.root["status"] != nil {
                findings.add(
                    "\(object.words) sets `status`", at: object.root.keyPlace("status"),
                    label: "written by the scheduler and the driver")
            }
        }
    }
}
