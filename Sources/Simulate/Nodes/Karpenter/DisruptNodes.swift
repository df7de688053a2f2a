/// The methods of Karpenter's disruption controller, in the order in which a pass tries them.
enum DisruptionMethod: Int, Sendable, CaseIterable {
    case emptiness, drift, severalNodes, oneNode
}

extension Karpenter {
    /// Runs the passes of the disruption controller that are due.
    mutating func disrupt(_ now: VirtualTime, _ cluster: inout ClusterState, _ events: inout [KarpenterEvent]) {
        var first = 0
        if let proposal {
            // The controller does nothing else until the validation.
            guard proposal.due <= now else { return }
            self.proposal = nil
            if let command = validated(proposal.command, proposal.method, now, cluster) {
                start(command, now, &cluster, &events)
            } else {
                first = proposal.method.rawValue + 1
            }
        } else if nextPass > now {
            return
        }
        let state = first == 0 ? disruptionState(now, cluster) : nil
        if let state, state == fruitless {
            nextPass = now + timing.pass
            return
        }
        fruitless = state
        while let (command, method) = find(from: first, now, cluster) {
            fruitless = nil
            first = 0
            guard method == .drift else {
                proposal = (command, method, now + timing.validation)
                return
            }
            start(command, now, &cluster, &events)
        }
        nextPass = now + timing.pass
    }

    /// What a whole pass rests on.
    private func disruptionState(_ now: VirtualTime, _ cluster: ClusterState) -> DisruptionState {
        func names(_ reason: DisruptionBudget.Reason) -> [String] {
            withinBudgets(candidates(reason, now, cluster), reason, now, cluster).map(\.name)
        }
        return DisruptionState(
            decision: state(cluster, at: now), empty: names(.empty), drifted: names(.drifted),
            underutilized: underutilized(now, cluster).map(\.name), busy: busy(now, cluster))
    }

    private func find(from first: Int, _ now: VirtualTime, _ cluster: ClusterState) -> (
        DisruptionCommand, DisruptionMethod
    )? {
        for method in DisruptionMethod.allCases.dropFirst(first) {
            if let command = command(method, now, cluster) { return (command, method) }
        }
        return nil
    }

    private func command(_ method: DisruptionMethod, _ now: VirtualTime, _ cluster: ClusterState) -> DisruptionCommand?
    {
        switch method {
        case .emptiness: emptyNodes(now, cluster)
        case .drift: driftedNode(now, cluster)
        case .severalNodes: severalNodes(now, cluster)
        case .oneNode: oneNode(now, cluster)
        }
    }

    /// The command with what of it still holds; nil if nothing does.
    private func validated(
        _ command: DisruptionCommand, _ method: DisruptionMethod, _ now: VirtualTime, _ cluster: ClusterState
    ) -> DisruptionCommand? {
        if method == .emptiness {
            let names = emptyNodes(now, cluster)?.claims.filter(command.claims.contains) ?? []
            return names.isEmpty ? nil : DisruptionCommand(reason: .empty, claims: names, drafts: [], started: now)
        }
        let allowed = candidates(.underutilized, now, cluster).map(\.name)
        guard command.claims.allSatisfy(allowed.contains),
            let again = consolidation(of: command.claims.compactMap(claim), now, cluster),
            again.drafts.count <= command.drafts.count
        else { return nil }
        return again
    }

    /// Marks the nodes, and creates what replaces them.
    private mutating func start(
        _ command: DisruptionCommand, _ now: VirtualTime, _ cluster: inout ClusterState,
        _ events: inout [KarpenterEvent]
    ) {
        var command = command
        command.started = now
        for name in command.claims {
            change(name) { $0.isDisrupted = true }
            cluster.taint(name)
        }
        for draft in command.drafts {
            let claim = create(draft, at: now)
            command.replacements.append(claim.name)
            cluster.nominations[claim.name] = now + timing.nomination
            events.append(.created(claim))
        }
        events.append(.disrupting(claims: command.claims, command.reason, replacements: command.replacements))
        commands.append(command)
        finishCommands(now, &cluster, &events)
    }

    /// Removes nodes whose replacements are initialized, and gives up commands that fail.
    mutating func finishCommands(_ now: VirtualTime, _ cluster: inout ClusterState, _ events: inout [KarpenterEvent]) {
        for (place, command) in commands.enumerated().reversed() {
            let replacements = command.replacements.map(claim)
            if replacements.allSatisfy({ $0?.phase == .initialized }) {
                commands.remove(at: place)
                for name in command.claims { delete(name, command.reason, at: now, &cluster, &events) }
            } else if replacements.contains(where: { $0 == nil || $0?.deleted != nil })
                || now - command.started > timing.command
            {
                commands.remove(at: place)
                for name in command.claims where claim(name)?.deleted == nil {
                    change(name) { $0.isDisrupted = false }
                    cluster.untaint(name)
                }
                events.append(.rolledBack(claims: command.claims))
            }
        }
    }
}
