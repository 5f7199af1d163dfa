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
    /// - Throws: If the text is none of these.
    static func moment(_ text: String, now: Moment) throws(CommandFailure) -> Moment {
        if let unit = text.last.flatMap({ units[$0] }), text.count <= 7, let count = UInt32(text.dropLast()) {
            return now.adding(seconds: -Int64(count) * unit)
        }
        if let moment = Moment(rfc3339: text) ?? Moment(rfc3339: text + "T00:00:00Z") { return moment }
        throw CommandFailure.wrongArgument(
            "--since is a time back from now such as 30m, 24h, 7d or 2w, a day such as 2026-11-21, or an "
                + "RFC 3339 time such as 2026-11-21T09:30:00Z, not \"\(text)\"")
    }
}
