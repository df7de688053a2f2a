import Diagnostics
import Groundwork

extension Patterns {
    private static let host = "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
    /// A host with a dot or a port, and perhaps a path: without either, container runtimes read a path of Docker Hub.
    static let registry = Pattern(
        "(\(host)(\\.\(host))+(:[0-9]+)?|\(host):[0-9]+)(/[a-z0-9]([a-z0-9._-]*[a-z0-9])?)*")
}

extension FieldType where Value == String {
    /// A container registry, perhaps with a path.
    static var registry: FieldType {
        .text(
            "a registry such as `111122223333.dkr.ecr.us-east-1.amazonaws.com/mirror`", Patterns.registry,
            code: "malformed-registry", explain: malformedRegistry)
    }
}

/// Explains a string that is not a registry.
@Sendable private func malformedRegistry(_ text: String) -> FieldProblem? {
    func problem(_ says: String, instead: Substring) -> FieldProblem {
        let isRight = Patterns.registry.matches(String(instead))
        return isRight
            ? FieldProblem("malformed-registry", says, help: "write `\(instead)`", instead: [String(instead)])
            : FieldProblem("malformed-registry", says)
    }
    if let scheme = text.firstRange(of: "://") {
        return problem("is `\(text)`, which must not have a scheme", instead: text[scheme.upperBound...])
    }
    if text.hasSuffix("/") {
        return problem("is `\(text)`, which must not end with `/`", instead: text.dropLast())
    }
    if Patterns.image.matches(text) {
        return FieldProblem(
            "malformed-registry", "is `\(text)`, which is an image",
            help: "write the registry alone: the path and the tag are those of the upstream image")
    }
    guard Patterns.unpinnedImage.matches(text), !text.isEmpty else { return nil }
    return FieldProblem(
        "malformed-registry", "is `\(text)`, whose host has no dot and no port", label: "read as a path of Docker Hub",
        help: "write a host before it, such as `registry.example.com/\(text)`")
}
