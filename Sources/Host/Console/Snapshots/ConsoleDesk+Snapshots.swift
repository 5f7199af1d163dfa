import Router

/// Daily figures made anew by visitors of the console.
extension ConsoleDesk {
    /// The most days that are compared at once.
    static let mostDays: Int64 = 31

    /// Makes all daily figures anew, and compares those of some days with what was stored; nobody waits for it.
    func rebuildSnapshots(_ form: QueryParameters, _ visit: ConsoleVisit) async throws(Problem) {
        let days = try Self.days(form, now: now)
        // Whether it can begin is known before it is written down, and decided after.
        guard rebuilds.report.progress != .running else { throw Self.rebuilding }
        let subject = AuditEntry.Subject(.snapshot, "\(days.lowerBound)..\(days.upperBound)")
        guard try await apply(PlatformChange(line(.snapshotsRebuilt, subject, visit))) == .done,
            rebuilds.begin(.rebuilding, comparing: days)
        else { throw Self.rebuilding }
    }

    private static let rebuilding = Problem(
        .unavailable, "daily figures are being compared or made anew; wait until that has ended")

    private static func days(_ form: QueryParameters, now: Moment) throws(Problem) -> ClosedRange<SnapshotDay> {
        let today = SnapshotDay(now)
        func day(_ name: String) throws(Problem) -> SnapshotDay {
            guard let day = SnapshotDay(text: form[name]?.trimmed ?? "") else {
                throw fault("/\(name)", "a day is written \(today)")
            }
            return day
        }
        let from = try day("from")
        let to = (form["to"]?.trimmed ?? "").isEmpty ? from : try day("to")
        guard from <= to else { throw fault("/to", "the last day is not before the first") }
        guard to <= today else { throw fault("/to", "the last day is \(today) at the latest") }
        guard to.number - from.number < mostDays else { throw fault("/to", "at most \(mostDays) days at once") }
        return from...to
    }

    private static func fault(_ pointer: String, _ detail: String) -> Problem {
        Problem(
            .invalidParameter, detail,
            errors: [JSONIssue(pointer: pointer, code: "invalid_value", detail: detail)])
    }
}
