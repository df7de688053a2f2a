import Diagnostics
import Testing

@testable import Groundwork
@testable import Planning

@Suite("Time zones")
struct TimeZoneTests {
    @Test("Names are sorted, each stands once, and clocks that change show two offsets within a day")
    func table() {
        let zones = Catalog.timeZones
        #expect(zones.count > 590)
        #expect(zip(zones, zones.dropFirst()).allSatisfy { $0.name < $1.name })
        #expect(zones.allSatisfy { $0.least >= -720 && ($0.greatest ?? $0.least) <= 840 })
        #expect(zones.allSatisfy { zone in zone.greatest.map { $0 > zone.least } ?? true })
        #expect(Catalog.timeZone(named: "Factory") == nil && Catalog.timeZone(named: "asia/seoul") == nil)
    }

    @Test(
        "A spec may name every one of them",
        arguments: ["UTC", "EST", "GB-Eire", "Etc/GMT+3", "America/North_Dakota/New_Salem"])
    func form(name: String) { #expect(Catalog.timeZone(named: name) != nil && Patterns.timezone.matches(name)) }

    @Test("Every name has the form that a spec asks for")
    func forms() { #expect(Catalog.timeZones.allSatisfy { Patterns.timezone.matches($0.name) }) }

    @Test(
        "A near miss is told the name, and an abbreviation is not taken for another one",
        arguments: [
            ("Asia/Soul", "Asia/Seoul"), ("ASIA/SEOUL", "Asia/Seoul"), ("utc", "UTC"), ("japan", "Japan"),
            ("Pacific/Chattam", "Pacific/Chatham"), ("Amerika/Bahia", "America/Bahia"), ("KST", nil), ("CEST", nil),
        ])
    func near(name: String, meant: String?) { #expect(TimeZoneRow.near(name) == meant) }

    /// From nine to six, Monday to Friday.
    @Test(
        "Business hours cover all that the zone's clocks show",
        arguments: [
            ("Asia/Seoul", "0 0 * * 1-5", "9h"), ("Asia/Kathmandu", "15 3 * * 1-5", "9h"),
            ("Pacific/Chatham", "15 19 * * 0-4", "10h"), ("Australia/Lord_Howe", "0 22 * * 0-4", "9h30m"),
            ("Europe/Dublin", "0 8 * * 1-5", "10h"), ("Africa/Casablanca", "0 8 * * 1-5", "10h"),
            ("Antarctica/Troll", "0 7 * * 1-5", "11h"), ("America/Bahia", "0 12 * * 1-5", "9h"),
            ("Pacific/Kiritimati", "0 19 * * 0-4", "9h"), ("Etc/GMT+12", "0 21 * * 1-5", "9h"),
        ])
    func windows(name: String, schedule: String, duration: String) throws {
        let text = try String(
            contentsOf: Case.folder.appending(path: "a-time-zone-off-the-hour/spec.yaml"), encoding: .utf8)
        var report = Report()
        let source = SpecSource(SourceFile(path: "spec.yaml", text: text.replacing("Pacific/Chatham", with: name)))
        let spec = try #require(understand(source, &report))
        let zone = try #require(Catalog.timeZone(named: name))
        let windows = quietWindows(try #require(spec.businessHours), spec.platform.timezone, zone)
        #expect(windows.map { $0.schedule?.value } == [schedule] && windows.map { $0.duration?.value } == [duration])
    }
}
