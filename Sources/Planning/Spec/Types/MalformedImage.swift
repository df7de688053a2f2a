import Diagnostics
import Groundwork

/// Explains a text that is no image by the part that makes it none; nil where there is no such part.
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
            "and an image's name has no scheme", text[..<scheme.upperBound], help: ["write `\(rest)`"], instead: [rest])
    }
    if let index = text.firstIndex(where: { !Pattern("[A-Za-z0-9._/:@-]").matches(String($0)) }) {
        return problem("and no image's name holds `\(text[index])`", text[index...index])
    }
    let head = text.prefix { $0 != "@" }
    let digest = text[head.endIndex...].dropFirst()
    if head.endIndex < text.endIndex, !Pattern("sha256:[0-9a-f]{64}").matches(String(digest)) {
        return problem(
            "and a digest is `sha256:` with 64 of the digits 0 to 9 and a to f", text[head.endIndex...],
            label: "\(digest.split(separator: ":").last?.count ?? 0) characters")
    }
    let name = head.lastIndex(of: "/").map { head[$0...].dropFirst() } ?? head
    let repository = head[..<(name.firstIndex(of: ":") ?? head.endIndex)]
    let tag = head[repository.endIndex...].dropFirst()
    if repository.endIndex < head.endIndex, tag.isEmpty {
        return problem("and no tag follows its `:`", head[repository.endIndex...], label: "no tag")
    }
    if !tag.isEmpty, !Pattern("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}").matches(String(tag)) {
        return problem(
            "and a tag has at most 128 letters, digits and `_.-`, of which `.` and `-` do not come first", tag)
    }
    if let index = repository.firstIndex(where: \.isUppercase) {
        let lowered = repository.lowercased() + text[repository.endIndex...]
        let run = repository[index...].prefix { $0.isUppercase }
        return problem(
            "and an image's repository is written in lower case", run, label: "upper case",
            help: ["write `\(lowered)`"], instead: [lowered])
    }
    return nil
}
