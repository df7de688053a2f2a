extension Rule {
    static let kustomizePatchFails = Rule(
        "kustomize-patch-fails", .gitops,
        why:
            "`kustomize build` fails if a patch is malformed, or if an operation of a JSON patch has nothing to change",
        accepts: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {ports: [{port: 80}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - target: {kind: Service}
              patch: |
                - {op: replace, path: /spec/ports/0/port, value: 8080}
                - {op: add, path: /spec/ports/-, value: {name: metrics, port: 81}}
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a, annotations: {prometheus.io/scrape: "false", prometheus.io/path: /metrics}}
            spec: {ports: [{port: 80}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - target: {kind: Service, name: a}
              patch: |
                - {op: test, path: /spec/ports/0/port, value: 80}
                - {op: remove, path: /metadata/annotations/prometheus.io~1scrape}
                - {op: add, path: /metadata/annotations/prometheus.io~1port, value: "8000"}
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {ports: [{port: 80}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - {path: patch.yaml, target: {kind: Service}}
            --- # patch.yaml
            # `add` makes a key, or the item behind the last: only what is above has to be there.
            - {op: add, path: /spec/ports/1, value: {name: metrics, port: 81}}
            - {op: add, path: /spec/ports/1/protocol, value: TCP}
            - {op: add, path: /metadata/annotations, value: {prometheus.io/scrape: "true"}}
            - {op: copy, from: /spec/ports/1/port, path: /spec/ports/0/targetPort}
            """,
            """
            # The library of kustomize adds what `replace` does not find, counts from the end, and copies nothing as null.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, annotations: {a: b}}
            spec: {template: {spec: {containers: [{name: a}, {name: b}]}}}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - target: {kind: Deployment}
              patch: |
                - {op: replace, path: /spec/template/spec/containers/-1/imagePullPolicy, value: Always}
                - {op: add, path: /spec/template/spec/containers/-1, value: {name: c}}
                - {op: replace, path: /spec/template/spec/containers/00/image, value: "nginx:1.27"}
                - {op: copy, from: /spec/strategy, path: /spec/minReadySeconds}
                - {op: test, path: /spec/replicas, value: null}
            """,
            """
            # Empty annotations stay between the steps of one patch, and a file of comments is a patch that changes nothing.
            apiVersion: v1
            kind: Service
            metadata: {name: a, annotations: {a: b}}
            spec: {ports: [{port: 80}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - path: comments.yaml
            - target: {kind: Service}
              patch: |
                - {op: remove, path: /metadata/annotations/a}
                - {op: add, path: /metadata/annotations/c, value: d}
            --- # comments.yaml
            # - {op: remove, path: /spec}
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {ports: [{port: 80}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - target: {kind: Service}
              patch: |
                - {op: replace, path: ↓/spec/ports/1/port, value: 8080}
            - target: {kind: Service}
              patch: ↓nothing
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {ports: [{port: 80}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - target: {kind: Service}
              patch: |
                - {op: add, path: ↓/metadata/annotations/prometheus.io~1scrape, value: "true"}
                - {op: add, path: ↓/spec/ports/2, value: {name: metrics, port: 81}}
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a, annotations: {prometheus.io/scrape: "false", prometheus.io/path: /metrics}}
            spec: {ports: [{port: 80}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - path: ↓patch.yaml
            - target: {kind: Service}
              patch: |
                - {op: test, path: ↓/spec/ports/0/port, value: 8080}
                - {op: remove, path: ↓/spec/type}
            --- # patch.yaml
            - {op: replace, path: /spec/ports/0/port, value: 8080}
            """,
            """
            # What is above a missing key has to exist, and so does an item of a list.
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {ports: [{port: 80}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - target: {kind: Service}
              patch: |
                - {op: replace, path: ↓/spec/selector/app, value: a}
                - {op: replace, path: ↓/spec/ports/-2/port, value: 8080}
                - {op: remove, path: ↓/spec/ports/01}
            """,
        ]
    ) { tree, findings in
        for mistake in tree.scope.built.mistakes where mistake.kind == .kustomizePatchFails {
            findings.add(
                mistake.message, at: mistake.place, label: mistake.label, notes: mistake.notes, help: mistake.help)
        }
    }
}
