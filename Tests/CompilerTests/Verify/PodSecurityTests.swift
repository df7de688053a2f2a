import Diagnostics
import Foundation
import Groundwork
import Testing

@testable import Verify

/// The pods of the committed trees beside the Pod Security Standards.
struct PodSecurityTests {
    /// Everything in which a generated pod exceeds `restricted`: lines `workload: control`; docs/security.md has the reasons.
    private static let list = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Corpus/pod-security-exceptions.txt")

    @Test("every pod of the committed trees meets `restricted`, but for the list of exceptions")
    func committed() throws {
        var found: Set<String> = []
        var models = 0
        for example in Example.all {
            for path in filesBelow(example.folder) where path.hasSuffix(".yaml") {
                let file = SourceFile(
                    path: path, bytes: Array(try Data(contentsOf: example.folder.appending(path: path))))
                var report = Report()
                guard let manifest = readManifest(file, &report) else { continue }
                for workload in Inventory([manifest]).workloads {
                    if workload.object.kind == .deployment { models += 1 }
                    found.formUnion(workload.podSecurityViolations.map { "\(workload.object.name): \($0.words)" })
                }
            }
        }
        #expect(models > 10)
        let listed = try String(contentsOf: Self.list, encoding: .utf8).split(separator: "\n").map(String.init)
        let expected = listed.filter { !$0.hasPrefix("#") }
        #expect(Set(expected) == found, "\(found.symmetricDifference(expected).sorted())")
    }

    @Test(
        "each control of the published levels is checked",
        arguments: [
            ("hostNetwork: true", "", "sets `hostNetwork`"), ("hostPID: true", "", "sets `hostPID`"),
            ("hostIPC: true", "", "sets `hostIPC`"),
            ("volumes: [{name: a, hostPath: {path: /}}]", "", "is a hostPath"),
            ("volumes: [{name: a, nfs: {server: a, path: /}}]", "", "has a type that is not allowed"),
            ("securityContext: {sysctls: [{name: kernel.msgmax, value: '1'}]}", "", "sets the sysctl `kernel.msgmax`"),
            ("securityContext: {seccompProfile: {type: Unconfined}}", "", "has the seccomp profile `Unconfined`"),
            ("securityContext: {runAsUser: 0}", "", "sets `runAsUser: 0`"),
            ("securityContext: {seLinuxOptions: {type: spc_t}}", "", "sets SELinux options"),
            ("securityContext: {windowsOptions: {hostProcess: true}}", "", "is a HostProcess"),
            ("", "ports: [{containerPort: 1, hostPort: 1}]", "uses a port of the host"),
            ("", "livenessProbe: {httpGet: {host: a, port: 1}}", "sets a `host` in a probe or hook"),
            ("", "securityContext: {privileged: true}", "is privileged"),
            ("", "securityContext: {procMount: Unmasked}", "sets `procMount: Unmasked`"),
            ("", "securityContext: {appArmorProfile: {type: Unconfined}}", "has the AppArmor profile `Unconfined`"),
            ("", "securityContext: {capabilities: {add: [SYS_ADMIN]}}", "adds `SYS_ADMIN`"),
            ("", "securityContext: {allowPrivilegeEscalation: true}", "does not set `allowPrivilegeEscalation: false`"),
            ("", "securityContext: {runAsNonRoot: false}", "does not set `runAsNonRoot: true`"),
            ("", "securityContext: {capabilities: {drop: [NET_RAW]}}", "does not drop `ALL` capabilities"),
            ("", "securityContext: {seccompProfile: {type: ''}}", "has no seccomp profile"),
        ])
    func controls(pod: String, container: String, words: String) throws {
        #expect(try violations(pod, container).contains { $0.contains(words) })
        #expect(
            !(try violations("", "")).contains { $0.contains(words) } || words.hasPrefix("does not")
                || words.hasPrefix("has no"))
    }

    @Test("a pod that sets what `restricted` requires has no violation")
    func restricted() throws {
        let pod = "securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}"
        let container = "securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}"
        #expect(try violations(pod, container).isEmpty)
    }

    private func violations(_ pod: String, _ container: String) throws -> [String] {
        let text = """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              \(pod)
              containers:
              - name: a
                \(container)

            """
        var report = Report()
        let manifest = try #require(readManifest(SourceFile(path: "pod.yaml", text: text), &report))
        let workload = try #require(Inventory([manifest]).workloads.first)
        return workload.podSecurityViolations.map(\.words)
    }
}
