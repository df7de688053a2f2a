import Diagnostics
import Groundwork

extension Patterns {
    static let headerName = Pattern("[A-Za-z][A-Za-z0-9-]*")
    /// KEDA separates headers by `,` and names from values by `=`.
    static let headerValue = Pattern("[A-Za-z0-9 ._:/@|~-]+")
    static let secretKey = Pattern("[A-Za-z0-9._-]+")
}

extension FieldType where Value == String {
    /// The name of an HTTP header.
    static var headerName: FieldType {
        .text("a header name such as `X-Scope-OrgID`", Patterns.headerName, code: "malformed-header")
    }
    /// The value of an HTTP header, in the form that a trigger of KEDA can have.
    static var headerValue: FieldType {
        .text("a header value such as `team-a`", Patterns.headerValue, code: "malformed-header") { text in
            guard let index = text.firstIndex(where: { $0 == "," || $0 == "=" }) else { return nil }
            var problem = FieldProblem(
                "malformed-header", "is `\(text)`, which must not contain `\(text[index])`",
                label: "separates headers in a trigger of KEDA")
            problem.part = text[index...index]
            return problem
        }
    }
    /// A key of a Secret.
    static var secretKey: FieldType {
        .text("a key of a Secret such as `token`", Patterns.secretKey, code: "malformed-name")
    }
}
