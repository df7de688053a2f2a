/// A time zone with its offsets from UTC in minutes: enough to turn business hours into UTC, without the machine's own tables.
package struct TimeZoneRow: Sendable {
    package let name: String
    package let standardOffset: Int
    /// The offset in summer, where the zone changes its clocks.
    package let summerOffset: Int?

    package static func named(_ name: String) -> TimeZoneRow? { all.first { $0.name == name } }

    /// The zones known, by name; offsets as in the IANA database of 2026.
    package static let all: [TimeZoneRow] = {
        let fixed: [(Int, String)] = [
            (0, "UTC Etc/UTC Africa/Abidjan Africa/Accra Atlantic/Reykjavik"),
            (60, "Africa/Lagos Africa/Algiers Africa/Tunis"),
            (120, "Africa/Johannesburg Africa/Maputo Africa/Tripoli Europe/Kaliningrad"),
            (180, "Africa/Nairobi Asia/Riyadh Asia/Baghdad Asia/Qatar Europe/Istanbul Europe/Moscow Europe/Minsk"),
            (210, "Asia/Tehran"), (240, "Asia/Dubai Asia/Baku Asia/Tbilisi Asia/Yerevan"), (270, "Asia/Kabul"),
            (300, "Asia/Karachi Asia/Tashkent Asia/Almaty"), (330, "Asia/Kolkata Asia/Calcutta Asia/Colombo"),
            (345, "Asia/Kathmandu"), (360, "Asia/Dhaka"), (390, "Asia/Yangon"),
            (420, "Asia/Bangkok Asia/Jakarta Asia/Ho_Chi_Minh"),
            (
                480,
                "Asia/Singapore Asia/Shanghai Asia/Hong_Kong Asia/Taipei Asia/Manila Asia/Kuala_Lumpur Australia/Perth"
            ),
            (540, "Asia/Seoul Asia/Tokyo"), (570, "Australia/Darwin"), (600, "Australia/Brisbane Pacific/Guam"),
            (-180, "America/Sao_Paulo America/Argentina/Buenos_Aires America/Montevideo"),
            (-240, "America/Puerto_Rico America/Caracas America/La_Paz"),
            (-300, "America/Bogota America/Lima America/Panama"),
            (-360, "America/Mexico_City America/Costa_Rica America/Guatemala"), (-420, "America/Phoenix"),
            (-600, "Pacific/Honolulu"),
        ]
        let changing: [(Int, String)] = [
            (0, "Europe/London Europe/Dublin Europe/Lisbon"),
            (60, "Europe/Berlin Europe/Paris Europe/Madrid Europe/Rome Europe/Amsterdam Europe/Brussels Europe/Vienna"),
            (
                60,
                "Europe/Zurich Europe/Stockholm Europe/Oslo Europe/Copenhagen Europe/Prague Europe/Warsaw Europe/Budapest"
            ),
            (
                120,
                "Europe/Athens Europe/Helsinki Europe/Kyiv Europe/Bucharest Europe/Sofia Europe/Vilnius Asia/Jerusalem"
            ),
            (120, "Africa/Cairo Asia/Beirut"), (570, "Australia/Adelaide"),
            (600, "Australia/Sydney Australia/Melbourne Australia/Hobart"), (720, "Pacific/Auckland"),
            (-240, "America/Halifax America/Santiago"), (-300, "America/New_York America/Toronto America/Detroit"),
            (-360, "America/Chicago America/Winnipeg"), (-420, "America/Denver America/Edmonton"),
            (-480, "America/Los_Angeles America/Vancouver"), (-540, "America/Anchorage"), (-210, "America/St_Johns"),
        ]
        func rows(_ table: [(Int, String)], summer: Bool) -> [TimeZoneRow] {
            table.flatMap { offset, names in
                names.split(separator: " ").map {
                    TimeZoneRow(name: String($0), standardOffset: offset, summerOffset: summer ? offset + 60 : nil)
                }
            }
        }
        return rows(fixed, summer: false) + rows(changing, summer: true)
    }()
}
