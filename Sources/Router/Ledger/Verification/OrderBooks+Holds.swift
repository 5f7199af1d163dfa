/// A hold that an order has placed, or may have placed.
private struct ExpectedHold {
    var hold: Hold
    /// Whether it is there in any case; a limit's is there only where one was set, and until it has ended.
    var isCertain = true
    /// Whether it is known when it ends.
    var hasEnd = true

    var shown: String { OrderBooks.shown(hold) + (isCertain ? "" : ", or none") }
}

/// Which holds an order has, and what became of them.
extension OrderBooks {
    var holdFindings: [Finding] {
        var findings: [Finding] = []
        var expected: [LedgerAccount: ExpectedHold] = [:]
        for hold in expectedHolds { expected[hold.hold.account] = hold }
        for found in holds {
            let place = "\(found.account) of \(place)"
            guard let wanted = expected.removeValue(forKey: found.account) else {
                findings.append(
                    Finding(
                        .holds, place, found: Self.shown(found), expected: "no hold, as the order stands"))
                continue
            }
            var compared = found
            if !wanted.hasEnd { compared.endsAt = wanted.hold.endsAt }
            guard compared != wanted.hold else { continue }
            findings.append(Finding(.holds, place, found: Self.shown(found), expected: wanted.shown))
        }
        let missing = expected.values.filter(\.isCertain).map {
            Finding(.holds, "\($0.hold.account) of \(place)", found: "no hold", expected: $0.shown)
        }
        return findings + missing.sorted { $0.place < $1.place }
    }

    fileprivate static func shown(_ hold: Hold) -> String {
        "\(hold.amount) \(hold.state.rawValue), \(hold.at)" + (hold.endsAt.map { " until \($0)" } ?? "")
    }

    private var expectedHolds: [ExpectedHold] {
        let isLost = order.outcome == .failed || order.outcome == .cancelled
        let ends: Hold.State = order.outcome == .succeeded ? .posted : isLost ? .voided : .pending
        var expected = Self.placed(LedgerLines.accepting(order)).map { hold in
            if hold.account.healsItself { return limit(hold, isLost: isLost) }
            // What a transfer keeps at the recipient's operator is given back, whatever its end.
            return ended(hold, order.kind == .transfer && order.outcome.isFinal ? .voided : ends)
        }
        expected += order.dailyUses.map { dailyUse($0) }
        guard order.outcome == .succeeded else { return expected }
        if let terms = order.request.transfer, let sender = terms.from.wallet, let recipient = terms.to.wallet {
            let lines = LedgerLines.between(order, from: sender, to: recipient, terms, at: order.createdAt)
            return expected + Self.placed(lines).map { limit($0, isLost: false) }
        }
        guard let succeeded, let at = reached(succeeded) else { return expected }
        expected += Self.placed(LedgerLines.executed(order, by: succeeded, at: at)).map { hold in
            if hold.account.healsItself { return limit(hold, isLost: false) }
            // When an authorization ends may have been known only afterwards.
            var wanted = ended(hold, authorizationState)
            wanted.hasEnd = false
            return wanted
        }
        return expected
    }

    private static func placed(_ lines: LedgerLines) -> [Hold] {
        lines.holds.compactMap { if case .place(let hold, _) = $0 { hold } else { nil } }
    }

    private func ended(_ hold: Hold, _ state: Hold.State) -> ExpectedHold {
        var hold = hold
        hold.state = state
        return ExpectedHold(hold: hold)
    }

    private func limit(_ hold: Hold, isLost: Bool) -> ExpectedHold {
        var expected = ended(hold, isLost ? .voided : .pending)
        expected.isCertain = false
        return expected
    }

    /// What was given back before its day was over stays on file; anything else is gone when it has ended.
    private func dailyUse(_ use: DailyUse) -> ExpectedHold {
        let isLost = order.hasGivenBack(use)
        var expected = limit(order.hold(of: use), isLost: isLost)
        expected.isCertain = isLost && expected.hold.endsAt.map { order.updatedAt < $0 } ?? true
        return expected
    }

    /// What became of what an authorization holds of a wallet.
    private var authorizationState: Hold.State {
        func has(_ kind: OrderKind) -> Bool {
            order.followUps.contains { $0.kind == kind && $0.status == .succeeded }
        }
        if has(.capture) { return .posted }
        return has(.void) || order.lapsedAt != nil ? .voided : .pending
    }
}
