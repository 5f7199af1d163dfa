import Router

/// What callers hear of an order number that is taken.
enum DuplicateAnswers {
    /// An earlier order keeps the new one out.
    static func duplicate(of holder: Order, isRepeatable: Bool, page: String?) -> Problem {
        var members: [(String, JSONValue)] = []
        if let page { members.append(("hosted_url", .string(page))) }
        if isRepeatable { members.append(("repeat_of", .string(holder.id.text))) }
        return Problem(
            .possibleDuplicate, detail(holder, isRepeatable: isRepeatable), payment: holder.id, ofOrder: members)
    }

    /// The answer to a `repeat_of` that names another order than the newest holder; `nil` if nobody holds the number.
    static func wrongRepeat(holder: Order?) -> Problem {
        guard let holder else {
            return Problem(
                .invalidRepeat,
                "no order holds this order number (and, for payouts and transfers, payee), so repeat_of names one of others; nothing was "
                    + "sent. Compare what you typed with that order before you ask again",
                errors: [issue("names an order of another order number or payee")])
        }
        return Problem(
            .invalidRepeat, "repeat_of must name the newest order that holds this order number, which is \(holder.id)",
            errors: [issue("expected \(holder.id)")], payment: holder.id)
    }

    /// Many payouts failed, and each may turn out to have been executed.
    static var tooMany: Problem {
        Problem(
            .limitReached,
            "\(OrderLock.maximumListed) orders of this order number and payee failed after they were sent; find out why, "
                + "then use another order number")
    }

    private static func detail(_ holder: Order, isRepeatable: Bool) -> String {
        let what = "\(holder.kind.rawValue) \(holder.id) of this order number is \(holder.status.rawValue)"
        switch (holder.kind, isRepeatable) {
        case (.payout, true), (.transfer, true): return what + "; to pay once more on purpose, name it in repeat_of"
        case (.payout, false), (.transfer, false):
            return what + "; it was or may be executed: do not ask again, follow it to its end"
        case (_, true):
            return what + "; wait for its end, or name it in repeat_of to ask the payer once more all the same"
        case (_, false): return what + "; send the payer back to it, or cancel it and wait for its end"
        }
    }

    private static func issue(_ detail: String) -> JSONIssue {
        JSONIssue(pointer: "/repeat_of", code: "invalid_repeat", detail: detail)
    }
}
