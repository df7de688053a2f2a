import Dispatch
import Synchronization

/// Makes something of each element on all cores, in their order, without those of which nothing comes.
///
/// The arguments of tests are worked out before the first test runs, when nothing else would keep the cores busy.
func concurrently<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ make: @Sendable (Element) -> Result?
) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: elements.count))
    DispatchQueue.concurrentPerform(iterations: elements.count) { index in
        let result = make(elements[index])
        results.withLock { $0[index] = result }
    }
    return results.withLock { $0 }.compactMap(\.self)
}
