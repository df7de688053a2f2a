/// Clears away what a killed run left: completes its journal, removes its stage or the folder that it replaced.
func recover(_ place: OutputPlace, _ seams: WriteSeams) throws {
    if place.exists { try completeJournal(in: try Folder(place.path), seams) }
    // Where the folder above cannot be read, nothing was staged.
    guard !place.name.isEmpty, let parent = try? Folder(place.parent), let entries = try? parent.entries() else {
        return
    }
    for entry in entries where entry.kind == .folder {
        guard let stage = StageName(entry.path, beside: place.name), let state = parent.state(of: entry.path) else {
            continue
        }
        if place.exists, stage.isReplacedFolder(state) {
            try retire(entry.path, in: parent, into: place.name)
        } else {
            try removeAll(entry.path, in: parent)
        }
    }
}
