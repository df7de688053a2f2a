import Foundation
import Groundwork
import Planning

/// The fit of one kind of model: its constants beside those of the compiler, and its error on runs that it did not see.
struct FitReport {
    let kind: Kind
    let fitted: StepConstants<Double>
    let compiled: FittedThresholds
    let heldOut: [(holding: HoldingOut, errors: [Quantity: HeldOut])]

    init(_ kind: Kind, _ table: MeasurementTable) {
        let runs = table.rows.filter { $0.kind == kind }
        self.kind = kind
        fitted = fit(runs)
        compiled = kind == .dense ? .dense : .mixture
        heldOut = HoldingOut.allCases.map { ($0, crossValidate(runs, by: $0)) }
    }

    /// Each constant: the row of the compiler, what the fit gives now in the unit shown, and how it is shown.
    private var constants: [(row: Parameter, now: Double, scale: Double, unit: String, decimals: Int)] {
        [
            (compiled.bandwidthEfficiency, fitted.bandwidthEfficiency, 1, "", 2),
            (compiled.computeEfficiency, fitted.computeEfficiency, 1, "", 2),
            (compiled.layerTime, fitted.layerTime, 1e6, " µs", 1),
            (compiled.allReduceLatency, fitted.allReduceLatency, 1e6, " µs", 1),
            (compiled.requestTime, fitted.requestTime, 1e3, " ms", 0),
            (compiled.promptFactor, fitted.promptFactor, 1, "", 2),
            (compiled.promptOverlap, fitted.promptOverlap, 1, "", 3),
        ]
    }

    /// Whether the compiler's constants are those of the fit, as far as they are shown.
    var agrees: Bool {
        constants.allSatisfy { shown($0.now * $0.scale, $0.decimals) == shown($0.row.value * $0.scale, $0.decimals) }
    }

    /// The constants, a table row each.
    var constantRows: [String] {
        constants.map { constant in
            let now = shown(constant.now * constant.scale, constant.decimals) + constant.unit
            let row = shown(constant.row.value * constant.scale, constant.decimals) + constant.unit
            return "| \(constant.row.name) | \(kind.rawValue) | \(now) | \(now == row ? "the same" : row) |"
        }
    }

    /// The errors, a table row each.
    var errorRows: [String] {
        [Quantity.perOutputToken, .firstToken].flatMap { quantity in
            let margin = (quantity == .firstToken ? compiled.startMargin : compiled.paceMargin).value
            return heldOut.compactMap { holding, errors -> String? in
                guard let error = errors[quantity] else { return nil }
                let cells = [
                    quantity.rawValue, kind.rawValue, "\(holding.words) (\(error.groups))", "\(error.count)",
                    "\(shown(error.medianError * 100, 1))%", shown(error.ninetieth, 2), shown(margin, 2),
                    "\(shown(error.covered(by: margin) * 100, 0))%",
                ]
                return "| " + cells.joined(separator: " | ") + " |"
            }
        }
    }
}

/// The whole report, as Markdown.
func page(_ table: MeasurementTable, _ reports: [FitReport]) -> String {
    var lines = [
        "\(table.rows.count) runs of vLLM; \(table.others) rows are of other engines or without a time per output token.",
        "Left out: " + table.leftOut.map { "\($0.count) \($0.reason)" }.joined(separator: ", ") + ".", "",
        "| constant | models | fitted | in the compiler |", "|---|---|---|---|",
    ]
    lines += reports.flatMap(\.constantRows)
    lines += [
        "", "Error on held-out runs: each group was predicted by a fit to all others.", "",
        "| quantity | models | held out together (groups) | runs | median error | p90 of measured ÷ predicted | margin | within the promise |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += reports.flatMap(\.errorRows)
    return lines.joined(separator: "\n") + "\n"
}

private func shown(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", abs(value) < 1e-12 ? 0 : value)
}
