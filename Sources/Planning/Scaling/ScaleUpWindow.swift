import Groundwork

/// How long a load must be above the threshold before a replica is added, seconds.
///
/// Between the load at which the last replica beyond the minimum is removed and the one at which it is added again, there must be room for
/// requests that arrive at random: their standard deviation is the square root of their mean. Without it, chance adds and removes it.
func scaleUpWindow(_ model: Placement, _ levels: [AlertLevels]) -> Traced<Int> {
    guard let load = levels.first(where: { $0.signal.signal == .concurrency }) else {
        return Traced(0, .convention("a surge is followed at the first reading above the threshold"))
    }
    let least = Double(max(1, model.minReplicas.value))
    let (added, removed) = (least * load.scaleUp.value, (least + 1) * load.scaleDown.value)
    let chance = Thresholds.loadDeviations.value * removed.squareRoot()
    guard removed + chance > added else {
        return Traced(0, .convention("a surge is followed at the first reading above the threshold"))
    }
    return Traced<Int>(
        model.spec.objectives.answer == nil
            ? Thresholds.scaleUpWindowOfBatch.reasoned : Thresholds.scaleUpWindow.reasoned)
}
