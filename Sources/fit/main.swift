import Foundation

// Refits the constants of the step-time equations and prints their error on runs that the fit did not see:
//
//     fit [MEASUREMENTS.csv[:MORE.csv]]
//
// Without an argument the tables are those that STOWAGE_MEASUREMENTS names. The predictions are the compiler's own: a fit moves the
// constants of `StepTime` and has no equations besides.

let named = CommandLine.arguments.dropFirst().first ?? ProcessInfo.processInfo.environment["STOWAGE_MEASUREMENTS"]
guard let paths = named?.split(separator: ":").map(String.init), !paths.isEmpty
else {
    print("skipped: no table of measurements (STOWAGE_MEASUREMENTS names none)")
    exit(0)
}
let texts = paths.map { path in
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        FileHandle.standardError.write(Data("error: \(path): cannot be read\n".utf8))
        exit(2)
    }
    return text
}
let report = FitReport(MeasurementTable(texts))
print(report.page, terminator: "")
exit(report.agrees ? 0 : 1)
