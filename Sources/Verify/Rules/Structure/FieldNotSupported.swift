extension Rule {
    static let fieldNotSupported = Rule(
        "field-not-supported", .structure,
        why: "the API server silently drops a field whose feature its version does not have",
        accepts: [
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              maxReplicas: 4
              scaleTargetRef: {kind: Deployment, name: a}
              behavior: {scaleUp: {tolerance: "0"}}
            """,
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a}
            spec:
              devices:
                requests:
                - name: gpu
                  exactly:
                    deviceClassName: gpu.nvidia.com
                    capacity: {requests: {memory: 10Gi}}
                    tolerations: [{key: example.com/drain, operator: Exists}]
                - name: any
                  firstAvailable: [{name: slice, deviceClassName: mig.nvidia.com}]
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              hostnameOverride: a.example.com
              resources: {limits: {cpu: "4", memory: 16Gi}}
              containers:
              - name: a
                image: a
                restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [42]}}]
                restartPolicy: Never
            """,
        ],
        rejects: [
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a}
            spec:
              devices:
                requests:
                - name: gpu
                  exactly: {deviceClassName: a, ↓derivedAttributes: []}
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers: [{name: a, image: a, volumeMounts: [{name: b, mountPath: /b, ↓bindMountOptions: [noexec]}]}]
              volumes: [{name: b, configMap: {name: b, items: [{key: c, path: c, ↓user: 1000}]}}]
            """,
        ]
    ) { tree, findings in
        for mistake in tree.fieldMistakes where mistake.kind == .tooNew {
            findings.add(mistake.message, at: mistake.place, label: mistake.label, help: mistake.help)
        }
    }
}
