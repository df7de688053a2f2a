import Foundation
import Testing

@testable import Planning

/// The queue before a replica, beside what is known of queues.
struct ReplicaQueueTests {
    @Test("with one place it is the queue of the textbook")
    func onePlace() {
        let queue = ReplicaQueue<Double>(atMost: 1) { _ in 1 / 2 }
        let state = queue.state(arrivals: 1.5)
        #expect(abs(state.present - 3) < 1e-12)
        #expect(abs(state.full - 0.75) < 1e-12)
        #expect(abs(state.wait(percentile: 0.95) - log(0.75 / 0.05) / 0.5) < 1e-12)
        #expect(state.wait(percentile: 0.2) == 0)
        // None waits in the states of no and one request: a quarter of the time, and three quarters of that.
        #expect(queue.waitIsCommon(state, percentile: 0.44))
        #expect(!queue.waitIsCommon(state, percentile: 0.43))
    }

    @Test("with places of equal speed its share of waiting arrivals is Erlang's C", arguments: [1, 2, 8, 64, 256])
    func erlang(places: Int) {
        let load = 0.8 * Double(places)
        let queue = ReplicaQueue<Double>(atMost: places) { 1 / $0 }
        // Erlang's B by its recursion, and C from B.
        let blocked = (1...places).reduce(1.0) { load * $0 / (Double($1) + load * $0) }
        let waiting = blocked / (1 - load / Double(places) * (1 - blocked))
        let state = queue.state(arrivals: load)
        #expect(abs(state.full - waiting) < 1e-9)
        #expect(abs(state.running - load) < 1e-9 * load)
        #expect(abs(state.waiting - waiting * 0.8 / (1 - 0.8)) < 1e-9 * load)
    }

    @Test("the closed form of its tail is the sum over a long chain", arguments: [0.3, 0.8, 0.97])
    func longChain(load: Double) {
        let bound = 40
        func rate(_ running: Double) -> Double { running / (1 + 0.05 * running) }
        let queue = ReplicaQueue<Double>(atMost: bound) { 1 / rate($0) }
        let arrivals = load * queue.capacity
        var weights = [1.0]
        for count in 1...5000 { weights.append(weights[count - 1] * arrivals / rate(Double(min(count, bound)))) }
        let total = weights.reduce(0, +)
        let present = zip(0..., weights).reduce(0) { $0 + Double($1.0) * $1.1 } / total
        let running = zip(0..., weights).reduce(0) { $0 + Double(min($1.0, bound)) * $1.1 } / total
        let state = queue.state(arrivals: arrivals)
        #expect(abs(state.present - present) < 1e-6 * present)
        #expect(abs(state.running - running) < 1e-6 * running)
        #expect(abs(state.full - weights[bound...].reduce(0, +) / total) < 1e-9)
        // Little's law: what leaves is what arrives.
        let leaving = zip(0..., weights).reduce(0) { $0 + (rate(Double(min($1.0, bound)))) * ($1.0 == 0 ? 0 : $1.1) }
        #expect(abs(leaving / total - arrivals) < 1e-6)
    }

    @Test("arrivals in a simulated replica wait as long as it says", arguments: [0.7, 0.88])
    func simulated(load: Double) {
        let bound = 12
        func rate(_ running: Int) -> Double { Double(running) / (1 + 0.1 * Double(running)) }
        let queue = ReplicaQueue<Double>(atMost: bound) { 1 / rate(Int($0)) }
        let arrivals = load * queue.capacity
        var random = SplitMix(state: 7)
        var (now, running) = (0.0, 0)
        var line: [Double] = []
        var (waits, beside): ([Double], [Int]) = ([], [])
        var head = 0
        while waits.count < 400_000 {
            let leaving = running == 0 ? 0 : rate(running)
            now += -log(1 - random.next()) / (arrivals + leaving)
            if random.next() * (arrivals + leaving) < arrivals {
                beside.append(min(running + 1, bound))
                if running < bound {
                    running += 1
                    waits.append(0)
                } else {
                    line.append(now)
                }
            } else if head < line.count {
                waits.append(now - line[head])
                head += 1
            } else {
                running -= 1
            }
        }
        waits.sort()
        beside.sort()
        let state = queue.state(arrivals: arrivals)
        for percentile in [0.5, 0.9, 0.95, 0.99] {
            let seen = waits[Int(percentile * Double(waits.count))]
            #expect(abs(state.wait(percentile: percentile) - seen) < 0.07 * seen + 0.05)
            let neighbors = beside[Int(percentile * Double(beside.count))]
            #expect(abs(min(Int(queue.others(state, percentile: percentile)) + 1, bound) - neighbors) <= 1)
        }
    }
}

/// Numbers that look random and are the same each time.
struct SplitMix {
    var state: UInt64

    /// The next number, from 0 to 1.
    mutating func next() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) / 9_007_199_254_740_992
    }
}
