import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Computes something of each item on several threads; the results keep the order of the items.
func concurrently<Item: Sendable, Result: Sendable>(
    _ items: [Item], width: Int, _ work: @escaping @Sendable (Item) -> Result
) -> [Result] {
    let width = min(width, items.count)
    guard width > 1 else { return items.map(work) }
    let task = Task(items, work)
    var threads: [pthread_t] = []
    for _ in 1..<width {
        if let thread = started({ task.run() }) { threads.append(thread) }
    }
    task.run()
    for thread in threads { pthread_join(thread, nil) }
    return task.results
}

/// Items, and the results of threads for them.
private final class Task<Item: Sendable, Result: Sendable>: Sendable {
    private let items: [Item]
    private let work: @Sendable (Item) -> Result
    private let next = Atomic(0)
    private let found: Mutex<[Result?]>

    init(_ items: [Item], _ work: @escaping @Sendable (Item) -> Result) {
        self.items = items
        self.work = work
        found = Mutex(Array(repeating: nil, count: items.count))
    }

    /// Takes items until none is left.
    func run() {
        while true {
            let index = next.add(1, ordering: .relaxed).oldValue
            guard index < items.count else { return }
            let result = work(items[index])
            found.withLock { $0[index] = result }
        }
    }

    var results: [Result] { found.withLock { $0.compactMap { $0 } } }
}

/// Starts a thread with a stack as large as the main thread's usually is; nil where the system has none to give.
private func started(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, 8 << 20)
    let box = Unmanaged.passRetained(Body(body))
    #if canImport(Darwin)
        var thread: pthread_t?
        let status = pthread_create(&thread, &attributes, { Body.run($0) }, box.toOpaque())
    #else
        var thread = pthread_t()
        let status = pthread_create(&thread, &attributes, { $0.flatMap(Body.run) }, box.toOpaque())
    #endif
    if status != 0 { box.release() }
    return status == 0 ? thread : nil
}

/// What a thread runs.
private final class Body: Sendable {
    private let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }

    static func run(_ pointer: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
        return nil
    }
}
