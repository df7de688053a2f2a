import Testing

@testable import Groundwork

@Suite("An instant")
struct InstantTests {
    @Test(
        "is read as seconds since 1970 and written as it was",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2000-02-29T23:59:59Z", 951_868_799), ("2026-12-01T11:30:00Z", 1_796_124_600),
            ("2028-02-29T00:00:00Z", 1_835_395_200), ("2100-03-01T00:00:00Z", 4_107_542_400),
        ])
    func roundTrip(_ text: String, _ seconds: Int) throws {
        let instant = try #require(Instant(text))
        #expect(instant.seconds == seconds)
        #expect(instant.text == text)
    }

    @Test("may leave out its seconds") func short() { #expect(Instant("2026-12-01T11:30Z")?.seconds == 1_796_124_600) }

    @Test(
        "lies on a day that a calendar has",
        arguments: [
            "2026-02-29T00:00Z", "2100-02-29T00:00Z", "2026-04-31T00:00Z", "2026-01-00T00:00Z", "1969-12-31T23:59Z",
        ])
    func impossible(_ text: String) { #expect(Instant(text) == nil) }

    @Test("is earlier by seconds over the ends of months")
    func earlier() { #expect(Instant("2028-03-01T00:20:00Z")?.earlier(by: 2400).text == "2028-02-29T23:40:00Z") }
}
