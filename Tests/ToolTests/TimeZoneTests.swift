import Foundation
import Groundwork
import TestTools
import Testing

/// The table of time zones beside what Python's zoneinfo reads in the release of the IANA database that the table names.
struct TimeZoneTests {
    /// Prints each zone with every offset that it shows in the year of the release and the next, in minutes.
    private static let script = """
        import datetime, importlib.resources, json, sys, zoneinfo
        import tzdata
        folder = importlib.resources.files("tzdata")
        zoneinfo.reset_tzpath([str(folder / "zoneinfo")])
        year = int(tzdata.__version__.split(".")[0])
        start, end = (int(datetime.datetime(y, 1, 1, tzinfo=datetime.timezone.utc).timestamp()) // 3600 for y in (year, year + 2))
        hours = range(start, end, 6)
        names = set((folder / "zones").read_text().split()) - {"Factory"}
        json.dump({name: sorted({datetime.datetime.fromtimestamp(hour * 3600, zone).utcoffset().total_seconds() / 60 for hour in hours})
                   for name in names for zone in [zoneinfo.ZoneInfo(name)]}, sys.stdout)
        """

    /// The release that the table was made from, where Python has it.
    private static let hasDatabase =
        works(["python3", "-c", "import tzdata; assert f'tzdata=={tzdata.__version__}' == '\(requirement)'"])
    private static let requirement =
        (try? run([root.appending(path: "scripts/make-time-zones").path, "--requirement"])).map {
            String(decoding: $0.output, as: UTF8.self).trimmingCharacters(in: .newlines)
        } ?? ""

    @Test(
        "every zone shows the offsets of the IANA database, and none is missing",
        .enabled(if: hasDatabase, "python3 has not the tzdata that the table was made from"))
    func offsets() throws {
        let outcome = try run(["python3", "-c", Self.script])
        #expect(outcome.status == 0, "\(outcome.said)")
        let shown = try JSONDecoder().decode([String: [Double]].self, from: outcome.output)
        #expect(Set(Catalog.timeZones.map(\.name)) == Set(shown.keys))
        for zone in Catalog.timeZones {
            let bounds = [Double(zone.least), Double(zone.greatest ?? zone.least)]
            #expect(bounds == [shown[zone.name]?.first, shown[zone.name]?.last], "\(zone.name)")
            #expect((zone.greatest == nil) == (shown[zone.name]?.count == 1), "\(zone.name)")
        }
    }
}
