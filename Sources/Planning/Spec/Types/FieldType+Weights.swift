import Diagnostics
import Groundwork
import YAML

extension Patterns {
    /// The characters of an S3 bucket's name; other rules are in `excludedWeights`.
    static let bucket = Pattern("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
    static let objectKey = Pattern("[A-Za-z0-9!_.*'()/=-]*")
    static let weights = Pattern(
        "s3://\(bucket.body)(/\(objectKey.body))?|hf://\(source.body)|pvc://\(objectName.body)|oci://\(image.body)")
    /// Images of no fixed version, and buckets which must not have two dots in a row or named like an IP address.
    static let excludedWeights = Pattern(
        "oci://.*:latest|s3://[a-z0-9.-]*\\.\\..*|s3://[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+(/.*)?")
}

extension FieldType where Value == WeightsLocation {
    /// The location of weights, with the schemes that KServe uses.
    static var weightsLocation: FieldType {
        let schema: @Sendable () -> JSON = {
            .object([
                ("type", .string("string")), ("pattern", .string(Patterns.weights.source)),
                ("not", .object([("pattern", .string(Patterns.excludedWeights.source))])),
            ])
        }
        let expects =
            "a location such as `s3://models/llama`, `hf://org/model`, `pvc://claim` or `oci://registry/image:tag`"
        return .scalar(expects, placeholder: .huggingFace(""), schema: schema) { scalar in
            if let problem = notText(scalar) { return .failure(problem) }
            let text = scalar.text
            if text.hasPrefix("oci://"), let problem = floatingImage(String(text.dropFirst(6))) {
                return .failure(problem)
            }
            guard Patterns.weights.matches(text), !Patterns.excludedWeights.matches(text) else {
                return .failure(malformedWeights(text))
            }
            if text.hasPrefix("s3://") { return .success(.s3(text)) }
            if text.hasPrefix("hf://") { return .success(.huggingFace(String(text.dropFirst(5)))) }
            if text.hasPrefix("pvc://") { return .success(.persistentVolumeClaim(String(text.dropFirst(6)))) }
            return .success(.image(String(text.dropFirst(6))))
        }
    }
}

/// The supported schemes, as the last line of help.
private let schemes = "supported schemes are `s3://`, `hf://`, `pvc://` and `oci://`"

private func wrong(
    _ says: String, _ part: Substring? = nil, label: String = "", help: [String], instead: [String] = []
) -> FieldProblem {
    var problem = FieldProblem("malformed-weights", says, label: label, instead: instead)
    problem.part = part
    problem.help = help
    return problem
}

/// Explains a string that is not a location of weights.
private func malformedWeights(_ text: String) -> FieldProblem {
    guard let end = text.firstRange(of: "://") else { return withoutScheme(text) }
    let rest = text[end.upperBound...]
    switch text[..<end.lowerBound] {
    case "s3": return malformedS3(rest)
    case "hf": return malformedRepository(rest)
    case "pvc": return malformedClaim(rest)
    case "oci":
        var problem = malformedImage(rest) ?? wrong("names `\(rest)`, which is not a container image", rest, help: [])
        problem.code = "malformed-weights"
        problem.others = problem.others.map { "oci://\($0)" }
        let form = "write an image such as `oci://registry.example.com/models/llama:v1`"
        problem.help = problem.others.isEmpty ? [form] : problem.others.map { "write `\($0)`" }
        return problem
    case "http", "https": return webAddress(rest)
    case let scheme:
        let lowered = "\(scheme.lowercased())://\(rest)"
        let isCase = Patterns.weights.matches(lowered)
        return wrong(
            "has the scheme `\(scheme)://`, which is not supported", text[..<end.upperBound],
            help: isCase ? ["write `\(lowered)`", schemes] : [schemes], instead: isCase ? [lowered] : [])
    }
}

private func withoutScheme(_ text: String) -> FieldProblem {
    if text.hasPrefix("arn:"), text.contains(":s3:"), let name = text.split(separator: ":").last {
        let place = "s3://\(name)"
        return wrong("is an ARN, not a URI with a scheme", help: ["write `\(place)`"], instead: [place])
    }
    let says = "is `\(text)`, which has no scheme"
    return Patterns.source.matches(text)
        ? wrong(says, help: ["write `hf://\(text)`", schemes], instead: ["hf://\(text)"])
        : wrong(says, help: [schemes])
}

/// Explains a web URL: after owner and model it has the pages of the model's repository.
private func webAddress(_ rest: Substring) -> FieldProblem {
    let parts = rest.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
    guard parts.first == "huggingface.co", parts.count > 1 else { return wrong("is a web URL", help: [schemes]) }
    let place = "hf://\(parts.dropFirst().prefix(2).joined(separator: "/"))"
    return wrong("is the URL of a web page", help: ["write `\(place)`"], instead: [place])
}

private func malformedS3(_ rest: Substring) -> FieldProblem {
    let rule = "the name of an S3 bucket has 3 to 63 lowercase letters, digits, dots and hyphens"
    let bucket = rest.prefix { $0 != "/" }
    let key = rest[bucket.endIndex...]
    if bucket.isEmpty { return wrong("is `s3://\(rest)`, which names no bucket", help: [rule]) }
    let named = "names the bucket `\(bucket)`"
    if let index = bucket.firstIndex(where: { !Pattern("[a-z0-9.-]").matches(String($0)) }) {
        let plain = bucket.lowercased().replacing("_", with: "-")
        let place = "s3://\(plain)\(key)"
        let isBetter = Patterns.weights.matches(place)
        return wrong(
            "\(named), which must not contain `\(bucket[index])`", bucket[index...index],
            label: bucket[index].isUppercase ? "uppercase" : "",
            help: (isBetter ? ["did you mean `\(place)`?"] : []) + [rule], instead: isBetter ? [place] : [])
    }
    let count = bucket.utf8.count
    if !(3...63).contains(count) {
        return wrong(
            "\(named), which has \(count) character\(count == 1 ? "" : "s")", bucket,
            label: count < 3 ? "must have at least 3" : "must have at most 63", help: [rule])
    }
    if !Patterns.bucket.matches(String(bucket)) {
        return wrong("\(named), which must begin and end with a letter or a digit", bucket, help: [rule])
    }
    if bucket.contains("..") { return wrong("\(named), which must not have two dots in a row", bucket, help: [rule]) }
    guard let index = key.firstIndex(where: { !Patterns.objectKey.matches(String($0)) }) else {
        return wrong("\(named), which must not have the form of an IP address", bucket, help: [rule])
    }
    return wrong(
        "has the character `\(key[index])` in the object key", key[index...index],
        help: ["object keys with letters, digits and `!_.*'()/=-` are supported"])
}

private func malformedRepository(_ rest: Substring) -> FieldProblem {
    let form = "a model on Hugging Face is written `hf://owner/model`"
    if let index = rest.firstIndex(where: { !Pattern("[A-Za-z0-9._/-]").matches(String($0)) }) {
        return wrong(
            "has the character `\(rest[index])`, which is not allowed in names on Hugging Face", rest[index...index],
            help: [form])
    }
    let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
    let whole = "is `hf://\(rest)`"
    if parts.allSatisfy(\.isEmpty) { return wrong("\(whole), which names no model", help: [form]) }
    if parts[0].isEmpty { return wrong("\(whole), which has no owner of the model", help: [form]) }
    if parts.count == 2, parts[1].isEmpty { return wrong("\(whole), which has no name of the model", help: [form]) }
    if parts.count > 2 {
        let place = "hf://\(parts[0])/\(parts[1])"
        return wrong(
            "\(whole), which has more than an owner and a name", rest[parts[1].endIndex...],
            help: Patterns.weights.matches(place) ? ["write `\(place)`"] : [form],
            instead: Patterns.weights.matches(place) ? [place] : [])
    }
    return wrong("\(whole), where owner and name must begin with a letter or a digit", help: [form])
}

private func malformedClaim(_ rest: Substring) -> FieldProblem {
    let claim = rest.prefix { $0 != "/" }
    if claim.isEmpty {
        return wrong(
            "is `pvc://\(rest)`, which names no claim", help: ["write `pvc://` and the name of a PersistentVolumeClaim"]
        )
    }
    if claim.endIndex < rest.endIndex, Patterns.objectName.matches(String(claim)) {
        return wrong(
            "names a folder in the claim `\(claim)`", rest[claim.endIndex...],
            label: "only the root of the volume is served",
            help: ["move the weights to the root of the volume, and write `pvc://\(claim)`"])
    }
    let lowered = claim.lowercased().replacing("_", with: "-")
    let isBetter = lowered != claim && Patterns.objectName.matches(lowered)
    return wrong(
        "names the claim `\(claim)`, which is not a valid name", claim, label: objectNameRule,
        help: isBetter ? ["did you mean `pvc://\(lowered)`?"] : [], instead: isBetter ? ["pvc://\(lowered)"] : [])
}
