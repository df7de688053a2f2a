import Groundwork

extension Recognizer {
    /// The Prometheus that is used.
    func monitoring() -> SpecValue? {
        let triggers = preferred("ScaledObject").flatMap { $0.spec?["triggers"]?.items ?? [] }
        let prometheus = triggers.first { $0["type"]?.text == "prometheus" }
        let address = prometheus?.at("metadata", "serverAddress")
        // Those of Prometheus' own installation are no sign of how the models are monitored.
        let monitors = tree.all("ServiceMonitor", "PodMonitor", "PrometheusRule").filter {
            $0.isOwn || ownObjects.isEmpty
        }
        let release = monitors.lazy.compactMap { $0.label("release") }.first
        let namespace = monitoringNamespace
        let ownRules = rules(of: preferred("PrometheusRule"))
        let runbook = ownRules.lazy.compactMap { $0.at("annotations", "runbook_url") }.first
        let base = runbook?.text.map { text in text.lastIndex(of: "/").map { String(text[..<$0]) } ?? text }
        let queries =
            triggers.compactMap { $0.at("metadata", "query")?.text } + ownRules.compactMap { $0["expr"]?.text }
        let gateways: [(String, String)] = [
            ("istio", "istio_requests_total"), ("envoy-gateway", "envoy_cluster_"),
            ("nginx", "nginx_ingress_controller"),
        ]
        let gateway = gateways.first { _, metric in queries.contains { $0.contains(metric) } }
        let usesOperator = !monitors.isEmpty || ownObjects.isEmpty
        return SpecValue.mapping([
            (
                "namespace",
                namespace.flatMap { $0.text == "monitoring" ? nil : .string($0.text ?? "", $0.home) }
            ),
            (
                "serverAddress",
                address.flatMap {
                    $0.text == "http://prometheus-operated.\(namespace?.text ?? "monitoring").svc:9090"
                        ? nil : .string($0.text ?? "", $0.home)
                }
            ),
            ("operator", usesOperator ? nil : .plain("false", "there are no ServiceMonitors")),
            ("auth", authentication()),
            ("release", release.flatMap { $0.text == "kube-prometheus-stack" ? nil : .string($0.text ?? "", $0.home) }),
            ("runbooks", runbook.flatMap { place in base.map { .string($0, place.home) } }),
            ("gateway", gateway.map { .plain($0.0, "queries read `\($0.1)`") }),
        ]).unlessEmpty
    }

    /// The namespace of Prometheus, in which the platform's rules are; without its operator, that of the dashboard.
    var monitoringNamespace: ManifestValue? {
        let rules = ownObjects.first { $0.kind == "PrometheusRule" && $0.name == "stowage-platform" }
        let dashboard = ownObjects.first { $0.kind == "ConfigMap" && $0.name == "stowage-dashboard" }
        return (rules ?? dashboard)?.root.at("metadata", "namespace")
    }

    /// How KEDA authenticates at Prometheus.
    private func authentication() -> SpecValue? {
        let object = tree.all("TriggerAuthentication").first { $0.name == "stowage-prometheus" }
        guard let object, let identity = object.spec?["podIdentity"], identity["provider"]?.text == "aws" else {
            return nil
        }
        return .mapping([
            (
                "sigv4",
                .mapping(
                    [("roleArn", identity["roleArn"].map { .string($0.text ?? "") })], identity.home)
            )
        ])
    }

    /// The GitOps controller that syncs the tree.
    mutating func delivery() -> SpecValue? {
        if let application = ownObjects.first(where: { $0.kind == "Application" }), let spec = application.spec,
            let source = spec["source"]
        {
            return .mapping([
                ("engine", .plain("argocd", application.root.home)),
                ("repository", source["repoURL"].map { .string($0.text ?? "", $0.home) }),
                ("path", source["path"].map { .string($0.text ?? "", $0.home) }),
                ("revision", unusual(source["targetRevision"], "main")),
                ("project", unusual(spec["project"], "default")),
                ("destination", spec.at("destination", "name").map { .string($0.text ?? "", $0.home) }),
            ])
        }
        if let repository = ownObjects.first(where: { $0.kind == "GitRepository" }),
            let part = ownObjects.first(where: { $0.kind == "Kustomization" && $0.spec?["path"] != nil }),
            let path = part.spec?["path"], let text = path.text
        {
            let steps = text.split(separator: "/").filter { $0 != "." }
            let folder = steps.prefix {
                $0 != "platform" && $0 != "karpenter" && $0 != "models" && $0 != "gpu" && $0 != "monitoring"
            }
            return .mapping([
                ("engine", .plain("flux", repository.root.home)),
                ("repository", repository.spec?["url"].map { .string($0.text ?? "", $0.home) }),
                ("path", .string(folder.joined(separator: "/"), path.home)),
                ("revision", unusual(repository.spec?.at("ref", "branch"), "main")),
            ])
        }
        let wave = ownObjects.lazy.compactMap { $0.annotation("argocd.argoproj.io/sync-wave") }.first
        guard let wave else { return nil }
        if options.repository == nil {
            warning(
                "repository-unknown", "no manifest states the repository that Argo CD reads", at: wave,
                label: "synced by Argo CD", help: ["pass `--repository URL`"])
        }
        return .mapping([
            ("engine", .plain("argocd", wave.home)),
            (
                "repository",
                .string(
                    options.repository ?? "https://git.example.com/REPOSITORY.git",
                    options.repository == nil ? "in no manifest" : "--repository")
            ),
            ("path", .string("out/\(clusterName.text)", "assumed")),
        ])
    }

