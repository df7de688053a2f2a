import Groundwork

extension Replay {
    /// Removes the pods whose end has come.
    mutating func endPods() {
        guard let due = endsDue, due <= now else { return }
        endsDue = nil
        _ = cluster.removeEnded(at: now)
        isChanged = true
    }

    /// Makes replicas of the pods whose cold start is over.
    mutating func startReplicas() {
        let due = starts.filter { $0.time <= now }
        guard !due.isEmpty else { return }
        starts.removeAll { $0.time <= now }
        for start in due {
            guard let state = workloads[start.workload].pods[start.pod], !state.isDeleted else { continue }
            workloads[start.workload].pods[start.pod]?.isReady = true
            let moment = now
            workloads[start.workload].change { deployment in
                deployment.record(state.id, .runs, at: moment)
                deployment.record(state.id, .becomesReady, at: moment)
                deployment.step(at: moment)
            }
            let model = input.tree.modelOfWorkload[start.workload]
            if model >= 0 {
                models[model].add(start.pod, of: start.workload, workloads[start.workload].workload.limits, at: seconds)
            }
            tell(.ready, workloads[start.workload].workload.name, "\(start.pod) is ready\(coldStart(state))")
            isChanged = true
        }
    }

    /// How long a pod took to become ready, in parts.
    private func coldStart(_ state: WorkloadRun.PodState) -> String {
        guard let bound = state.bound, now - state.created >= 1000 else { return "" }
        let parts = [
            (bound - state.created, "pending"), (state.pull, "image"),
            (now - bound - state.pull, "weights and warm-up"),
        ]
        let words = parts.filter { $0.0 >= 500 }.map { "\($0.1) \(($0.0 + 500) / 1000) s" }
        return " after \((now - state.created + 500) / 1000) s: \(words.joined(separator: ", "))"
    }

    /// Lets workloads, the scheduler and Karpenter follow each other until nothing is left to do now.
    mutating func settle() {
        var rounds = 0
        let moment = now
        let pass = karpenter.nextPass
        repeat {
            isChanged = false
            rounds += 1
            for place in workloads.indices { followDeployment(place) }
            schedule()
            let events = karpenter.step(at: now, &cluster)
            for event in events { tell(event) }
            if !events.isEmpty {
                isChanged = true
                timeline.price(karpenter, at: now)
            }
            for place in workloads.indices { followCluster(place) }
        } while isChanged && rounds < 50
        payGroups()
        let available = workloads.compactMap { $0.deployment?.nextAvailable(after: moment) }.min()
        endsDue = [cluster.nextEnd, available].compactMap { $0 }.min()
        if rounds > 1 || !karpenter.isQuiet(cluster) {
            idlePasses = 0
        } else if karpenter.nextPass != pass {
            idlePasses += 1
        }
        // After a pass that found nothing, the next ones find nothing either until a time is reached.
        karpenterDue =
            idlePasses > 1
            ? karpenter.nextThreshold(after: now, cluster) : karpenter.wakes(after: now, cluster) ?? now + 60_000
    }

    /// Takes the nodes of groups that the replicas on them need from now on.
    private mutating func payGroups() {
        guard timeline.hasGroups else { return }
        var replicas: [String: Int] = [:]
        for workload in workloads {
            for pod in workload.pods.values {
                if let node = pod.node, let model = timeline.modelOfNode[node] { replicas[model, default: 0] += 1 }
            }
        }
        timeline.pay(until: now)
        timeline.use(replicas)
        timeline.price(karpenter, at: now)
    }

    /// Creates and deletes the pods that a workload wants.
    private mutating func followDeployment(_ place: Int) {
        let moment = now
        workloads[place].change { $0.step(at: moment) }
        let pods = workloads[place].deployment?.pods ?? []
        var known = 0
        for pod in pods {
            let name = workloads[place].name(pod)
            known += 1
            if let old = workloads[place].pods[name], old.id != pod.id {
                // The pod of a StatefulSet that had the name before.
                if !old.isDeleted { cluster.delete(name, at: now) }
                end(place, name)
            }
            if workloads[place].pods[name] == nil {
                guard pod.deleted == nil else {
                    known -= 1
                    continue
                }
                workloads[place].pods[name] = WorkloadRun.PodState(id: pod.id, created: now)
                cluster.add(ClusterPod(name, workloads[place].workload.pod, created: now))
                isChanged = true
            } else if pod.deleted != nil, workloads[place].pods[name]?.isDeleted == false {
                cluster.delete(name, at: now)
                drain(place, name)
            }
        }
        guard known != workloads[place].pods.count else { return }
        let present = Set(pods.map { workloads[place].name($0) })
        for name in workloads[place].pods.keys.sorted() where !present.contains(name) {
            if workloads[place].pods[name]?.isDeleted == false { cluster.delete(name, at: now) }
            end(place, name)
        }
    }

    /// Tells a workload what became of its pods.
    private mutating func followCluster(_ place: Int) {
        let known = workloads[place].pods
        guard !known.isEmpty else { return }
        let moment = now
        for name in known.keys.sorted() {
            guard let state = known[name] else { continue }
            guard let own = cluster.podPlace(name) else {
                workloads[place].change { $0.record(state.id, .isGone, at: moment) }
                end(place, name)
                continue
            }
            if cluster.pods[own].isDeleted, !state.isDeleted {
                workloads[place].change { $0.record(state.id, .isDeleted, at: moment) }
                drain(place, name)
                isChanged = true
            } else if let node = cluster.pods[own].node, state.node == nil {
                bind(place, name, to: node)
            }
        }
    }

