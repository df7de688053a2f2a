import Groundwork
import Planning

/// A parameter of a TriggerAuthentication, from a key of a Secret.
struct AuthSecret: Sendable {
    /// What KEDA calls it.
    let parameter: String
    let secret: Traced<String>
    let key: Traced<String>

    /// The argument of prometheus-adapter for a file with it; nil if there is none.
    var adapterFlag: String? {
        switch parameter {
        case "bearerToken": "--prometheus-token-file"
        case "ca": "--prometheus-ca-file"
        default: nil
        }
    }
    /// The name of its volume there.
    var volume: String { parameter == "bearerToken" ? "token" : parameter }
}

let authSecretFacts = FactTable<AuthSecret>(
    "authSecret", "a key of a Secret with which Prometheus is queried",
    [
        .fact("parameter", "the parameter of KEDA: bearerToken, username, password or ca") {
            Traced($0.parameter, .convention("the name of the parameter in KEDA"))
        },
        .fact("volume", "the name of its volume in prometheus-adapter: token or ca") {
            Traced($0.volume, .convention("named after what it contains"))
        },
        .fact("secret", "the name of the Secret") { $0.secret },
        .fact("key", "the key in it") { $0.key },
    ])

/// How KEDA and prometheus-adapter authenticate at Prometheus.
let prometheusAuthFacts = FactTable<PlatformSpec>(
    "prometheusAuth", "how KEDA and prometheus-adapter authenticate at Prometheus",
    [
        .maybe("name", "the name of the TriggerAuthentication, if KEDA needs one") { platform in
            platform.monitoring.auth?.needsAuthentication == true
                ? Traced("stowage-prometheus", .convention("one for all triggers of a namespace")) : nil
        },
        .maybe("podIdentity", "`aws` if KEDA signs its requests") { platform in
            platform.signingRegion.map {
                Traced("aws", because: "KEDA signs with the credentials of its pods", Ingredient("region", $0))
            }
        },
        .maybe("roleArn", "the IAM role that KEDA assumes, unless its own") { $0.monitoring.auth?.sigV4?.roleArn },
        .maybe("region", "the region for which requests are signed, if they are") { $0.signingRegion },
        .maybe("modes", "`authModes` of KEDA: bearer or basic, if it is one of them") { platform in
            let auth = platform.monitoring.auth
            let secret = auth?.bearer?.secret ?? auth?.basic?.secret
            return secret.map {
                Traced(
                    auth?.bearer == nil ? "basic" : "bearer", because: "the credentials in the Secret",
                    Ingredient("secret", $0))
            }
        },
        .maybe("customHeaders", "`customHeaders` of KEDA, if there are any") {
            $0.monitoring.auth.flatMap(customHeaders)
        },
        .maybe("unsafeSsl", "`true` if KEDA accepts any certificate") { platform in
            platform.monitoring.auth.flatMap { $0.unsafeSSL.value ? $0.unsafeSSL.map { "\($0)" } : nil }
        },
        .records("secrets", "the keys of Secrets that KEDA reads", authSecretFacts) { platform in
            platform.monitoring.auth.map(secrets) ?? []
        },
        .list("adapterArguments", "the arguments of prometheus-adapter") { platform in
            platform.monitoring.auth.map(adapterArguments) ?? []
        },
        .records("adapterSecrets", "the keys of Secrets that prometheus-adapter mounts", authSecretFacts) { platform in
            platform.monitoring.auth.map { secrets($0).filter { $0.adapterFlag != nil } } ?? []
        },
    ])

/// The keys of Secrets that a way to authenticate needs.
private func secrets(_ auth: PrometheusAuthSpec) -> [AuthSecret] {
    func key(_ name: String) -> Traced<String> { Traced(name, .convention("the key of basic authentication")) }
    return [
        auth.bearer.map { AuthSecret(parameter: "bearerToken", secret: $0.secret, key: $0.key) },
        auth.basic.map { AuthSecret(parameter: "username", secret: $0.secret, key: key("username")) },
        auth.basic.map { AuthSecret(parameter: "password", secret: $0.secret, key: key("password")) },
        auth.ca.map { AuthSecret(parameter: "ca", secret: $0.secret, key: $0.key) },
    ].compactMap { $0 }
}

/// All headers in the form of a trigger of KEDA.
private func customHeaders(_ auth: PrometheusAuthSpec) -> Traced<String>? {
    guard !auth.headers.isEmpty else { return nil }
    let text = auth.headers.map { "\($0.name.value)=\($0.value.value)" }.joined(separator: ",")
    return Traced(
        text,
        .inferred(
            Inference(
                "the headers, separated by commas", auth.headers.map { Ingredient($0.name.value, $0.value) })))
}

/// The arguments of prometheus-adapter: files of mounted Secrets, and headers.
private func adapterArguments(_ auth: PrometheusAuthSpec) -> [Traced<String>] {
    secrets(auth).compactMap { secret in
        secret.adapterFlag.map { flag in
            Traced(
                "\(flag)=/etc/prometheus-auth/\(secret.volume)/\(secret.key.value)",
                because: "the key of the mounted Secret", Ingredient("secret", secret.secret),
                Ingredient("key", secret.key))
        }
    }
        + auth.headers.map { header in
            Traced(
                "--prometheus-header=\(header.name.value)=\(header.value.value)", because: "a header of every query",
                Ingredient(header.name.value, header.value))
        }
}
