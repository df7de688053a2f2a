extension Replay {
    /// Lets the incidents begin whose time has come.
    mutating func beginIncidents() {
        for (place, incident) in input.incidents.enumerated() where incident.time <= now && !begun.contains(place) {
            begun.insert(place)
            tell(.incident, "incident", incident.words)
            begin(incident)
        }
    }

    private mutating func begin(_ incident: Incident) {
        let end = incident.length.map { incident.time + $0 } ?? VirtualTime(milliseconds: .max / 4)
        switch incident.kind {
        case .lostZone(let zone):
            karpenter.cloud.shortages.append(CloudConditions.Shortage(zone: zone, from: now, to: end))
            let lost = cluster.nodes.filter { $0.labels["topology.kubernetes.io/zone"] == zone }.map(\.name)
            for node in lost { karpenter.lose(node, at: now, &cluster) }
            timeline.lost(lost)
            timeline.price(karpenter, at: now)
        case .spotInterruption(let pool): interrupt(pool)
        case .spotGone:
            karpenter.cloud.shortages.append(CloudConditions.Shortage(capacity: .spot, from: now, to: end))
            interrupt(nil)
        case .noCapacity(let type):
            karpenter.cloud.shortages.append(CloudConditions.Shortage(type: type, from: now, to: end))
        case .prometheusDown: break
        case .rollout(let model):
            let moment = now
            for place in workloads.indices {
                let own = workloads[place].workload.model
                guard let own, model == nil || model == own else { continue }
                workloads[place].change { $0.edit($0.spec, newTemplate: true, at: moment) }
            }
        }
        isChanged = true
    }

    private mutating func interrupt(_ pool: String?) {
        for claim in karpenter.claims where claim.offering?.capacity == .spot {
            guard pool == nil || claim.pool == pool else { continue }
            let events = karpenter.interrupt(claim.name, at: now, &cluster)
            if !events.isEmpty { tell(.node, claim.pool, "\(claim.name) is interrupted by EC2") }
        }
    }
}

extension Karpenter {
    /// Removes a node that fails with all pods on it.
    mutating func lose(_ node: String, at now: VirtualTime, _ cluster: inout ClusterState) {
        var events: [KarpenterEvent] = []
        if claim(node) != nil { end(node, &cluster, &events) } else { cluster.remove(node: node) }
    }

    /// Whether nothing is under way: no pod waits or ends, and no node comes or goes.
    func isQuiet(_ cluster: ClusterState) -> Bool {
        batch == nil && commands.isEmpty && proposal == nil
            && claims.indices.allSatisfy { place in
                claims[place].phase == .initialized && claims[place].deleted == nil && claims[place].reclaimed == nil
            }
            && !cluster.pods.indices.contains { cluster.pods[$0].isPending || cluster.pods[$0].isDeleted }
    }

    /// When a pass may find something next although nothing happens: a node becomes consolidatable, a pod loses its protection, or a
    /// budget's schedule begins or ends.
    ///
    /// All other passes find what the one before found: nothing.
    func nextThreshold(after now: VirtualTime, _ cluster: ClusterState) -> VirtualTime {
        // Schedules begin and end at whole minutes; every five minutes is often enough for all of them in use.
        var next = now + 300_000 - (((now.milliseconds % 300_000) + 300_000) % 300_000)
        func consider(_ moment: VirtualTime) { if moment > now, moment < next { next = moment } }
        for place in claims.indices {
            if let wait = pools[claims[place].poolPlace].consolidateAfter, let ready = claims[place].initialized {
                consider((cluster.podEvents[claims[place].name] ?? ready) + wait)
            }
            if let moment = expiry(place) { consider(moment) }
            if let moment = cluster.nominations[claims[place].name] { consider(moment) }
        }
        for place in cluster.pods.indices {
            if case .since(let length) = cluster.pods[place].spec.protection, let bound = cluster.pods[place].bound {
                consider(bound + length)
            }
        }
        // A pass of its own grid sees it.
        return next > nextPass ? next : nextPass > now ? nextPass : next
    }
}
