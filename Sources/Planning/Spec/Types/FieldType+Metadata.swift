import Groundwork

extension Patterns {
    private static let qualifiedName =
        "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?"
    static let labelKey = Pattern(qualifiedName)
    static let annotationKey = Pattern(qualifiedName)
    static let labelValue = Pattern("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?")
    /// Labels that generated objects have, or that a controller sets.
    static let ownedLabel = Pattern(
        "(stowage\\.dev|karpenter\\.sh|karpenter\\.k8s\\.aws|nvidia\\.com|pod-security\\.kubernetes\\.io)/.*"
            + "|(kubernetes|k8s)\\.io/.*|app\\.kubernetes\\.io/(name|component|part-of|instance)|release|grafana_dashboard"
            + "|pod-template-hash")
    /// Annotations that generated objects have, or that a controller reads as an instruction.
    static let ownedAnnotation = Pattern(
        "(stowage\\.dev|karpenter\\.sh|karpenter\\.k8s\\.aws|argocd\\.argoproj\\.io|eks\\.amazonaws\\.com)/.*"
            + "|(kustomize\\.toolkit\\.fluxcd\\.io|cluster-autoscaler\\.kubernetes\\.io|kubectl\\.kubernetes\\.io)/.*"
            + "|(autoscaling|scaledobject)\\.keda\\.sh/.*|deployment\\.kubernetes\\.io/.*")
    /// Annotations by which kustomize and kpt run a function.
    static let toolAnnotation = Pattern("(internal\\.)?config\\.(kubernetes|k8s)\\.io/.*|kpt\\.dev/.*")
    /// Tags that Karpenter, EKS, AWS or Stowage sets.
    static let ownedTag = Pattern(
        "(aws:|stowage\\.dev/|karpenter\\.sh/|karpenter\\.k8s\\.aws/|kubernetes\\.io/cluster).*|eks:eks-cluster-name")
}

extension FieldType where Value == String {
    static var labelKey: FieldType {
        .text(
            "a label key such as `team` or `example.com/cost-center`", Patterns.labelKey, code: "malformed-label",
            not: Patterns.ownedLabel
        ) { key in
            Patterns.ownedLabel.matches(key)
                ? FieldProblem(
                    "reserved-label", "is `\(key)`, which Stowage, Kubernetes or a controller sets", label: "reserved",
                    help: "use a key of your own, such as `example.com/team`") : nil
        }
    }
    static var labelValue: FieldType {
        .text("a label value such as `search`", Patterns.labelValue, code: "malformed-label") { text in
            let count = text.utf8.count
            return count > 63
                ? FieldProblem(
                    "malformed-label", "has \(count) characters, more than the limit of 63", label: "too long",
                    help: "shorten it, or make it an annotation")
                : FieldProblem(
                    "malformed-label", "is `\(text)`, which is not a label value",
                    help: "use letters, digits, `-`, `_` and `.`, with a letter or digit at both ends",
                    "any string is valid in an annotation")
        }
    }
    static var annotationKey: FieldType {
        .text(
            "an annotation key such as `example.com/owner`", Patterns.annotationKey, code: "malformed-annotation",
            not: Patterns.ownedAnnotation
        ) { key in
            Patterns.ownedAnnotation.matches(key)
                ? FieldProblem(
                    "reserved-annotation", "is `\(key)`, which Stowage sets or a controller reads as an instruction",
                    label: "reserved", help: "set it on single objects with a template of your own") : nil
        }
    }
    /// A tag key that is not one of those that Karpenter or EKS sets.
    static var ownTagKey: FieldType {
        .text("a tag key such as `Environment`", Patterns.tagKey, code: "malformed-tag", not: Patterns.ownedTag) {
            key in
            Patterns.ownedTag.matches(key)
                ? FieldProblem(
                    "reserved-tag", "is `\(key)`, which AWS, EKS, Karpenter or Stowage sets", label: "reserved",
                    help: "use a key of your own") : nil
        }
    }
}
