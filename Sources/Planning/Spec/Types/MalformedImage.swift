import Diagnostics
import Groundwork

/// Explains a string that is not an image by its wrong part; nil where no single part is wrong.
func malformedImage(_ text: Substring) -> FieldProblem? {
    func problem(
        _ says: String, _ part: Substring, label: String = "",
        help: [String] = ["write an image such as `vllm/vllm-openai:v0.19.0`"],
        instead: [String] = []
    ) -> FieldProblem {
        var problem = FieldProblem("malformed-image", "is `\(text.base)`, \(says)", label: label, instead: instead)
        problem.help = help
        problem.part = part
        return problem
    }
    if let scheme = text.firstRange(of: "://") {
        let rest = String(text[scheme.upperBound...])
        return problem(
            "which must not have a scheme", text[..<scheme.upperBound], help: ["write `\(rest)`"], instead: [rest])
    }
    if let index = text.firstIndex(where: { !Pattern("[A-Za-z0-9._/:@-]").matches(String($0)) }) {
        return problem("which must not contain `\(text[index])`", text[index...index])
    }
    let head = text.prefix { $0 != "@" }
    let digest = text[head.endIndex...].dropFirst()
    if head.endIndex < text.endIndex, !Pattern("sha256:[0-9a-f]{64}").matches(String(digest)) {
        return problem(
            "whose digest must be `sha256:` and 64 lowercase hexadecimal digits", text[head.endIndex...],
            label: "\(digest.split(separator: ":").last?.count ?? 0) characters")
    }
    let name = head.lastIndex(of: "/").map { head[$0...].dropFirst() } ?? head
    let repository = head[..<(name.firstIndex(of: ":") ?? head.endIndex)]
    let tag = head[repository.endIndex...].dropFirst()
    if repository.endIndex < head.endIndex, tag.isEmpty {
        return problem("which has no tag after the `:`", head[repository.endIndex...], label: "no tag")
    }
    if !tag.isEmpty, !Pattern("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}").matches(String(tag)) {
        return problem(
            "whose tag must be at most 128 letters, digits and `_.-`, and must not begin with `.` or `-`", tag)
    }
    if let index = repository.firstIndex(where: \.isUppercase) {
        let lowered = repository.lowercased() + text[repository.endIndex...]
        let run = repository[index...].prefix { $0.isUppercase }
        return problem(
            "whose repository must be lowercase", run, label: "uppercase",
            help: ["write `\(lowered)`"], instead: [lowered])
    }
    return nil
}