    /// Starts the container of a pod on its node.
    private mutating func bind(_ place: Int, _ name: String, to node: String) {
        guard let state = workloads[place].pods[name] else { return }
        workloads[place].pods[name]?.node = node
        workloads[place].pods[name]?.bound = now
        let moment = now
        workloads[place].change { $0.record(state.id, .bound(node: node), at: moment) }
        let model = input.tree.modelOfWorkload[place]
        var ready = now
        if model >= 0 {
            let image = "\(node) \(workloads[place].workload.image)"
            let pulled = images[image] ?? now + models[model].model.imagePull
            images[image] = pulled
            ready = max(now, pulled) + models[model].model.load
            workloads[place].pods[name]?.pull = max(0, pulled - now)
        }
        starts.append((ready, place, name))
        pendingReasons[name] = nil
        isChanged = true
    }

    /// Sends no more requests to a pod that ends.
    private mutating func drain(_ place: Int, _ name: String) {
        workloads[place].pods[name]?.isDeleted = true
        let model = input.tree.modelOfWorkload[place]
        if model >= 0 { models[model].drain(name, at: seconds) }
    }

    /// Forgets a pod that has ended, with its replica.
    private mutating func end(_ place: Int, _ name: String) {
        workloads[place].pods[name] = nil
        pendingReasons[name] = nil
        let model = input.tree.modelOfWorkload[place]
        if model >= 0 { models[model].remove(name, at: seconds) }
        isChanged = true
    }

    private mutating func schedule() {
        guard scheduled != cluster.version, cluster.hasPending else { return }
        for attempt in scheduler.step(at: now, &cluster) {
            switch attempt.outcome {
            case .bound: isChanged = true
            case .preempts(let node, let victims):
                isChanged = true
                for victim in victims { preempted(victim, by: attempt.pod, on: node) }
            case .unschedulable: continue
            }
        }
        scheduled = cluster.version
    }

    private mutating func preempted(_ victim: String, by taker: String, on node: String) {
        let (from, to) = (owner(victim), owner(taker))
        tell(.preemption, to, "\(taker) takes the place of \(victim) on \(node)")
        guard now >= .start else { return }
        if let place = preemptions.firstIndex(where: { $0.taker == to && $0.victim == from }) {
            preemptions[place].count += 1
        } else {
            preemptions.append(
                ReplayResult.Preempted(
                    taker: to, victim: from, models: (model(to), model(from)), first: now, count: 1))
        }
    }

    private func model(_ deployment: String) -> String? {
        workloads.first { $0.workload.name == deployment }?.workload.model
    }

    /// The Deployment of a pod.
    func owner(_ pod: String) -> String { pod.lastIndex(of: "-").map { String(pod[..<$0]) } ?? pod }

    /// Tells what Karpenter did.
    private mutating func tell(_ event: KarpenterEvent) {
        switch event {
        case .created(let claim): tell(.node, claim.pool, "\(claim.name) is created")
        case .launched(let claim, let offering):
            tell(
                .node, poolName(claim),
                "\(claim) launches: \(offering.type) in \(offering.zone), \(offering.capacity.rawValue)")
        case .insufficientCapacity(let claim): tell(.node, poolName(claim), "\(claim): EC2 has no capacity")
        case .timedOut(let claim): tell(.node, poolName(claim), "\(claim) is given up: it did not start in time")
        case .registered: break
        case .initialized(let claim): tell(.node, poolName(claim), "\(claim) is ready")
        case .unprovisionable(let pod, let reasons):
            if pendingReasons[pod]?.all == reasons { return }
            let closed = ["does not tolerate", "incompatible requirements"]
            let open = reasons.filter { reason in !closed.contains { reason.contains($0) } }
            let text = (open.isEmpty ? reasons : open).joined(separator: "; ")
            let isTold = pendingReasons[pod]?.told == text
            pendingReasons[pod] = (reasons, text)
            if isTold { return }
            tell(.pending, owner(pod), "\(pod) is pending: \(text)")
        case .disrupting(let claims, let reason, let replacements):
            let others = replacements.isEmpty ? "" : ", replaced by \(replacements.joined(separator: ", "))"
            for claim in claims { tell(.node, poolName(claim), "\(claim) is disrupted: \(reason.rawValue)\(others)") }
        case .rolledBack(let claims): for claim in claims { tell(.node, poolName(claim), "\(claim) is kept after all") }
        case .interrupted(let claim): tell(.node, poolName(claim), "\(claim) is interrupted by EC2")
        case .evicted(let pod): tell(.node, owner(pod), "\(pod) is evicted")
        case .draining(let claim, let reason): tell(.node, poolName(claim), "\(claim) drains: \(reason.rawValue)")
        case .terminated(let claim): tell(.node, poolName(claim), "\(claim) has ended")
        }
    }

    /// The pool of a claim, which names its claims.
    private func poolName(_ claim: String) -> String { owner(claim) }
}
