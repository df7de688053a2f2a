extension Rule {
    static let fieldTypeMismatch = Rule(
        "field-type-mismatch", .structure,
        why: "the API server rejects a value of the wrong type, such as a string in place of a number",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, image: a, env: [{name: A, value: "1"}]}]
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a, annotations: {example.com/port: "8000"}}
            spec:
              containers:
              - name: a
                image: a
                args: ["8000", --port=8000]
                env: [{name: A, value: 1.2.3}, {name: B, value: "true"}, {name: C, value: 'yes'}, {name: D}]
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - name: a
                image: a
                ports: [{name: http, containerPort: 8000}]
                resources:
                  limits: {cpu: 4, memory: 16Gi, nvidia.com/gpu: "1"}
                  requests: {cpu: "4", memory: 17179869184}
                readinessProbe: {httpGet: {path: /health, port: http}}
                livenessProbe: {httpGet: {path: /health, port: 8000}}
              volumes: [{name: a, configMap: {name: a, defaultMode: 0644}}]
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec:
              selector: {app: a, version: "1"}
              ports: [{name: http, port: 80, targetPort: http}, {name: metrics, port: 81, targetPort: 8000}]
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data:
              MAX_MODEL_LEN: "4096"
              threads: |
                8
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, image: a, env: [{name: A, value: ↓1}]}]
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {selector: {matchLabels: ↓{app: a}}, ports: ↓{port: 80}}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              replicas: ↓"2"
              selector: {matchLabels: {app: a, version: ↓1.0}}
              template:
                metadata: {labels: {app: a, version: "1.0"}}
                spec:
                  nodeSelector: {gpu: ↓true}
                  containers:
                  - name: a
                    image: a
                    args: [--port, ↓8000]
                    env: [{name: A, value: ↓yes}, {name: B, value: ↓1e3}]
                    ports: [{containerPort: ↓"8000"}]
            """,
        ]
    ) { tree, findings in
        for mistake in tree.fieldMistakes where mistake.kind == .type {
            findings.add(mistake.message, at: mistake.place, label: mistake.label, help: mistake.help, fix: mistake.fix)
        }
    }
}
