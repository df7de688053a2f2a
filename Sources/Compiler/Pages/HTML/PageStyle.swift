/// The style of the report: one column, system fonts, light and dark colors, and a compact print.
///
/// The colors of zones and segments differ in lightness too, and each has a label.
let pageStyle = """

    :root {
      --paper: #ffffff; --ink: #1b2733; --faint: #5b6875; --line: #d5dce3; --band: #f3f6f9;
      --primary: #1f5f99; --elastic: #5b9bd5; --spot: #a9cdec; --idle: #9aa5b1;
      --steady: #cfe3d4; --rising: #f0e3a8; --warning: #efb36b; --critical: #d9694f; --budget: #b3261e;
    }
    @media screen and (prefers-color-scheme: dark) {
      :root {
        --paper: #12181f; --ink: #e6ebf0; --faint: #9dabb8; --line: #33404d; --band: #1b242e;
        --primary: #3d86c6; --elastic: #7fb3e0; --spot: #bcd9f2; --idle: #6b7783;
        --steady: #2f5a3c; --rising: #77692a; --warning: #a8692a; --critical: #b34632; --budget: #ff8a80;
      }
    }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 64rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
    h1 { margin: 0 0 .5rem; font-size: 2rem; line-height: 1.2; }
    h2 { margin: 3rem 0 1rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); font-size: 1.35rem; }
    header > p { color: var(--faint); font-size: .9rem; }
    code { padding: 0 .2em; background: var(--band); font: .92em ui-monospace, monospace; overflow-wrap: anywhere; }
    .wide { overflow-x: auto; }
    table { width: 100%; border-collapse: collapse; font-size: .92rem; }
    th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
    thead th { color: var(--faint); font-weight: 600; }
    tbody th { font-weight: 600; white-space: nowrap; }
    .wide td:nth-child(2) { white-space: nowrap; }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    figure { margin: 1.5rem 0; break-inside: avoid; }
    figcaption { margin-bottom: .25rem; }
    figure tbody th { font-weight: 400; }
    figure td:last-child { color: var(--faint); }
    tr.chosen td:last-child, tr.chosen .number { color: var(--ink); font-weight: 600; }
    .chart { display: block; width: 100%; max-width: 45rem; height: auto; }
    .chart text { fill: var(--ink); font: 12px system-ui, sans-serif; }
    .chart .end { text-anchor: end; }
    .chart .figure { font-weight: 600; }
    .chart .budget { stroke: var(--budget); stroke-width: 2; stroke-dasharray: 5 3; }
    .segment { stroke: var(--paper); stroke-width: 1; }
    .primary { fill: var(--primary); background: var(--primary); }
    .elastic { fill: var(--elastic); background: var(--elastic); }
    .spot { fill: var(--spot); background: var(--spot); }
    .segment.idle, .swatch.idle { fill: var(--idle); background: var(--idle); }
    .zone { stroke: var(--line); stroke-width: .5; }
    .zone.idle { fill: var(--band); }
    .zone.steady { fill: var(--steady); }
    .zone.rising { fill: var(--rising); }
    .zone.warning { fill: var(--warning); }
    .zone.critical { fill: var(--critical); }
    .mark { stroke: var(--ink); stroke-width: 1; }
    .mark.last { stroke-width: 2.5; }
    .legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .5rem 0 0; padding: 0; list-style: none; font-size: .9rem; }
    .swatch { display: inline-block; width: .9em; height: .9em; margin-right: .4em; vertical-align: -.1em; }
    figure table { table-layout: fixed; }
    figure th:nth-child(1) { width: 30%; white-space: normal; }
    figure th:nth-child(2) { width: 28%; }
    figure th:nth-child(3) { width: 15%; text-align: right; }
    .bar { display: block; width: 100%; height: .8rem; margin-top: .3rem; }
    .bar .chosen { fill: var(--primary); }
    .bar .other { fill: var(--idle); }
    details { margin: .5rem 0 1.5rem; color: var(--faint); font-size: .92rem; }
    summary { cursor: pointer; }
    :focus-visible { outline: 2px solid var(--elastic); outline-offset: 2px; }
    .hint { color: var(--faint); font-size: .92rem; }
    .why { padding: 0; border: 0; background: none; color: inherit; font: inherit; cursor: pointer;
      text-decoration: underline dotted var(--faint); text-underline-offset: .2em; }
    .reasons { max-width: min(70rem, 94vw); max-height: 80vh; padding: 1rem; border: 1px solid var(--line);
      background: var(--paper); color: var(--ink); overflow: auto; }
    .reasons pre { margin: 0; font: .8rem/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
    .reasons p { margin: .5rem 0 0; color: var(--faint); font-size: .85rem; }
    @media print {
      .hint { display: none; }
      .why { text-decoration: none; }
      :root { --paper: #ffffff; --ink: #000000; --faint: #444444; --line: #bbbbbb; --band: #f3f6f9; }
      body { font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      main { max-width: none; padding: 0; }
      h2 { margin-top: 1.5rem; break-after: avoid; }
      table { font-size: 8pt; }
      th, td { padding: .2rem .3rem; }
      tr { break-inside: avoid; }
      .wide { overflow: visible; }
      .wide th, .wide td, .wide td:nth-child(2), .wide .number { white-space: normal; }
      details { display: none; }
    }

    """

/// A page that needs neither network nor scripts: its content security policy blocks both.
func document(_ title: String, style: String, body: String) -> String {
    "<!DOCTYPE html>\n"
        + element(
            "html", [("lang", "en")],
            element(
                "head",
                """
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>\(escaped(title))</title>
                <style>\(style)</style>
                """) + "\n" + element("body", body)) + "\n"
}
