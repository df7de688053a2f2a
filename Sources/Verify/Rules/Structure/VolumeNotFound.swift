import Groundwork

extension Rule {
    static let volumeNotFound = Rule(
        "volume-not-found", .structure,
        why: "the API server rejects a pod with a container that mounts a volume that the pod does not have",
        accepts: [
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              volumes:
              - {name: shm, emptyDir: {}}
              containers:
              - name: a
                volumeMounts: [{name: shm, mountPath: /dev/shm}]
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              volumeClaimTemplates:
              - {metadata: {name: data}}
              template:
                spec:
                  containers:
                  - name: a
                    volumeMounts: [{name: data, mountPath: /data}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  volumes: [{name: model, persistentVolumeClaim: {claimName: b}}, {name: unused, emptyDir: {}}]
                  initContainers: [{name: load, volumeMounts: [{name: model, mountPath: /model}]}]
                  containers: [{name: a, volumeMounts: [{name: model, mountPath: /model, subPath: weights}]}, {name: b}]
            """,
            """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: a}
            spec:
              jobTemplate:
                spec:
                  template:
                    spec:
                      containers: [{name: a, volumeMounts: [{name: cache, mountPath: /cache}]}]
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - patch: |
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: a}
                spec: {jobTemplate: {spec: {template: {spec: {volumes: [{name: cache, emptyDir: {}}]}}}}}
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              volumes:
              - {name: shm, emptyDir: {}}
              initContainers:
              - name: b
                volumeMounts: [{name: ↓cache, mountPath: /cache}]
              containers:
              - name: a
                volumeMounts: [{name: shm, mountPath: /dev/shm}]
            """,
            """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: a}
            spec:
              jobTemplate:
                spec:
                  template:
                    spec:
                      containers: [{name: a, volumeMounts: [{name: ↓/cache, mountPath: cache}]}]
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              volumeClaimTemplates: [{metadata: {name: data}}]
              template:
                spec:
                  containers: [{name: a, volumeMounts: [{name: ↓data-a-0, mountPath: /data}]}]
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            let mounts = workload.pod.containers.flatMap { $0.value.items(of: "volumeMounts") }
            if mounts.isEmpty { continue }
            let claims = workload.object.spec?["volumeClaimTemplates"]?.items ?? []
            let volumes =
                workload.pod.spec.items(of: "volumes").compactMap { $0["name"]?.text }
                + claims.compactMap { $0["metadata"]?["name"]?.text }
            for name in mounts.compactMap({ $0["name"] }) where !volumes.contains(name.text ?? "") {
                findings.add(
                    "a container of \(workload.object.words) mounts volume `\(name.text ?? "")`, which its pods "
                        + "do not have",
                    at: name.place, label: "no such volume", help: meant(name, volumes))
            }
        }
    }
}
