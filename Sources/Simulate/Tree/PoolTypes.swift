import Groundwork

/// The instance types that some NodePools may launch, with the devices that NodeOverlays add to them.
func poolTypes(_ objects: [ManifestValue], _ pools: [LabelRequirements], _ conditions: TreeConditions)
    -> [OfferedType]
{
    let key = "node.kubernetes.io/instance-type"
    let overlays = objects.filter { $0["kind"]?.text == "NodeOverlay" }
    let named = Set(
        pools.flatMap { requirements in requirements["topology.kubernetes.io/zone"].map { $0.list } ?? [] })
    let zones = named.isEmpty ? conditions.zones : named.sorted()
    var types: [OfferedType] = []
    for type in Catalog.instanceTypes {
        guard let offered = typeOnSale(type, zones, conditions) else { continue }
        guard
            pools.contains(where: { requirements in
                offered.labels.allSatisfy { requirements[$0.key]?.contains($0.value) ?? true }
            })
        else { continue }
        types.append(offered)
        for overlay in overlays {
            let requirements = LabelRequirements(reading: overlay.at("spec", "requirements")?.items)
            guard requirements[key]?.contains(type.name) ?? true else { continue }
            var changed = offered
            for entry in overlay.at("spec", "capacity")?.entries ?? [] {
                let amount = entry.value.text.flatMap { Quantity($0)?.milli } ?? 0
                changed.capacity[entry.key] = amount
                changed.allocatable[entry.key] = amount
            }
            // The type as it is in the pools of the overlay: no other pool may launch it so.
            for pool in requirements["karpenter.sh/nodepool"]?.list ?? [] {
                changed.labels["karpenter.sh/nodepool"] = pool
                types.append(changed)
            }
        }
    }
    return types
}

/// A type with its offerings at the prices of the conditions, else at those of the catalog; nil if its region does not offer it.
///
/// A type whose spot price is not known costs as much on spot as on demand.
private func typeOnSale(_ type: InstanceType, _ zones: [String], _ conditions: TreeConditions) -> OfferedType? {
    let listed = Catalog.price(of: type, region: conditions.region)
    let spot = conditions.spotPrices[type.name] ?? listed?.spot.map { ($0.least + $0.most) / 2 }
    return OfferedType(
        type, region: conditions.region, zones: zones, onDemand: conditions.prices[type.name], spot: spot)
}

extension LabelValues {
    /// The values of a list, sorted; none for "all but".
    var list: [String] { isComplement ? [] : values.sorted() }
}
