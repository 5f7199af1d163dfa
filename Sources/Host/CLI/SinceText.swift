import Router

/// A moment in the past as people give it to a command.
enum SinceText {
    private static let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800]

    /// Reads a time back from now, a day or a time.
    ///
    /// - Parameters:
    ///   - text: Such as `30m`, `24h`, `7d`, `2w`, `2026-11-21` (from midnight UTC) or an RFC 3339 time.
    ///   - now: From where it is counted back.
    /// - Returns: The moment.
    /// - Throws: If the text is none of these, or is not in the past.
    static func moment(_ text: String, now: Moment) throws(CommandFailure) -> Moment {
        if let unit = text.last.flatMap({ units[$0] }), text.count <= 7, let count = UInt32(text.dropLast()) {
            guard count > 0 else {
                throw CommandFailure.wrongArgument(
                    "--since \(text) is now, since when nothing can have happened; give a time back such as 30m or 24h")
            }
            return now.adding(seconds: -Int64(count) * unit)
        }
        if let moment = Moment(rfc3339: text) ?? Moment(rfc3339: text + "T00:00:00Z") {
            guard moment <= now else {
                throw CommandFailure.wrongArgument(
                    "--since \(text) is in the future: it is \(now); give a time in the past, such as 24h or "
                        + "\(SnapshotDay(now))")
            }
            return moment
        }
        throw CommandFailure.wrongArgument(
            "--since is a time back from now such as 30m, 24h, 7d or 2w, a day such as 2026-11-21, or an "
                + "RFC 3339 time such as 2026-11-21T09:30:00Z, not \"\(text)\"")
    }
}
