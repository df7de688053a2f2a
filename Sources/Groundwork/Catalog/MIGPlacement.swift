/// Finds the memory slices at which instances of MIG profiles may begin on one GPU, in the order of the profiles.
///
/// Nil if they cannot all be placed: each begins at a legal slice of its profile, none overlap, the compute slices suffice,
/// and no profile occurs more often than a GPU supports.
package func placeInstances(_ profiles: [MIGProfile], on gpu: GPU) -> [Int]? {
    guard profiles.reduce(0, { $0 + $1.computeSlices }) <= gpu.computeSlices,
        profiles.reduce(0, { $0 + $1.memorySlices }) <= gpu.memorySlices
    else { return nil }
    for profile in profiles where profiles.count(where: { $0.name == profile.name }) > profile.mostPerGPU { return nil }
    // The largest first: they have the fewest places.
    let order = profiles.indices.sorted { left, right in
        let (a, b) = (profiles[left], profiles[right])
        if a.memorySlices != b.memorySlices { return a.memorySlices > b.memorySlices }
        return a.name == b.name ? left < right : a.name < b.name
    }
    var starts = [Int](repeating: 0, count: profiles.count)
    func place(_ position: Int, taken: Int) -> Bool {
        guard position < order.count else { return true }
        let profile = profiles[order[position]]
        let isRepeated = position > 0 && profiles[order[position - 1]].name == profile.name
        for start in profile.starts where start + profile.memorySlices <= gpu.memorySlices {
            // Equal instances can be exchanged: one order of them is enough.
            if isRepeated, start < starts[order[position - 1]] { continue }
            let slices = ((1 << profile.memorySlices) - 1) << start
            guard taken & slices == 0 else { continue }
            starts[order[position]] = start
            if place(position + 1, taken: taken | slices) { return true }
        }
        return false
    }
    return place(0, taken: 0) ? starts : nil
}
