import Diagnostics
import Groundwork
import YAML

/// Checks how Prometheus is queried.
func checkPrometheusAuth(_ spec: ClusterSpec, _ report: inout Report) {
    checkSigning(spec.platform, &report)
    guard let auth = spec.platform.monitoring.auth else { return }
    let methods = auth.methods
    if methods.count > 1 {
        report.error(
            "several-auth-methods", "`auth` has \(methods.count) methods: \(enumerated(methods.map(\.word)))",
            at: methods[1].range, label: "KEDA uses one",
            notes: [.init("the first is set here", at: methods[0].range)],
            help: [Help("remove all but one of them", .removing(methods[1].range))])
    }
    if let header = auth.headers.first(where: { $0.name.value.lowercased() == "authorization" }) {
        report.error(
            "credential-in-spec", "`headers` contains a credential, which would be in Git and in the manifests",
            at: header.name.range, label: "readable by everyone who can read the repository",
            help: ["put the token into a Secret, and set `bearer: {secret: …}`"])
    }
    checkCertificates(auth, &report)
    checkAdapter(spec, auth, &report)
}

/// Checks the region for which requests are signed.
private func checkSigning(_ platform: PlatformSpec, _ report: inout Report) {
    let address = platform.monitoring.serverAddress
    guard let region = regionOfWorkspace(address.value) else { return }
    guard let sigV4 = platform.monitoring.auth?.sigV4 else {
        report.error(
            "prometheus-not-signed",
            "`\(address.value)` is a workspace of Amazon Managed Service for Prometheus, and KEDA does not sign its requests",
            at: address.range, label: "rejects requests that are not signed",
            help: [Help("add `auth: {sigv4: {}}`", platform.setting("monitoring", "auth", to: "{sigv4: {}}"))])
        return
    }
    guard let written = sigV4.region, written.value != region else { return }
    report.error(
        "sigv4-of-another-region", "requests are signed for \(written.value), but the workspace is in \(region)",
        at: written.range, label: "must be `\(region)`",
        notes: [.init("the workspace is set here", at: address.range)],
        help: [Help("set `region: \(region)`, or remove it", replacing: written.range, by: [region])])
}

/// Reports settings of certificates that KEDA ignores.
private func checkCertificates(_ auth: PrometheusAuthSpec, _ report: inout Report) {
    if let ca = auth.ca, auth.bearer == nil, auth.basic == nil {
        report.error(
            "ca-without-credentials", "KEDA ignores `ca` without `bearer` or `basic`", at: ca.range,
            label: "no effect",
            help: ["mount the certificate in KEDA's pods below /custom/ca, or set `bearer` or `basic`"])
    }
    guard auth.unsafeSSL.value, let other = auth.ca?.range ?? auth.sigV4?.range else { return }
    report.error(
        "unsafe-ssl-without-effect", "KEDA ignores `unsafeSsl` with `\(auth.ca == nil ? "sigv4" : "ca")`",
        at: auth.unsafeSSL.range, label: "no effect",
        notes: [.init("`\(auth.ca == nil ? "sigv4" : "ca")` is set here", at: other)],
        help: [Help("remove `unsafeSsl`", .removing(auth.unsafeSSL.range))])
}

/// Rejects what prometheus-adapter cannot do for a model that it scales.
private func checkAdapter(_ spec: ClusterSpec, _ auth: PrometheusAuthSpec, _ report: inout Report) {
    guard let model = spec.models.first(where: { $0.scaling.by.value == .hpa }) else { return }
    let missing: [(says: String, range: SourceRange?)] = [
        auth.sigV4.map { ("sign requests", $0.range) }, auth.basic.map { ("use basic authentication", $0.range) },
        auth.unsafeSSL.value ? ("accept any certificate", auth.unsafeSSL.range) : nil,
    ].compactMap { $0 }
    guard let first = missing.first else { return }
    let keda = model.scaledByKEDA(on: spec.platform, as: "scaling: {by: keda}")
    report.error(
        "adapter-without-auth",
        "prometheus-adapter cannot \(first.says), and it scales `\(model.name.value)`", at: first.range,
        label: "not supported by prometheus-adapter",
        notes: [.init("the model scales by hpa here", at: model.scaling.by.range)],
        help: [
            Help("set \(keda.words)", together: keda.changes),
            "or query a proxy in the cluster that does it, such as aws-sigv4-proxy: set `serverAddress` to it, and remove `auth`",
        ])
}
