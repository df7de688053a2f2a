extension Rule {
    static let kustomizeReplacementFails = Rule(
        "kustomize-replacement-fails", .gitops,
        why: "`kustomize build` fails if a replacement has no value to copy, or no field to copy it to",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers: [{name: server, image: "server:1"}]
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: releases}
            data: {server: "2"}
            --- # kustomization.yaml
            resources: [example.yaml]
            replacements:
            - source: {kind: ConfigMap, name: releases, fieldPath: data.server}
              targets:
              - select: {kind: Deployment}
                fieldPaths: ["spec.template.spec.containers.[name=server].image"]
                options: {delimiter: ":", index: 1}
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: releases}
            data: {image: "vllm/vllm-openai:v0.11.0"}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers: [{name: server, image: "vllm/vllm-openai:v0"}]
            --- # kustomization.yaml
            resources: [example.yaml]
            replacements:
            - source: {kind: ConfigMap}
              targets:
              - select: {kind: Deployment}
                fieldPaths: [metadata.annotations.releases]
                options: {create: true}
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: releases}
            data: {image: "vllm/vllm-openai:v0.11.0"}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers: [{name: server, image: "vllm/vllm-openai:v0"}]
            --- # kustomization.yaml
            resources: [example.yaml]
            replacements:
            - path: replacement.yaml
            --- # replacement.yaml
            source: {kind: ConfigMap, fieldPath: data.image, options: {delimiter: ":", index: 1}}
            targets:
            - select: {kind: Deployment}
              fieldPaths: [spec.template.spec.containers.0.image, "spec.template.spec.containers.*.image"]
              options: {delimiter: ":", index: 1}
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {server: "2"}
            --- # kustomization.yaml
            resources: [example.yaml]
            replacements:
            - source: {kind: ConfigMap, name: ↓b}
              targets: [{select: {kind: ConfigMap}, fieldPaths: [data.server]}]
            - source: {kind: ConfigMap, name: a, fieldPath: ↓data.client}
              targets: [{select: {kind: ConfigMap}, fieldPaths: [data.server]}]
            - source: {kind: ConfigMap, name: a, fieldPath: data.server}
              targets: [{select: {kind: ConfigMap}, fieldPaths: [↓data.client]}]
            - ↓source: {kind: ConfigMap, name: a}
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: releases}
            data: {image: "vllm/vllm-openai:v0.11.0"}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers: [{name: server, image: "vllm/vllm-openai:v0"}]
            --- # kustomization.yaml
            resources: [example.yaml]
            replacements:
            - source: {kind: ConfigMap, fieldPath: data.image, options: {delimiter: ":", index: ↓2}}
              targets:
              - select: {kind: Deployment}
                fieldPaths: ["spec.template.spec.containers.[name=server].image"]
            - source: {kind: ConfigMap, fieldPath: data.image}
              targets:
              - select: {kind: Deployment}
                fieldPaths: [↓"spec.template.spec.containers.[name=sidecar].image", ↓metadata.annotations.releases]
            """,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {server: "1"}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: b}
            data: {server: "2"}
            --- # kustomization.yaml
            resources: [example.yaml]
            replacements:
            - source: {kind: ↓ConfigMap, fieldPath: data.server}
              targets: [{select: {kind: ConfigMap, name: b}, fieldPaths: [data.server]}]
            - path: ↓replacement.yaml
              source: {kind: ConfigMap, name: a, fieldPath: data.server}
            --- # replacement.yaml
            - source: {kind: ConfigMap, name: a, fieldPath: data.server}
              targets: [{select: {kind: ConfigMap, name: b}, fieldPaths: [data.server]}]
            """,
        ]
    ) { tree, findings in
        for mistake in tree.scope.built.mistakes
        where mistake.kind == .kustomizeReplacementFails || mistake.kind == .sourcelessReplacement {
            findings.add(
                mistake.message, at: mistake.place, label: mistake.label, notes: mistake.notes, help: mistake.help)
        }
    }
}
