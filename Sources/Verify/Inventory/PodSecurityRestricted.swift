import Groundwork

extension PodSecurityControls {
    /// The violations of the level `restricted` that `baseline` does not have.
    var restricted: [PodSecurityViolation] {
        let ofContainers = containers.flatMap { escalation($0) + nonRoot($0) + seccomp($0) + capabilities($0) }
        let roots = contexts.filter { $0.value["runAsUser"]?.text == "0" }.map {
            violation(.restricted, "\($0.owner) sets `runAsUser: 0`", $0.value.keyPlace("runAsUser"))
        }
        return volumes + ofContainers + roots
    }

    private var volumes: [PodSecurityViolation] {
        spec.items(of: "volumes").filter { volume in
            // A volume without a type is an emptyDir.
            let types = (volume.entries ?? []).map(\.key).filter { $0 != "name" }
            return !types.allSatisfy { restrictedVolumes.contains($0) || $0 == "hostPath" }
        }
        .map {
            violation(.restricted, "the volume `\($0["name"]?.text ?? "")` has a type that is not allowed", $0.place)
        }
    }

    private func escalation(_ container: ManifestValue) -> [PodSecurityViolation] {
        let set = container["securityContext"]
        if set?["allowPrivilegeEscalation"]?.text == "false" { return [] }
        return [
            violation(
                .restricted, "\(words(container)) does not set `allowPrivilegeEscalation: false`",
                (set ?? container).place)
        ]
    }

    private func nonRoot(_ container: ManifestValue) -> [PodSecurityViolation] {
        let set = container["securityContext"]
        let value = set?["runAsNonRoot"] ?? context?["runAsNonRoot"]
        if value?.isTrue ?? false { return [] }
        return [
            violation(
                .restricted, "\(words(container)) does not set `runAsNonRoot: true`", (value ?? set ?? container).place)
        ]
    }

    private func seccomp(_ container: ManifestValue) -> [PodSecurityViolation] {
        let set = container["securityContext"]
        let type = (set?["seccompProfile"] ?? context?["seccompProfile"])?["type"]?.text
        if type == "RuntimeDefault" || type == "Localhost" { return [] }
        return [
            violation(
                .restricted, "\(words(container)) has no seccomp profile `RuntimeDefault` or `Localhost`",
                (set ?? container).place)
        ]
    }

    private func capabilities(_ container: ManifestValue) -> [PodSecurityViolation] {
        let set = container["securityContext"]?["capabilities"]
        var found: [PodSecurityViolation] = []
        if !(set?["drop"]?.texts ?? []).contains("ALL") {
            found.append(
                violation(.restricted, "\(words(container)) does not drop `ALL` capabilities", (set ?? container).place)
            )
        }
        let added = (set?["add"]?.texts ?? []).filter { $0 != "NET_BIND_SERVICE" }
        if !added.isEmpty, let set {
            found.append(
                violation(
                    .restricted, "\(words(container)) adds \(added.map { "`\($0)`" }.joined(separator: ", "))",
                    set.keyPlace("add")))
        }
        return found
    }
}

/// The types of volumes that are allowed; `image` since kubernetes/kubernetes#130394.
private let restrictedVolumes: Set = [
    "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret",
]
