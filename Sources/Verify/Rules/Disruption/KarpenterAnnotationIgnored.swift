import Groundwork

extension Rule {
    static let karpenterAnnotationIgnored = Rule(
        "karpenter-annotation-ignored", .disruption, .warning,
        why:
            "Karpenter reads `karpenter.sh/do-not-disrupt` on pods and nodes only, and no longer reads the annotations that "
            + "it replaced: pods are moved all the same",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                metadata: {annotations: {karpenter.sh/do-not-disrupt: "true"}}
                spec: {containers: [{name: a}]}
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a, annotations: {karpenter.sh/do-not-disrupt: "true"}}
            spec: {containers: [{name: a}]}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: a, annotations: {example.com/owner: b}}
            spec:
              jobTemplate:
                spec:
                  template:
                    metadata: {annotations: {karpenter.sh/do-not-disrupt: "true"}}
                    spec: {containers: [{name: a}]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a, annotations: {karpenter.sh/nodepool-hash-version: v3}}
            spec:
              template:
                metadata: {annotations: {karpenter.sh/do-not-disrupt: "true"}}
                spec: {nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}}
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, annotations: {↓karpenter.sh/do-not-disrupt: "true"}}
            spec:
              template:
                metadata: {annotations: {↓karpenter.sh/do-not-evict: "true"}}
                spec: {containers: [{name: a}]}
            """,
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a, annotations: {↓karpenter.sh/do-not-disrupt: "true"}}
            spec: {template: {spec: {containers: [{name: a}]}}}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a, annotations: {↓karpenter.sh/do-not-disrupt: "true"}}
            spec:
              template:
                metadata: {annotations: {↓karpenter.sh/do-not-consolidate: "true"}}
                spec: {nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}}
            """,
            """
            # Karpenter reads an annotation, not a label.
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: a, ↓karpenter.sh/do-not-disrupt: "true"}}
                spec: {containers: [{name: a}]}
            """,
        ]
    ) { tree, findings in
        let removed = ["karpenter.sh/do-not-evict", "karpenter.sh/do-not-consolidate"]
        let current = "karpenter.sh/do-not-disrupt"
        for object in tree.objects {
            let metadata = object.root["metadata"]
            let template = object.podMetadata
            let isRead = object.kind == .pod || ["Node", "NodeClaim"].contains(object.kind.name)
            for (part, isOfPods) in [(metadata, isRead), (template, true)] {
                for entry in part?["annotations"]?.entries ?? [] {
                    if removed.contains(entry.key) {
                        findings.add(
                            "\(object.words) has the annotation `\(entry.key)`, which Karpenter no longer reads",
                            at: entry.keyPlace, label: "removed in Karpenter 1.0",
                            help: "use `\(current): \"true\"` on the pods")
                    } else if entry.key == current, !isOfPods {
                        findings.add(
                            "\(object.words) has the annotation `\(current)`, which Karpenter reads on pods and nodes only",
                            at: entry.keyPlace, label: "has no effect here",
                            help: "move it to `\(object.templatePath).metadata.annotations`")
                    }
                }
                for entry in part?["labels"]?.entries ?? [] where entry.key == current {
                    findings.add(
                        "\(object.words) has `\(current)` as a label, but Karpenter reads an annotation",
                        at: entry.keyPlace, label: "has no effect", help: "move it to `annotations`")
                }
            }
        }
    }
}

extension KubernetesObject {
    /// The metadata of the pods or nodes that the object creates.
    fileprivate var podMetadata: ManifestValue? {
        switch kind {
        case .cronJob: spec?["jobTemplate"]?["spec"]?["template"]?["metadata"]
        case .scaledJob: spec?["jobTargetRef"]?["template"]?["metadata"]
        case .deployment, .statefulSet, .daemonSet, .replicaSet, .job, .rollout, .nodePool:
            spec?["template"]?["metadata"]
        default: nil
        }
    }

    /// Where the template is.
    fileprivate var templatePath: String {
        switch kind {
        case .cronJob: "spec.jobTemplate.spec.template"
        case .scaledJob: "spec.jobTargetRef.template"
        default: "spec.template"
        }
    }
}
