import Diagnostics

extension FieldReader {
    /// Reads the API version with which every document of a spec begins.
    mutating func requireAPIVersion() {
        _ = required(
            "apiVersion",
            .constant(
                SpecFormat.apiVersion, code: "unknown-api-version", help: "this version of Stowage supports no other"),
            "API version of the spec")
    }
}
