import Diagnostics
import Groundwork
import YAML

extension Patterns {
    private static let repositoryPath = "[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]+)?(/[a-z0-9]([a-z0-9._-]*[a-z0-9])?)*"
    private static let digest = "@sha256:[0-9a-f]{64}"
    /// An image with a tag, a digest, or both.
    static let image = Pattern("\(repositoryPath)(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(\(digest))?|\(digest))")
    static let unpinnedImage = Pattern(repositoryPath)
    static let floatingImage = Pattern(".*:latest")
    static let ami = Pattern("al2023@v[0-9]{8}|bottlerocket@v[0-9]+\\.[0-9]+\\.[0-9]+")
}

extension FieldType where Value == String {
    /// A pinned container image.
    static var image: FieldType {
        .text(
            "an image such as `vllm/vllm-openai:v0.19.0`", Patterns.image, code: "malformed-image",
            not: Patterns.floatingImage
        ) { floatingImage($0) ?? malformedImage($0[...]) }
    }
    /// A pinned AMI alias of Karpenter.
    static var amiAlias: FieldType {
        .text(
            "a pinned AMI alias such as `al2023@v20260714`", Patterns.ami, code: "malformed-ami", explain: unpinnedAMI
        ).example("al2023@v20260714", "bottlerocket@v1.32.0")
    }
    static var url: FieldType {
        .text("a URL such as `http://prometheus-operated.monitoring.svc:9090`", Patterns.url, code: "malformed-url") {
            text in
            guard !text.contains("://"), Patterns.url.matches("http://\(text)") else { return nil }
            return FieldProblem(
                "malformed-url", "is `\(text)`, which has no scheme", help: "write `http://\(text)`",
                instead: ["http://\(text)"])
        }
    }
    static var repository: FieldType {
        .text(
            "a Git repository such as `https://git.example.com/platform/fleet.git`", Patterns.repository,
            code: "malformed-repository"
        ).example("https://git.example.com/platform/fleet.git", "git@git.example.com:platform/fleet.git")
    }
    static var revision: FieldType {
        .text("a branch, tag or commit such as `main`", Patterns.revision, code: "malformed-revision")
    }
    /// A folder in a repository, without `.` and `..`.
    static var folder: FieldType {
        .text("a folder such as `out/genai-prod`", Patterns.folder, code: "malformed-path") { text in
            if text.split(separator: "/").contains("..") {
                return FieldProblem("malformed-path", "is `\(text)`, which is outside the repository")
            }
            var trimmed = text[...]
            if trimmed.hasPrefix("./") { trimmed = trimmed.dropFirst(2) }
            while trimmed.hasPrefix("/") { trimmed = trimmed.dropFirst() }
            while trimmed.hasSuffix("/") { trimmed = trimmed.dropLast() }
            guard trimmed != text, Patterns.folder.matches(String(trimmed)) else { return nil }
            return FieldProblem(
                "malformed-path", "is `\(text)`, which is not a path relative to the root of the repository",
                help: "write `\(trimmed)`; Stowage adds what Argo CD or Flux requires", instead: [String(trimmed)]
            )
        }
    }
    /// A time zone of the IANA database: `Area/City` by its form only, as it is looked up where it is needed, or one of the few others.
    static var timezone: FieldType {
        let schema: @Sendable () -> JSON = {
            .object([("type", .string("string")), ("pattern", .string(Patterns.timezone.source))])
        }
        return .scalar("an IANA time zone such as `Asia/Seoul`", placeholder: "", schema: schema) { scalar in
            if let problem = notText(scalar) { return .failure(problem) }
            let text = scalar.text
            guard Patterns.timezone.matches(text), text.contains("/") || Catalog.timeZone(named: text) != nil else {
                return .failure(malformedTimezone(text))
            }
            return .success(text)
        }
    }
}

/// Explains an image that is not pinned.
@Sendable func floatingImage(_ text: String) -> FieldProblem? {
    if Patterns.floatingImage.matches(text) {
        return FieldProblem(
            "image-not-pinned", "is `\(text)`, but the image of `latest` changes", label: "not pinned",
            help: "set a version or a digest, such as `\(text.dropLast(6))v0.19.0`")
    }
    guard Patterns.unpinnedImage.matches(text), !text.isEmpty else { return nil }
    return FieldProblem(
        "image-not-pinned", "is `\(text)`, without a tag or digest, which means `latest`", label: "not pinned",
        help: "set a version or a digest, such as `\(text):v0.19.0`")
}

/// Explains an AMI that is not pinned, or that Karpenter cannot resolve.
@Sendable private func unpinnedAMI(_ text: String) -> FieldProblem? {
    if text.hasSuffix("@latest") {
        return FieldProblem(
            "ec2nodeclass-ami-not-pinned", "is `\(text)`, with which every AMI release replaces every node",
            label: "not pinned",
            help: "pin a release, such as `al2023@v20260714` or `bottlerocket@v1.32.0`")
    }
    if text.hasPrefix("al2@") {
        return FieldProblem(
            "malformed-ami", "is Amazon Linux 2, which EKS does not support from 1.33 on",
            help: "use `al2023@v…` or `bottlerocket@v…`")
    }
    if text.hasPrefix("ami-") {
        return FieldProblem(
            "malformed-ami", "is an AMI ID without the family that it is built on",
            help: "write `{id: \(text), family: al2023}`",
            "an alias such as `al2023@v20260714` resolves to the NVIDIA variant in every region and for every architecture",
            instead: ["{id: \(text), family: al2023}"])
    }
    if !text.contains("@"), Patterns.name.matches(text) {
        return FieldProblem(
            "ec2nodeclass-ami-not-pinned", "is `\(text)`, without a release", label: "not pinned",
            help: "write `\(text)@v…`")
    }
    return nil
}

/// Explains a string that is not a time zone.
private func malformedTimezone(_ text: String) -> FieldProblem {
    let says = "is `\(text)`, which is not in the IANA time zone database"
    if let near = TimeZoneRow.near(text) {
        return FieldProblem("malformed-timezone", says, help: "did you mean `\(near)`?", instead: [near])
    }
    let isAbbreviation = text.utf8.count <= 5 || text.hasPrefix("UTC") || text.hasPrefix("GMT")
    return FieldProblem(
        "malformed-timezone", says,
        help: "write a name such as `Asia/Seoul` or `America/New_York`"
            + (isAbbreviation ? "; abbreviations are ambiguous" : ""))
}
