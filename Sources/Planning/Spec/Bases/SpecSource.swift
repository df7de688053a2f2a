import Diagnostics

/// The files of one cluster spec: its own file, then the base that it extends, then the base of that, and so on, and files that they name.
package struct SpecSource: Sendable {
    package let file: SourceFile
    package let bases: [SourceFile]
    /// The files of teams that it includes, in their order.
    package let included: [SourceFile]
    /// Files that these name, such as the `config.json` of a model.
    package let companions: [SourceFile]

    package init(
        _ file: SourceFile, bases: [SourceFile] = [], included: [SourceFile] = [], companions: [SourceFile] = []
    ) {
        self.file = file
        self.bases = bases
        self.included = included
        self.companions = companions
    }
}
