import Diagnostics
import Groundwork

/// How KEDA and prometheus-adapter authenticate at Prometheus.
package struct PrometheusAuthSpec: Sendable {
    package let sigV4: SigV4Spec?
    package let bearer: SecretKeySpec?
    package let basic: BasicAuthSpec?
    /// Additional headers, such as that of a tenant.
    package let headers: [(name: Traced<String>, value: Traced<String>)]
    /// The certificate authority of Prometheus.
    package let ca: SecretKeySpec?
    /// Whether the certificate of Prometheus is not verified.
    package let unsafeSSL: Traced<Bool>
    package let range: SourceRange
}

/// Requests that are signed for Amazon Managed Service for Prometheus.
package struct SigV4Spec: Sendable {
    /// The region of the workspace; nil means that of the address, or of the cluster.
    package let region: Traced<String>?
    /// The role that KEDA assumes; nil means its own.
    package let roleArn: Traced<String>?
    package let range: SourceRange
}

/// A key of a Secret.
package struct SecretKeySpec: Sendable {
    package let secret: Traced<String>
    package let key: Traced<String>
    package let range: SourceRange
}

/// A Secret with a user name and a password.
package struct BasicAuthSpec: Sendable {
    package let secret: Traced<String>
    package let range: SourceRange
}

extension PrometheusAuthSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        sigV4 = fields.optional(
            "sigv4", SigV4Spec.init(_:),
            "signed requests, for Amazon Managed Service for Prometheus; default: not signed")
        bearer = fields.optional(
            "bearer", { SecretKeySpec(&$0, key: "token", because: "the usual key of a token") },
            "Secret with a bearer token; default: none")
        basic = fields.optional(
            "basic", BasicAuthSpec.init(_:),
            "Secret with the keys `username` and `password` of basic authentication; default: none")
        headers = fields.table(
            "headers", .headerName, .headerValue, "additional headers, such as that of a tenant; default: none"
        )
        .map { (name: $0.key, value: $0.value) }
        ca = fields.optional(
            "ca", { SecretKeySpec(&$0, key: "ca.crt", because: "the usual key of a certificate authority") },
            "Secret with the certificate authority of Prometheus; default: those of the containers")
        unsafeSSL = fields.optional(
            "unsafeSsl", .boolean, "whether KEDA accepts any certificate of Prometheus", default: false,
            because: "an unverified server can scale every model")
    }
}

extension SigV4Spec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        region = fields.optional(
            "region", .region, "region of the workspace; default: that of `serverAddress`, else of the cluster")
        roleArn = fields.optional(
            "roleArn", .roleArn.example("arn:aws:iam::111122223333:role/prometheus-query"),
            "IAM role that KEDA assumes for queries; default: its own role")
    }
}

extension SecretKeySpec {
    init(_ fields: inout FieldReader, key: String, because reason: String) {
        range = fields.range
        secret = fields.required(
            "secret", .objectName.example("prometheus-auth"), "name of the Secret, in the namespace of the models")
        self.key = fields.optional("key", .secretKey.example(key), "key in it", default: key, because: reason)
    }
}

extension BasicAuthSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        secret = fields.required(
            "secret", .objectName.example("prometheus-auth"), "name of the Secret, in the namespace of the models")
    }
}

extension PrometheusAuthSpec {
    /// Whether KEDA needs a TriggerAuthentication for it.
    package var needsAuthentication: Bool { sigV4 != nil || bearer != nil || basic != nil || ca != nil }

    /// The words and places of the ways to authenticate that it sets.
    var methods: [(word: String, range: SourceRange)] {
        [
            sigV4.map { ("sigv4", $0.range) }, bearer.map { ("bearer", $0.range) }, basic.map { ("basic", $0.range) },
        ].compactMap { $0 }
    }
}

extension PlatformSpec {
    /// The region for which KEDA signs requests to Prometheus; nil if it does not sign them.
    package var signingRegion: Traced<String>? {
        guard let sigV4 = monitoring.auth?.sigV4 else { return nil }
        if let written = sigV4.region { return written }
        return monitoring.serverAddress.compactMap(regionOfWorkspace)
            ?? Traced(region.value, because: "the region of the cluster", Ingredient("region", region))
    }
}

/// The region in the address of a workspace of Amazon Managed Service for Prometheus; nil for other addresses.
func regionOfWorkspace(_ address: String) -> String? {
    guard let scheme = address.firstRange(of: "://") else { return nil }
    let parts = address[scheme.upperBound...].prefix { $0 != "/" && $0 != ":" }.split(separator: ".")
    guard parts.count >= 4, parts[0] == "aps-workspaces", parts[2] == "amazonaws" else { return nil }
    return String(parts[1])
}
