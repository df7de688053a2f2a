import Groundwork

extension Rule {
    static let volumeForOneNode = Rule(
        "volume-for-one-node", .scheduling, .warning,
        why:
            "a `ReadWriteOnce` volume can be attached to one node at a time: pods on other nodes stay in ContainerCreating",
        accepts: [
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: weights}
            spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 100Gi}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 2
              template:
                spec:
                  containers: [{name: a}]
                  volumes: [{name: weights, persistentVolumeClaim: {claimName: weights}}]
            """,
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: weights}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 100Gi}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 1
              template:
                spec:
                  containers: [{name: a}]
                  volumes: [{name: weights, persistentVolumeClaim: {claimName: weights}}]
            """,
            """
            # Each pod of a StatefulSet gets a claim of its own.
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              replicas: 4
              template: {spec: {containers: [{name: a}]}}
              volumeClaimTemplates:
              - metadata: {name: weights}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 100Gi}}}
            ---
            # Pods that are bound to one node share it.
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: cache}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 100Gi}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: b}
            spec:
              replicas: 2
              template:
                spec:
                  nodeSelector: {kubernetes.io/hostname: storage-1}
                  containers: [{name: a}]
                  volumes: [{name: cache, persistentVolumeClaim: {claimName: cache}}]
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: weights}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 100Gi}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: 2
              template:
                spec:
                  containers: [{name: a}]
                  volumes: [{name: weights, persistentVolumeClaim: {claimName: ↓weights}}]
            """,
            """
            # The autoscaler adds replicas.
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: weights, namespace: models}
            spec: {accessModes: [ReadWriteOncePod], resources: {requests: {storage: 100Gi}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, namespace: models}
            spec:
              template:
                spec:
                  containers: [{name: a}]
                  volumes: [{name: weights, persistentVolumeClaim: {claimName: ↓weights}}]
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a, namespace: models}
            spec: {scaleTargetRef: {name: a}, minReplicaCount: 1, maxReplicaCount: 4}
            """,
            """
            # Several pods of a StatefulSet that share a claim.
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: weights}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 100Gi}}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              replicas: 3
              template:
                spec:
                  containers: [{name: a}]
                  volumes: [{name: weights, persistentVolumeClaim: {claimName: ↓weights}}]
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads where !workload.isDaemon {
            let volumes = workload.pod.spec.items(of: "volumes")
            for name in volumes.compactMap({ $0["persistentVolumeClaim"]?["claimName"] }) {
                guard let claim = tree.object(.volumeClaim, name.text ?? "", in: workload.object.namespace),
                    let modes = claim.spec?["accessModes"], let words = modes.texts, !words.isEmpty,
                    words.allSatisfy({ $0 == "ReadWriteOnce" || $0 == "ReadWriteOncePod" })
                else { continue }
                let most = tree.mostReplicas(of: workload)
                let isBound = workload.pod.nodes.contains { $0.key == "kubernetes.io/hostname" && $0.values.count == 1 }
                guard most.count > 1, !isBound || words.contains("ReadWriteOncePod") else { continue }
                findings.add(
                    "up to \(most.count) pods of \(workload.object.words) mount \(claim.words), which can be attached to "
                        + "one node only",
                    at: name.place, label: "pods on other nodes do not start",
                    notes: [.init("its access mode is `\(words[0])`", at: modes.place)],
                    help:
                        "use storage with `ReadWriteMany` or `ReadOnlyMany`, or a StatefulSet with `volumeClaimTemplates`"
                )
            }
        }
    }
}

extension ObjectKind {
    fileprivate static let volumeClaim = Self("", "PersistentVolumeClaim")
}
