/// What becomes of requests, as a replica reports it.
package protocol RequestObserver {
    /// A request starts so many seconds after its arrival, and has its first token some seconds later.
    mutating func started(_ request: ModelRequest, at time: Double, firstTokenAfter seconds: Double)
    /// A request completes, with so many seconds for each output token.
    mutating func completed(_ request: ModelRequest, at time: Double, perToken: Double)
    /// A request is lost: its replica ends, or cannot hold it.
    ///
    /// `latency` is the one to its first token if it had started.
    mutating func lost(_ request: ModelRequest, latency: Double?)
    /// A request is rejected, since the replica is at a limit.
    mutating func rejected(_ request: ModelRequest, by reason: QueueLimits.Reason)
}

/// One replica that serves requests by continuous batching.
///
/// All running sequences produce tokens at the same pace, which their number decides. So one number, the tokens that each of them has
/// produced since the start, is enough to know when the next one ends: nothing is done for a token.
package struct ReplicaRun: Sendable {
    package let times: ReplicaTimes
    private let limits: QueueLimits
    /// Seconds up to which it is simulated.
    package private(set) var now: Double
    private var produced = 0.0
    private var running = RunningSequences()
    private var waiting = WaitingRequests()
    /// The sums over running sequences from which the KV cache in use follows.
    private var (inputs, begun) = (0.0, 0.0)
    /// Prompts that are computed, and when each has its first token; only kept for a limit on their tokens.
    private var prefills: [(end: Double, tokens: Double)] = []

    package init(_ times: ReplicaTimes, _ limits: QueueLimits = QueueLimits(), from start: Double) {
        self.times = times
        self.limits = limits
        now = start
    }

    package var runningCount: Int { running.count }
    package var waitingCount: Int { waiting.count }
    package var isIdle: Bool { running.isEmpty }

    /// The share of the KV cache in use; zero if its size is not known.
    package var cacheShare: Double {
        guard let limit = times.cacheTokens, limit > 0 else { return 0 }
        return min(1, usedTokens / limit)
    }

    /// The tokens of all running sequences, prompts and completions so far.
    private var usedTokens: Double { inputs + Double(running.count) * produced - begun }

    /// Takes a request that arrives now or later.
    package mutating func take(_ request: ModelRequest, _ observer: inout some RequestObserver) {
        advance(to: request.arrival, &observer)
        if let limit = times.cacheTokens, request.input + request.output > limit {
            observer.lost(request, latency: nil)
            return
        }
        if let reason = reasonToReject() {
            observer.rejected(request, by: reason)
            return
        }
        waiting.append(request)
        startWaiting(&observer)
    }

    /// The limit at which it is: vLLM counts a prompt in full until its first token.
    private mutating func reasonToReject() -> QueueLimits.Reason? {
        if let most = limits.requests, running.count + waiting.count >= most { return .requests }
        guard let most = limits.promptTokens else { return nil }
        var (tokens, kept) = (waiting.tokens, 0)
        for place in prefills.indices where prefills[place].end > now {
            if kept < place { prefills[kept] = prefills[place] }
            tokens += prefills[kept].tokens
            kept += 1
        }
        if kept < prefills.count { prefills.removeLast(prefills.count - kept) }
        return tokens >= most ? .promptTokens : nil
    }

    /// Runs until a time.
    package mutating func advance(to time: Double, _ observer: inout some RequestObserver) {
        while let first = running.firstEnd {
            let pace = times.token[running.count - 1]
            let end = now + max(0, first - produced) * pace
            if end > time {
                produced += (time - now) / pace
                break
            }
            now = end
            produced = first
            complete(&observer)
            startWaiting(&observer)
        }
        now = max(now, time)
        // Counted from zero again whenever nothing runs, so that sums stay exact.
        if running.isEmpty { (produced, inputs, begun) = (0, 0, 0) }
    }

    /// Ends with all requests that it has.
    package mutating func kill(at time: Double, _ observer: inout some RequestObserver) {
        advance(to: time, &observer)
        for sequence in running.all { observer.lost(sequence.request, latency: sequence.latency) }
        for request in waiting.all { observer.lost(request, latency: nil) }
        running.removeAll()
        waiting.removeAll()
        prefills.removeAll()
        (produced, inputs, begun) = (0, 0, 0)
    }

    private mutating func complete(_ observer: inout some RequestObserver) {
        guard let sequence = running.removeFirst() else { return }
        let request = sequence.request
        inputs -= request.input
        begun -= sequence.end - request.output
        let perToken = (now - sequence.begun) / request.output * times.tokenMargin
        observer.completed(request, at: now, perToken: perToken)
    }

    /// Starts waiting requests while there is room.
    private mutating func startWaiting(_ observer: inout some RequestObserver) {
        while running.count < times.mostSequences, let request = waiting.first {
            if let limit = times.cacheTokens, !running.isEmpty, usedTokens + request.input > limit { return }
            waiting.removeFirst()
            let place = running.count
            let first = times.start[place] + times.promptToken[place] * request.input
            running.insert(
                RunningSequences.Sequence(
                    end: produced + request.output, begun: now, latency: now - request.arrival + first, request: request
                ))
            inputs += request.input
            begun += produced
            if limits.promptTokens != nil { prefills.append((now + first, request.input)) }
            observer.started(request, at: now, firstTokenAfter: first)
        }
    }
}
