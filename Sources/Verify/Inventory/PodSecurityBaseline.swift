import Groundwork

extension PodSecurityControls {
    /// The violations of the level `baseline`.
    var baseline: [PodSecurityViolation] {
        hostNamespaces + hostPaths + contexts.flatMap { contextViolations($0.owner, $0.value) }
            + containers.flatMap { hostPorts($0) + hostProbes($0) } + sysctls + profiles
    }

    private var hostNamespaces: [PodSecurityViolation] {
        ["hostNetwork", "hostPID", "hostIPC"].filter { spec[$0]?.isTrue ?? false }
            .map { violation(.baseline, "the pod sets `\($0)`", spec.keyPlace($0)) }
    }

    private var hostPaths: [PodSecurityViolation] {
        spec.items(of: "volumes").filter { $0["hostPath"] != nil }.map {
            violation(
                .baseline, "the volume `\($0["name"]?.text ?? "")` is a hostPath", $0.keyPlace("hostPath"))
        }
    }

    /// Privileges, capabilities, profiles and the mount of /proc in one security context.
    private func contextViolations(_ owner: String, _ set: ManifestValue) -> [PodSecurityViolation] {
        var found: [PodSecurityViolation] = []
        func add(_ words: String, _ key: String) { found.append(violation(.baseline, words, set.keyPlace(key))) }
        if set["privileged"]?.isTrue ?? false { add("\(owner) is privileged", "privileged") }
        let added = (set["capabilities"]?["add"]?.texts ?? []).filter { !baselineCapabilities.contains($0) }
        if !added.isEmpty {
            add("\(owner) adds \(added.map { "`\($0)`" }.joined(separator: ", "))", "capabilities")
        }
        if let mount = set["procMount"]?.text, mount != "Default" {
            add("\(owner) sets `procMount: \(mount)`", "procMount")
        }
        if set["seccompProfile"]?["type"]?.text == "Unconfined" {
            add("\(owner) has the seccomp profile `Unconfined`", "seccompProfile")
        }
        if let profile = set["appArmorProfile"]?["type"]?.text, !["RuntimeDefault", "Localhost"].contains(profile) {
            add("\(owner) has the AppArmor profile `\(profile)`", "appArmorProfile")
        }
        if let options = set["seLinuxOptions"] {
            let type = options["type"]?.text ?? ""
            if !seLinuxTypes.contains(type) || options["user"] != nil || options["role"] != nil {
                add("\(owner) sets SELinux options that are not allowed", "seLinuxOptions")
            }
        }
        if set["windowsOptions"]?["hostProcess"]?.isTrue ?? false { add("\(owner) is a HostProcess", "windowsOptions") }
        return found
    }

    private func hostPorts(_ container: ManifestValue) -> [PodSecurityViolation] {
        container.items(of: "ports").filter { ($0["hostPort"]?.number ?? 0) != 0 }.map {
            violation(.baseline, "\(words(container)) uses a port of the host", $0.keyPlace("hostPort"))
        }
    }

    /// Probes and hooks that go to another host than the pod.
    private func hostProbes(_ container: ManifestValue) -> [PodSecurityViolation] {
        let hooks = ["postStart", "preStop"].compactMap { container["lifecycle"]?[$0] }
        let probes = ["livenessProbe", "readinessProbe", "startupProbe"].compactMap { container[$0] }
        return (hooks + probes).flatMap { [$0["httpGet"], $0["tcpSocket"]].compactMap(\.self) }
            .filter { !($0["host"]?.text ?? "").isEmpty }
            .map { violation(.baseline, "\(words(container)) sets a `host` in a probe or hook", $0.keyPlace("host")) }
    }

    private var sysctls: [PodSecurityViolation] {
        (context?["sysctls"]?.items ?? []).filter { !safeSysctls.contains($0["name"]?.text ?? "") }.map {
            violation(.baseline, "the pod sets the sysctl `\($0["name"]?.text ?? "")`", $0.place)
        }
    }

    /// The AppArmor profiles that annotations set.
    private var profiles: [PodSecurityViolation] {
        (annotations?.entries ?? []).filter { entry in
            guard entry.key.hasPrefix("container.apparmor.security.beta.kubernetes.io/") else { return false }
            let profile = entry.value.text ?? ""
            return !profile.isEmpty && profile != "runtime/default" && !profile.hasPrefix("localhost/")
        }
        .map {
            violation(.baseline, "an annotation sets the AppArmor profile `\($0.value.text ?? "")`", $0.value.place)
        }
    }
}

private let baselineCapabilities: Set = [
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
    "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
]

private let seLinuxTypes: Set = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"]

private let safeSysctls: Set = [
    "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
]
