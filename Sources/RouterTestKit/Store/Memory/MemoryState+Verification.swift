import Router

/// The check of the whole ledger, on what is in memory at once.
extension MemoryState {
    var verification: LedgerVerification {
        var verification = LedgerVerification()
        verification.record(balanceFindings)
        verification.count(.accounts, ledger.accounts.count)
        verification.count(.entries, ledger.entries.count)
        verification.count(.wallets, wallets.count)
        let entries = Dictionary(grouping: ledger.entries.indices) { ledger.entries[$0].posting.movement }
        for file in aggregates.values.sorted(by: { $0.order.id.text < $1.order.id.text }) {
            let books = books(of: file, entries[file.order.movement] ?? [])
            verification.count(.orders)
            verification.count(.attempts, file.attempts.count)
            verification.count(.holds, books.holds.count)
            verification.count(.discrepancies, file.discrepancies.count)
            verification.record(books.findings)
        }
        return verification
    }

    private var balanceFindings: [LedgerVerification.Finding] {
        var posted: [AccountBalance.Name: Int64] = [:]
        for entry in ledger.entries {
            for account in [entry.posting.debit, entry.posting.credit] {
                posted[.init(account, entry.posting.amount.currency), default: 0] &+= entry.posting.change(of: account)
            }
        }
        var held: [AccountBalance.Name: Int64] = [:]
        for hold in ledger.holds.values.flatMap(\.values) where hold.state == .pending {
            held[.init(hold.account, hold.amount.currency), default: 0] &+= hold.amount.minorUnits
        }
        return ledger.accounts.values.sorted { $0.name < $1.name }.flatMap { balance in
            let place = "\(balance.account) \(balance.currency)"
            var found: [LedgerVerification.Finding] = []
            let isSet = balance.account.healsItself && !balance.account.isDailyLimit
            if balance.posted != posted[balance.name, default: 0], !isSet {
                found.append(
                    .init(
                        .accounts, place, found: "posted \(balance.posted)",
                        expected: "\(posted[balance.name, default: 0]), the sum of its postings"))
            }
            if balance.held != held[balance.name, default: 0] {
                found.append(
                    .init(
                        .accounts, place, found: "held \(balance.held)",
                        expected: "\(held[balance.name, default: 0]), the sum of its pending holds"))
            }
            return found
        }
    }

    private func books(of file: StoredFile, _ indices: [Int]) -> OrderBooks {
        let order = file.order
        let entries = indices.map {
            AccountEntry(number: Int64($0 + 1), posting: ledger.entries[$0].posting, balance: nil)
        }
        var books = OrderBooks(
            OrderAggregate(stored: order, attempts: file.attempts), evidence: file.evidence, entries: entries,
            holds: ledger.holds[order.id].map { Array($0.values) } ?? [], discrepancies: file.discrepancies)
        books.hasOnlyKindsOfDisputes = order.disputes.isEmpty && !books.aggregate.order.disputes.isEmpty
        books.parent = order.parent.flatMap { aggregates[$0]?.order }
        books.suspense = ledger.accounts[.init(.suspense(order.id), order.amount.currency)]
        return books
    }
}
