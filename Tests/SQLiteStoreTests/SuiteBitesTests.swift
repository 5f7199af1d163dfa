import Router
import RouterTestKit
import Testing

/// A contract that lets a broken store pass is worth nothing: each of these breaks one promise and must be caught.
@Suite struct SuiteBitesTests {
    /// The first check that finds something wrong with a store that has a fault, and nothing with a good one; `nil` if
    /// none does.
    private static func check(thatCatches fault: StoreFault) async -> StoreContractSuite.Check? {
        let suite = StoreContractSuite(
            make: { BrokenStore(fault) },
            reopen: { store in
                guard let broken = store as? BrokenStore else { throw StoreFailure(.other, "another store") }
                return BrokenStore(MemoryStore(from: broken.good.snapshot()), fault)
            })
        let good = StoreContractSuite(
            make: { MemoryStore() },
            reopen: { store in
                guard let memory = store as? MemoryStore else { throw StoreFailure(.other, "another store") }
                return MemoryStore(from: memory.snapshot())
            })
        for check in StoreContractSuite.Check.allCases where await !suite.violations(check).isEmpty {
            if await good.violations(check).isEmpty { return check }
        }
        return nil
    }

    @Test(arguments: StoreOperation.allCases)
    func `an operation that does nothing is caught`(_ operation: StoreOperation) async {
        #expect(await Self.check(thatCatches: .idle(operation)) != nil)
    }

    @Test(arguments: StoreFault.Slip.allCases)
    func `a slip is caught`(_ slip: StoreFault.Slip) async {
        #expect(await Self.check(thatCatches: .slip(slip)) != nil)
    }

    @Test(arguments: StoreConstraint.named)
    func `a constraint that is not kept is caught`(_ constraint: StoreConstraint) async {
        #expect(await Self.check(thatCatches: .admits(constraint)) != nil)
    }

    /// Wallets are made and changed by the store itself, so that none can be made wrongly by its callers.
    @Test(arguments: LedgerVerification.Table.allCases.filter { $0 != .wallets })
    func `a check of the ledger that overlooks a table is caught`(_ table: LedgerVerification.Table) async {
        #expect(await Self.check(thatCatches: .overlooks(table)) != nil)
    }

    @Test(arguments: LedgerRefusal.Reason.allCases)
    func `a ledger that does not refuse is caught`(_ reason: LedgerRefusal.Reason) async {
        #expect(await Self.check(thatCatches: .grants(reason)) != nil)
    }

    @Test(arguments: LeftOut.accountConditions.keys.sorted())
    func `a condition that a list of accounts ignores is caught`(_ condition: String) async {
        #expect(await Self.check(thatCatches: .ignores(condition: condition, .balances)) != nil)
    }

    @Test(arguments: LeftOut.walletConditions.keys.sorted())
    func `a condition that a list of wallets ignores is caught`(_ condition: String) async {
        #expect(await Self.check(thatCatches: .ignores(condition: condition, .wallets)) != nil)
    }

    @Test(arguments: LeftOut.billConditions.keys.sorted())
    func `a condition that a list of bills ignores is caught`(_ condition: String) async {
        #expect(await Self.check(thatCatches: .ignores(condition: condition, .bills)) != nil)
    }

    @Test(arguments: LeftOut.snapshotConditions.keys.sorted())
    func `a condition that snapshots ignore is caught`(_ condition: String) async {
        #expect(await Self.check(thatCatches: .ignores(condition: condition, .snapshots)) != nil)
    }

    @Test(arguments: LeftOut.salesConditions.keys.sorted())
    func `a condition that sales ignore is caught`(_ condition: String) async {
        #expect(await Self.check(thatCatches: .ignores(condition: condition, .sales)) != nil)
    }

    @Test(arguments: LeftOut.parts.keys.sorted())
    func `a part of a unit that is lost is caught`(_ part: String) async {
        #expect(await Self.check(thatCatches: .loses(part: part)) != nil)
    }

    @Test(arguments: LeftOut.conditions.keys.sorted())
    func `a condition that a list ignores is caught`(_ condition: String) async {
        #expect(await Self.check(thatCatches: .ignores(condition: condition, .page)) != nil)
    }

    @Test(arguments: LeftOut.conditions.keys.filter { !LeftOut.pages.contains($0) }.sorted())
    func `a condition that sums ignore is caught`(_ condition: String) async {
        #expect(await Self.check(thatCatches: .ignores(condition: condition, .sums)) != nil)
    }

    /// What a store held before its restart, read by each of these, is there after it.
    @Test(arguments: [
        StoreOperation.takeEpoch, .fact, .orderAggregate, .idempotencyRecord, .claim, .evidence, .discrepancies,
        .postings,
        .inbox,
        .event, .apps, .keys, .people, .metadataIndex, .endpoints, .deliveries, .balance, .balances, .entries, .holds,
        .wallet, .wallets, .account, .holderOf, .session, .challenge, .messageAbout, .bill,
    ])
    func `what is lost at restart is caught`(_ operation: StoreOperation) async {
        let suite = StoreContractSuite(
            make: { MemoryStore() },
            reopen: { store in
                guard let memory = store as? MemoryStore else { throw StoreFailure(.other, "another store") }
                return BrokenStore(MemoryStore(from: memory.snapshot()), .idle(operation))
            })
        #expect(await !suite.violations(.reopening).isEmpty)
    }

    @Test func `a store that loses everything at restart is caught`() async {
        let suite = StoreContractSuite(make: { MemoryStore() }, reopen: { _ in MemoryStore() })
        #expect(await suite.violations(.reopening).count > 5)
    }

    @Test func `a store that fails is caught by every check`() async {
        let suite = StoreContractSuite(
            make: { MemoryStore { _ in .fail(StoreFailure(.inputOutput)) } }, reopen: { $0 })
        for check in StoreContractSuite.Check.allCases {
            #expect(await !suite.violations(check).isEmpty, "\(check)")
        }
    }
}
