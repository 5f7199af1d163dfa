import Router

/// What callers hear of a daily limit that is reached.
enum DailyLimitAnswers {
    /// Of an app's limit everything; of a number's, which other apps use up as well, only that it is reached.
    ///
    /// - Returns: `nil` if the refusal is not about a daily limit.
    static func problem(_ refusal: LedgerRefusal, _ places: RefusalPlaces, payment: OrderID?) -> Problem? {
        guard refusal.reason == .limit, let name = refusal.account.dailyLimit else { return nil }
        let whose = name.owner == .app ? "the app" : "the phone number"
        var limit = JSONObject([
            .init("per", .string(name.owner.rawValue)),
            .init("operation", .string(name.operation.rawValue)),
            .init("measure", .string(name.measure.rawValue)),
        ])
        if let room = refusal.room {
            limit["left"] = JSONValue(room.left)
            limit["next_end"] = JSONValue(room.nextEnd.map { "\($0)" })
        }
        return Problem(
            .dailyLimitReached,
            "\(whose) has used up what it may do in a day: \(words(name.measure)) of its \(name.operation.rawValue)s",
            errors: [issue(name, refusal.room, places)].compactMap { $0 }, payment: payment,
            extra: [("daily_limit", .object(limit))])
    }

    private static func words(_ measure: WalletLimit.Measure) -> String {
        switch measure {
        case .amount: "the amount"
        case .count: "the number"
        }
    }

    /// The member that would have to be another; `nil` where only waiting helps.
    private static func issue(
        _ name: DailyLimitName, _ room: LedgerRefusal.Room?, _ places: RefusalPlaces
    ) -> JSONIssue? {
        guard name.owner == .app else {
            return JSONIssue(
                pointer: places.pointer(name.operation == .payout ? .partyPhone : .customerPhone),
                code: ProblemCode.dailyLimitReached.rawValue,
                detail: "has reached its daily limit; name another number, or wait")
        }
        guard name.measure == .amount, let room, room.left > 0 else { return nil }
        return JSONIssue(
            pointer: "/amount", code: ProblemCode.dailyLimitReached.rawValue,
            detail: "must be at most \(room.left) at present")
    }
}
