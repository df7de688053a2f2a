/// Writes files as string literals into one Swift file:
///
///     embed OUTPUT templates FOLDER PATH.yaml… tables FOLDER PATH.csv…

let arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.first else { stop("usage: embed OUTPUT (NAME FOLDER PATH…)…") }
save(swiftSource(sections(of: arguments.dropFirst())), to: output)
