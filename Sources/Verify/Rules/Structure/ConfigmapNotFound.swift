import Groundwork

extension Rule {
    static let configmapNotFound = Rule(
        "configmap-not-found", .structure, inPartialTree: .warnOnEvidence,
        why: "a container that reads a ConfigMap or a ConfigMap key that does not exist never starts",
        accepts: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {config.yaml: "x: 1"}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - name: a
                env:
                - name: X
                  valueFrom: {configMapKeyRef: {name: b, key: c, optional: true}}
              volumes:
              - name: a
                configMap:
                  name: a
                  items: [{key: config.yaml, path: config}]
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - name: a
                envFrom:
                - {configMapRef: {name: a}}
            --- # kustomization.yaml
            resources: [example.yaml]
            configMapGenerator:
            - {name: a, literals: [A=b]}
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {A: b}
            binaryData: {tokenizer.bin: AAEC}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: a}
            spec:
              jobTemplate:
                spec:
                  template:
                    spec:
                      containers:
                      - name: a
                        envFrom: [{configMapRef: {name: b, optional: true}}, {configMapRef: {name: a}}]
                      volumes:
                      - {name: tokenizer, configMap: {name: a, items: [{key: tokenizer.bin, path: tokenizer.bin}]}}
                      - {name: ca, projected: {sources: [{configMap: {name: kube-root-ca.crt}}]}}
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {config.yaml: "x: 1"}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - name: a
                env:
                - name: X
                  valueFrom: {configMapKeyRef: {name: ↓b, key: c}}
              volumes:
              - name: a
                configMap:
                  name: a
                  items: [{key: ↓config, path: config}]
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, namespace: ai}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec:
              template:
                spec:
                  initContainers: [{name: a, envFrom: [{configMapRef: {name: ↓a}}]}]
                  volumes: [{name: a, projected: {sources: [{configMap: {name: ↓kube-root-ca}}]}}]
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for use in workload.pod.configUses where !use.isOptional {
                let name = use.name.text ?? ""
                guard let map = tree.object(.configMap, name, in: workload.object.namespace) else {
                    if tree.scope.hasElsewhere("ConfigMap", name, in: workload.object.namespace) { continue }
                    findings.add(
                        "the pods of \(workload.object.words) read ConfigMap `\(name)`, which does not exist in "
                            + "namespace `\(workload.object.namespace)`",
                        at: use.name.place, label: "no such ConfigMap",
                        help: meant(use.name, tree.objects(.configMap).map(\.name)))
                    continue
                }
                let keys = [map.root["data"], map.root["binaryData"]].flatMap { $0?.entries ?? [] }.map(\.key)
                for key in use.keys where !keys.contains(key.text ?? "") {
                    findings.add(
                        "the pods of \(workload.object.words) read key `\(key.text ?? "")` of ConfigMap `\(name)`, "
                            + "which has no such key",
                        at: key.place, label: "key not found", notes: [map.note("the ConfigMap is here")],
                        help: meant(key, keys))
                }
            }
        }
    }
}
