/// The colors of models in the picture: ten hues of equal lightness, on which white letters are readable.
private let modelColors = """
      --m0: #2b6cd4; --m1: #b85a0c; --m2: #0f7f72; --m3: #8450cc; --m4: #c2317a; --m5: #6d7313; --m6: #12799e;
      --m7: #bf3f31; --m8: #37803a; --m9: #7b6852;
    """

/// The light tints of these colors on white paper.
private let lightTints = """
      --l0: #ccdcf5; --l1: #eed7c5; --l2: #c5e0dd; --l3: #e1d5f3; --l4: #f0cedf; --l5: #dcddc6; --l6: #c6dfe8;
      --l7: #f0d1ce; --l8: #cfe1d0; --l9: #dfdbd5;
    """

/// The dark tints of these colors on dark paper.
private let darkTints = """
      --l0: #1c3864; --l1: #513118; --l2: #113f3f; --l3: #3d2d61; --l4: #552242; --l5: #353b1a; --l6: #123d4f;
      --l7: #542726; --l8: #204029; --l9: #3a3632;
    """

/// The style of the picture's shapes and texts.
///
/// Solid and light differ in lightness and in their outline, so that they can be told apart without colors.
private let pictureShapes: String = """
    .picture text { fill: var(--ink); font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; }
    .picture .t9 { font-size: 9px; } .picture .t10 { font-size: 10px; } .picture .t11 { font-size: 11px; } .picture .t12 { font-size: 12px; }
    .picture .t14 { font-size: 14px; } .picture .t26 { font-size: 26px; }
    .picture .bold { font-weight: 700; } .picture .kind { font-weight: 600; } .picture .faint { fill: var(--faint); }
    .picture .end { text-anchor: end; }
    .picture .on { text-anchor: middle; font-weight: 600; } .picture .solid { fill: #ffffff; }
    .any { fill: var(--faint); } .any-light { fill: var(--band); stroke: var(--faint); stroke-width: .75; }
    .pool { fill: var(--paper); stroke: var(--line); } .managed { fill: var(--faint); }
    .pill { fill: var(--band); stroke: var(--line); } .picture .pill-text { fill: var(--faint); text-anchor: middle; }
    .spot-pill { stroke: var(--faint); stroke-dasharray: 3 2; }
    .node { fill: var(--band); stroke: var(--faint); stroke-width: 1.25; }
    .node.added { fill: var(--paper); stroke: var(--line); } .node.spot-node { stroke: var(--faint); stroke-dasharray: 4 3; }
    .node.reserved { stroke: var(--ink); } .inner { fill: none; stroke: var(--ink); }
    .node.stack { fill: var(--paper); stroke: var(--line); }
    .open { fill: var(--paper); stroke: var(--line); }
    .spare { fill: var(--paper); stroke: var(--line); }
    .hatch { fill: none; stroke: var(--faint); stroke-width: .75; opacity: .6; }
    .over { fill: none; stroke: #ffffff; stroke-width: 1.25; opacity: .55; } .dot { stroke-width: 2; stroke-linecap: round; }
    .claim { fill: var(--paper); }

    """
    + (0..<ModelPaint.colors).map { index in
        """
            .m\(index) { fill: var(--m\(index)); } \
        .l\(index) { fill: var(--l\(index)); stroke: var(--m\(index)); stroke-width: .75; } \
        .over.s\(index) { stroke: var(--m\(index)); }

        """
    }.joined() + "    .plate { stroke: none; }"

/// The picture's part of the style of the page.
let picturePageStyle = """

    :root {
    \(modelColors)
    \(lightTints)
    }
    @media screen and (prefers-color-scheme: dark) { :root {
    \(darkTints)
    } }
    \(pictureShapes)
    .pools { columns: 18.5rem; column-gap: 1rem; margin: 1rem 0; }
    .pools svg { display: block; width: 100%; max-width: 26rem; height: auto; margin-bottom: 1rem; break-inside: avoid; }
    .key { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .3rem 1rem; margin: .75rem 0;
      padding: 0; list-style: none; font-size: .9rem; overflow-wrap: anywhere; }
    .key li { display: flex; gap: .5rem; align-items: center; }
    .key svg { flex: none; width: 28px; height: 18px; }

    """

/// The style of the picture as a file of its own.
let pictureFileStyle = """

    svg {
      --paper: #ffffff; --ink: #1b2733; --faint: #5b6875; --line: #c3ccd5; --band: #eef2f6;
    \(modelColors)
    \(lightTints)
    }
    @media (prefers-color-scheme: dark) { svg {
      --paper: #12181f; --ink: #e6ebf0; --faint: #9dabb8; --line: #3d4a57; --band: #1f2933;
    \(darkTints)
    } }
    .paper { fill: var(--paper); stroke: var(--line); }
    \(pictureShapes)
    """
