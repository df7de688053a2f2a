import Diagnostics
import Testing

struct JSONTests {
    @Test(
        "a number has the fewest digits and no exponent",
        arguments: [
            (0, "0"), (-0.0, "0"), (3, "3"), (-3, "-3"), (0.7, "0.7"), (0.1 + 0.2, "0.30000000000000004"),
            (1e-7, "0.0000001"),
            (1.5e-9, "0.0000000015"), (1e21, "1000000000000000000000"), (1.25e17, "125000000000000000"),
            (123.456, "123.456"),
            (0.5, "0.5"), (100, "100"), (1e16, "10000000000000000"),
            (.leastNonzeroMagnitude, "0." + String(repeating: "0", count: 323) + "5"),
            (.infinity, ".inf"), (-.infinity, "-.inf"), (.nan, ".nan"),
        ])
    func numbers(value: Double, expected: String) {
        #expect(fixedNotation(value) == expected)
    }

    @Test("an object keeps its order, in one line or over several")
    func layout() {
        let value: JSON = ["b": [1, 2.5, nil], "a": ["c": true, "d": [], "e": [:]], "f": "x"]
        #expect(value.line == #"{"b":[1,2.5,null],"a":{"c":true,"d":[],"e":{}},"f":"x"}"#)
        #expect(
            value.page == """
                {
                  "b": [
                    1,
                    2.5,
                    null
                  ],
                  "a": {
                    "c": true,
                    "d": [],
                    "e": {}
                  },
                  "f": "x"
                }

                """)
    }

    @Test("a string escapes what JSON demands and nothing else")
    func strings() {
        #expect(
            JSON.string("a\"\\/\n\r\t\u{1}\u{1F}\u{7F}é😀\u{2028}").line
                == "\"a\\\"\\\\/\\n\\r\\t\\u0001\\u001f\u{7F}é😀\u{2028}\"")
    }
}
