import WebText

extension RequestSpace {
    /// One moment of each kind that conditions tell apart.
    ///
    /// Days are those of a week behind each bound of dates and each holiday, so that every weekday is met on every side of it; the
    /// moments of a day are those at which a clock of some rule passes a bound.
    static func moments(_ leaves: [RouteCondition]) -> [Moment] {
        var days: Set<Int64> = []
        var minutes: Set<Int> = [0]
        var zones: [TimeZoneRules] = [.utc]
        func around(_ day: Int64) { days.formUnion((day - 8)...(day + 8)) }
        for leaf in leaves {
            switch leaf {
            case .timeOfDay(let from, let to, let zone):
                minutes.formUnion([from, to])
                zones.append(zone)
            case .weekday(_, let zone): zones.append(zone)
            case .date(let from, let to, let zone):
                for day in [from, to].compactMap(\.self) { around(day.daysSinceEpoch) }
                zones.append(zone)
            case .holiday(let list, _, let zone):
                for day in list.allDays { around(day) }
                zones.append(zone)
            default: break
            }
        }
        // Some plain week, when there is no date at all.
        around(20_800)
        var seen: Set<String> = []
        var moments: [Moment] = []
        for day in days.sorted() {
            for zone in distinct(zones) {
                for minute in minutes.sorted() {
                    let local = Moment(milliseconds: day * 86_400_000 + Int64(minute) * 60_000)
                    // The offset at the moment itself: clocks that change within a day are not looked for.
                    let offset = zone.time(at: local).milliseconds - local.milliseconds
                    let moment = local.adding(milliseconds: -offset)
                    var sketch = RequestSketch()
                    sketch.now = moment
                    let truths = leaves.map { $0.isTrue(of: sketch) ? "1" : "0" }.joined()
                    if seen.insert(truths).inserted { moments.append(moment) }
                }
            }
        }
        return moments
    }
}
