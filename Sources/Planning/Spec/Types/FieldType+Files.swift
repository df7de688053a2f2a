import Diagnostics
import Groundwork

extension FieldType where Value == String {
    /// The path of a file beside the spec or below.
    static var companion: FieldType {
        let schema: @Sendable () -> JSON = { .object([("type", .string("string")), ("minLength", .integer(1))]) }
        return .scalar("a path such as `models/config.json`", placeholder: "", schema: schema) { scalar in
            if let problem = notText(scalar) { return .failure(problem) }
            guard let reason = unsafePathReason(scalar.text) else { return .success(scalar.text) }
            return .failure(
                FieldProblem(
                    "unsafe-file", "is `\(scalar.text)`, which is not a path beside the spec: \(reason)",
                    help: "put the file into the folder of the spec or below, and write its path from there"))
        }
    }
}
