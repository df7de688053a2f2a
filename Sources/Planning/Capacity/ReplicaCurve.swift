import Groundwork

/// The planned times of a replica for every number of sequences that may run in it, for a simulation of its requests.
///
/// A model that generates no tokens has one token in place of its step, and answers in its end-to-end latency.
package struct ReplicaCurve: Sendable {
    /// Seconds per output token that decide when requests complete, while 1, 2, … sequences run.
    package let token: [Double]
    /// Seconds to the first token without the prompt, when a request is the 1st, 2nd, … running sequence.
    package let start: [Double]
    /// Seconds for each token of the prompt, likewise.
    package let promptToken: [Double]
    /// The planned time per output token over the one that decides when requests complete.
    package let tokenMargin: Double
    /// The tokens that the KV cache holds.
    package let cacheTokens: Double
}

extension ReplicaCurve {
    /// The curve of a workload on its GPUs; measured values scale it so that it meets them at the measured concurrency.
    package init(
        _ workload: Workload, _ accelerator: Accelerator, tensorParallel: Int, mostSequences: Int,
        measured: MeasuredSpec?
    ) {
        let replica = ReplicaModel<Double>(workload, accelerator, ranks: Double(tensorParallel))
        let most = max(1, mostSequences)
        let (input, output) = (Double(workload.inputTokens.value), Double(max(1, workload.outputTokens?.value ?? 1)))
        let margin = answerMargin(workload, accelerator.gpu).value
        var (pace, delay) = (1.0, 1.0)
        if let measured {
            let figures = replica.measured(measured)
            let running = Double(measured.concurrency.value)
            pace = running / figures.requestsPerSecond / (running * replica.gap(running))
            delay = figures.answer / replica.answer(running)
        }
        var (token, start, prompt): ([Double], [Double], [Double]) = ([], [], [])
        for count in 1...most {
            let running = Double(count)
            token.append(replica.gap(running) * running / output * pace)
            let prefill = (replica.time.steps?.prefill(running) ?? 0) * margin
            start.append((replica.answer(running) - prefill) * delay)
            prompt.append(prefill / max(1, input) * delay)
        }
        self.token = token
        self.start = start
        promptToken = prompt
        let last = Double(most)
        let planned = measured?.timePerOutputToken?.value ?? replica.tpot(last)
        tokenMargin = planned.map { $0 / token[most - 1] } ?? 1
        // The share of one running sequence at mid-length, turned around.
        let share = replica.kvShare(1) ?? 0
        cacheTokens = share > 0 ? (input + output / 2) / share : .infinity
    }
}
