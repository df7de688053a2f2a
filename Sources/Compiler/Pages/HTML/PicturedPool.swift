import Groundwork
import Planning

/// A pool as the picture shows it: the nodes that run at peak load, and what is on their GPUs.
struct PicturedPool {
    let name: String
    /// Capacity types and how GPUs are allocated, in a few words each.
    let badges: [String]
    /// Nil if no cost of it is known.
    let peakPerMonth: Double?
    /// Whether a spot interruption may remove its nodes.
    let isSpot: Bool
    let isManaged: Bool
    let usesDRA: Bool
    let layout: Layout
    var nodes: [PicturedNode]

    /// Its cost at peak load in words.
    var peakCost: String { peakPerMonth.map(dollars) ?? "no price" }
    var gpus: Int { nodes.reduce(0) { $0 + $1.gpus.count } }
    var spareGPUs: Int { nodes.reduce(0) { $0 + $1.gpus.count(where: \.isSpare) } }
    /// Whether several replicas may be on one GPU.
    var isDivided: Bool { layout != .whole }
}

/// A node of the picture.
struct PicturedNode: Equatable {
    /// The instance type, with how many others the pool may launch instead.
    let type: String
    let gpu: String
    /// Whether it runs at steady load too.
    var isSteady: Bool
    var isReserved = false
    var gpus: [PicturedGPU]
}

/// A GPU of the picture: one part, or its MIG instances.
struct PicturedGPU: Equatable {
    var parts: [PicturedPart]

    var isSpare: Bool { parts.allSatisfy(\.replicas.isEmpty) }
}

/// A part of a GPU: all of it, or a MIG instance.
struct PicturedPart: Equatable {
    /// Its share of the GPU, in memory slices.
    let width: Int
    /// The MIG profile; empty for a whole GPU.
    let profile: String
    /// How many replicas share it; 0 for a MIG instance that is not used yet.
    var capacity: Int
    var replicas: [PicturedReplica] = []
}

/// A replica on a part of a GPU.
struct PicturedReplica: Equatable {
    /// The place of its model in the plan.
    let model: Int
    /// Whether it belongs to the minimum.
    let isSteady: Bool
    /// Its number on the node.
    let number: Int
}

extension PicturedNode {
    /// The replicas on it, each once.
    var replicas: [PicturedReplica] {
        var numbers: Set<Int> = []
        return gpus.flatMap { $0.parts.flatMap(\.replicas) }.filter { numbers.insert($0.number).inserted }
    }

    /// Puts a replica on it; false if there is no room.
    mutating func place(_ model: Int, _ placement: Placement, isSteady: Bool, besideOthers isMixed: Bool) -> Bool {
        let present = replicas
        let counted = isMixed ? present.count { $0.model == model } : present.count
        guard counted < placement.nodes.perNode.value else { return false }
        let replica = PicturedReplica(
            model: model, isSteady: isSteady, number: (present.map(\.number).max() ?? -1) + 1)
        switch placement.nodes.layout {
        case .whole: return place(replica, onWhole: placement.gpusPerReplica.value)
        case .timeSlicing, .mps:
            let open = gpus.indices.filter { gpus[$0].parts[0].replicas.count < gpus[$0].parts[0].capacity }
            guard let index = open.min(by: { gpus[$0].parts[0].replicas.count < gpus[$1].parts[0].replicas.count })
            else { return false }
            gpus[index].parts[0].replicas.append(replica)
            return true
        case .mig(let slice): return place(replica, on: slice)
        }
    }

    private mutating func place(_ replica: PicturedReplica, onWhole count: Int) -> Bool {
        guard count <= gpus.count else { return false }
        for first in 0...(gpus.count - count) where gpus[first..<(first + count)].allSatisfy(\.isSpare) {
            for index in first..<(first + count) { gpus[index].parts[0].replicas = [replica] }
            return true
        }
        return false
    }

    /// Shared instances with a replica are filled first.
    private mutating func place(_ replica: PicturedReplica, on slice: MIGSlice) -> Bool {
        for isUsed in [true, false] {
            for gpu in gpus.indices {
                for part in gpus[gpu].parts.indices {
                    let found = gpus[gpu].parts[part]
                    let fits =
                        isUsed
                        ? found.capacity == slice.sharers && found.replicas.count < found.capacity
                        : found.capacity == 0
                    guard found.profile == slice.profile, fits else { continue }
                    gpus[gpu].parts[part].capacity = slice.sharers
                    gpus[gpu].parts[part].replicas.append(replica)
                    return true
                }
            }
        }
        return false
    }
}