    /// A value unless it is the default.
    private func unusual(_ value: ManifestValue?, _ usual: String) -> SpecValue? {
        value.flatMap { $0.text == usual ? nil : .string($0.text ?? "", $0.home) }
    }

    /// The budget that the spending alert stands for: a round figure per month that gives its bound per hour.
    func budget() -> SpecValue? {
        // Nodes that are planned anew may cost more.
        guard !found.models.contains(where: lacksNodes),
            let rule = rules(of: tree).first(where: { $0["alert"]?.text == "SpendAboveBudget" }),
            let expression = rule["expr"],
            let bound = expression.text?.split(separator: ">").last.flatMap({
                Double($0.filter { $0.isNumber || $0 == "." })
            })
        else { return nil }
        let exact = bound * Thresholds.hoursWorst.value
        for unit in [100_000.0, 10_000, 1000, 100, 10, 1] {
            let limit = (exact / unit).rounded() * unit
            if limit > 0, abs(limit / Thresholds.hoursWorst.value - bound) < 0.0051 {
                return .mapping([("limit", .string("$\(Int(limit))/month"))], "\(expression.home), per hour")
            }
        }
        return nil
    }

    /// The reservations that node classes select.
    func reservations() -> SpecValue? {
        var found: [SpecValue] = []
        var seen: Set<String> = []
        for pool in relevantPools {
            guard let reference = pool.object.spec?.at("template", "spec", "nodeClassRef", "name")?.text,
                let nodeClass = tree.object("EC2NodeClass", reference),
                let type = pool.typeNames.first?.name
            else { continue }
            for (index, term) in (nodeClass.spec?["capacityReservationSelectorTerms"]?.items ?? []).enumerated() {
                guard let id = term["id"], let text = id.text, seen.insert(text).inserted else { continue }
                let region = zones.first?.text.map { String($0.dropLast()) } ?? "us-east-1"
                let price =
                    Catalog.instanceType(named: type).flatMap { Catalog.price(of: $0, region: region)?.onDemand } ?? 1
                found.append(
                    .mapping(
                        [
                            ("id", .string(text)), ("type", .plain(type)),
                            ("zone", .plain(zones.isEmpty ? "us-east-1a" : zones[index % zones.count].text ?? "")),
                            ("count", .plain("1")), ("price", .string("$\(shortest(price))/hour")),
                        ], "\(id.home); zone, count and price are assumed"))
            }
        }
        return SpecValue.list(found).unlessEmpty
    }

    /// The hours without voluntary disruption, and a time zone in which they are within a day.
    var hours: (zone: String, days: String, from: String, to: String, home: String)? {
        for pool in relevantPools.map(\.object) {
            for budget in pool.spec?.at("disruption", "budgets")?.items ?? [] {
                guard budget["nodes"]?.text == "0", let schedule = budget["schedule"],
                    let start = schedule.text.flatMap(CronTime.init),
                    let length = budget["duration"]?.seconds
                else { continue }
                let from = start.hour * 60 + start.minute
                let span = Int(length / 60)
                guard from + span >= 1440 else {
                    return ("UTC", start.days, clock(from), clock(from + span), schedule.home)
                }
                // A zone of a fixed offset moves the window into one day.
                let west = (from + span - 1440) / 60 + 1
                guard from >= west * 60, west <= 12 else { return nil }
                let shift = west * 60
                return ("Etc/GMT+\(west)", start.days, clock(from - shift), clock(from + span - shift), schedule.home)
            }
        }
        return nil
    }

    /// The hours without voluntary disruption, unless schedules are in another time zone.
    func businessHours() -> SpecValue? {
        guard let hours, scheduleZone == nil || hours.zone == scheduleZone?.text else { return nil }
        return .mapping(
            [("days", .string(hours.days)), ("from", .string(hours.from)), ("to", .string(hours.to))],
            "\(hours.home), in \(hours.zone)")
    }
}

extension SpecValue {
    /// The text of a scalar, without quotes.
    var text: String {
        guard case .scalar(let text) = content else { return "" }
        return text.filter { $0 != "\"" && $0 != "'" }
    }
}
