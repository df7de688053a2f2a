import Groundwork
import Simulate
import Testing

/// Cron triggers of KEDA.
struct CronTests {
    @Test(
        "finds the next match",
        arguments: [
            ("0 8 * * *", "2026-11-27T08:00Z", "2026-11-28T08:00Z"),
            ("0 8 * * *", "2026-11-27T07:59Z", "2026-11-27T08:00Z"),
            ("*/20 9-17 * * 1-5", "2026-11-27T17:40Z", "2026-11-30T09:00Z"),
            ("30 6 29 2 *", "2026-11-27T00:00Z", "2028-02-29T06:30Z"),
            ("0 0 1,15 * fri", "2026-11-27T12:00Z", "2026-12-01T00:00Z"),
            ("5/30 * * jan ?", "2026-11-27T12:00Z", "2027-01-01T00:05Z"),
            ("0 0 */2 * 1", "2026-11-27T00:00Z", "2026-11-29T00:00Z"),
        ])
    func next(_ expression: String, _ from: String, _ to: String) throws {
        let schedule = try #require(CronSchedule(expression))
        let start = try #require(Instant(from))
        #expect(schedule.next(after: start.seconds) == Instant(to)?.seconds)
    }

    @Test(
        "rejects what the library rejects",
        arguments: ["", "* * * *", "60 * * * *", "* * * * 7", "5-3 * * * *", "*/0 * * * *", "@daily"])
    func rejects(_ text: String) { #expect(CronSchedule(text) == nil) }

    @Test("a day that never comes has no match")
    func never() { #expect(CronSchedule("0 0 30 2 *")?.next(after: 0) == nil) }

    @Test("a window includes its start and not its end, in its own zone, also over midnight")
    func window() throws {
        let day = try trigger("0 8 * * 1-5", "30 18 * * 1-5")
        for (time, isInside) in [
            ("2026-11-27T00:59Z", true), ("2026-11-26T22:59:59Z", false), ("2026-11-26T23:00:00Z", true),
            ("2026-11-27T09:29:59Z", true), ("2026-11-27T09:30:00Z", false), ("2026-11-28T03:00Z", false),
        ] {
            #expect(day.holds(at: try #require(Instant(time))) == isInside, "\(time)")
        }
        let night = try trigger("0 22 * * *", "0 6 * * *")
        for (time, isInside) in [
            ("2026-11-27T12:59Z", false), ("2026-11-27T13:00Z", true), ("2026-11-27T20:59Z", true),
        ] {
            #expect(night.holds(at: try #require(Instant(time))) == isInside, "\(time)")
        }
    }

    @Test("a zone follows the changes that are given")
    func changes() throws {
        let change = ZoneClock.Change(from: try #require(Instant("2026-03-29T01:00Z")), offset: 120)
        let clock = try #require(ZoneClock("Europe/Berlin", changes: [change]))
        let (winter, summer) = (try #require(Instant("2026-01-01T00:00Z")), try #require(Instant("2026-07-01T00:00Z")))
        #expect(clock.local(winter) - winter.seconds == 3600)
        #expect(clock.local(summer) - summer.seconds == 7200)
        #expect(ZoneClock("Europe/Nowhere") == nil)
    }

    /// A trigger in a zone nine hours ahead of UTC.
    private func trigger(_ start: String, _ end: String) throws -> CronTrigger {
        CronTrigger(
            start: try #require(CronSchedule(start)), end: try #require(CronSchedule(end)),
            zone: try #require(ZoneClock("Asia/Tokyo")), replicas: 3)
    }
}
