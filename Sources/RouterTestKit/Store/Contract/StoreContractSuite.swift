package import Router

/// Everything the store protocols promise, as checks that any engine must pass.
///
/// Hand in a way to make an empty store, run every ``Check``, and expect no violation. Each check gets a store of its own.
/// Records are made from a seed, so that a failure can be repeated.
package struct StoreContractSuite: Sendable {
    private let seed: UInt64
    private let make: @Sendable () async throws -> any Store
    private let reopen: (@Sendable (any Store) async throws -> any Store)?

    /// The checks, for stores that `make` makes.
    ///
    /// - Parameters:
    ///   - seed: Chooses the records.
    ///   - make: Makes an empty store.
    ///   - reopen: Closes a store and opens what it had made durable again. Without it ``Check/reopening`` does nothing.
    package init(
        seed: UInt64 = 1, make: @escaping @Sendable () async throws -> any Store,
        reopen: (@Sendable (any Store) async throws -> any Store)? = nil
    ) {
        self.seed = seed
        self.make = make
        self.reopen = reopen
    }

    /// One part of the contract.
    package enum Check: String, Sendable, CaseIterable, CustomStringConvertible {
        case roundTrip, updates, versions, wholeUnits, orderOfUnits, idempotencyRecords, oneLiveAttempt, references,
            postings
        case eventNumbers, epochs, facts, lookups, timers, sending, filters, paging, pagingUnderInserts, evidence,
            totals
        case inbox, inboxKeys, inboxLimits, unmatched, hints, inboxOfUnits, events, apps, keys, endpoints, fanOut,
            deliveries,
            redelivery, replays,
            concurrency, cancellation
        case closing, reopening
        case reviews, openOrders, proofs, olderProofs, people
        case metadata, olderMetadata, leavingMetadata, sums
        case joinedUnits, claims, claimsAtOnce, repeats, promptLocks, kinds, holds
        case balances, accountLists, accountEntries, funds, frozenAndClosed, ledgerAmounts, accountHolds, walletLimits,
            dailyLimits, wallets, walletLists, walletChanges, ledgerUnits, ledgerAtOnce, verification
        case accounts, holdings, signUps, abandoned, sessions, challenges, challengesOfUnits, messages, bills,
            billsOfUnits,
            platformChanges, auditTrail, configurations, activations
        case search, searchedApps, searchedFollowUp, boundedLists
        case snapshotSteps, snapshotFolds, snapshotRows, snapshotSales

        package var description: String { rawValue }
    }

    /// Runs every check.
    package func violations() async -> [StoreViolation] {
        var found: [StoreViolation] = []
        for check in Check.allCases { found += await violations(check) }
        return found
    }

    /// Runs one check on a fresh store.
    ///
    /// - Returns: What did not hold; empty if all is well.
    package func violations(_ check: Check) async -> [StoreViolation] {
        var bench = Bench(check: check, records: RecordFactory(seed: seed))
        do {
            let store = try await make()
            try await run(check, store, &bench)
            await store.close()
        } catch {
            bench.record("no operation fails", "\(error)")
        }
        return bench.violations
    }

    private func run(_ check: Check, _ store: any Store, _ bench: inout Bench) async throws {
        switch check {
        case .accounts: try await accounts(store, &bench)
        case .snapshotSteps: try await snapshotSteps(store, &bench)
        case .snapshotFolds: try await snapshotFolds(store, &bench)
        case .snapshotRows: try await snapshotRows(store, &bench)
        case .snapshotSales: try await snapshotSales(store, &bench)
        case .holdings: try await holdings(store, &bench)
        case .signUps: try await signUps(store, &bench)
        case .abandoned: try await abandoned(store, &bench)
        case .sessions: try await sessions(store, &bench)
        case .challenges: try await challenges(store, &bench)
        case .challengesOfUnits: try await challengesOfUnits(store, &bench)
        case .messages: try await messages(store, &bench)
        case .bills: try await bills(store, &bench)
        case .platformChanges: try await platformChanges(store, &bench)
        case .auditTrail: try await auditTrail(store, &bench)
        case .configurations: try await configurations(store, &bench)
        case .activations: try await activations(store, &bench)
        case .billsOfUnits: try await billsOfUnits(store, &bench)
        case .inboxKeys: try await inboxKeys(store, &bench)
        case .unmatched: try await unmatched(store, &bench)
        case .roundTrip: try await roundTrip(store, &bench)
        case .updates: try await updates(store, &bench)
        case .search: try await search(store, &bench)
        case .searchedApps: try await searchedApps(store, &bench)
        case .searchedFollowUp: try await searchedFollowUp(store, &bench)
        case .boundedLists: try await boundedLists(store, &bench)
        case .reviews: try await reviews(store, &bench)
        case .openOrders: try await openOrders(store, &bench)
        case .proofs: try await proofs(store, &bench)
        case .olderProofs: try await olderProofs(store, &bench)
        case .people: try await people(store, &bench)
        case .metadata: try await metadata(store, &bench)
        case .olderMetadata: try await olderMetadata(store, &bench)
        case .leavingMetadata: try await leavingMetadata(store, &bench)
        case .sums: try await sums(store, &bench)
        case .joinedUnits: try await joinedUnits(store, &bench)
        case .claims: try await claims(store, &bench)
        case .claimsAtOnce: try await claimsAtOnce(store, &bench)
        case .repeats: try await repeats(store, &bench)
        case .promptLocks: try await promptLocks(store, &bench)
        case .kinds: try await kinds(store, &bench)
        case .holds: try await holds(store, &bench)
        case .balances: try await balances(store, &bench)
        case .accountLists: try await accountLists(store, &bench)
        case .accountEntries: try await accountEntries(store, &bench)
        case .funds: try await funds(store, &bench)
        case .frozenAndClosed: try await frozenAndClosed(store, &bench)
        case .ledgerAmounts: try await ledgerAmounts(store, &bench)
        case .accountHolds: try await accountHolds(store, &bench)
        case .walletLimits: try await walletLimits(store, &bench)
        case .dailyLimits: try await dailyLimits(store, &bench)
        case .wallets: try await wallets(store, &bench)
        case .walletLists: try await walletLists(store, &bench)
        case .walletChanges: try await walletChanges(store, &bench)
        case .ledgerUnits: try await ledgerUnits(store, &bench)
        case .ledgerAtOnce: try await ledgerAtOnce(store, &bench)
        case .verification: try await verification(store, &bench)
        case .versions: try await versions(store, &bench)
        case .wholeUnits: try await wholeUnits(store, &bench)
        case .orderOfUnits: try await orderOfUnits(store, &bench)
        case .idempotencyRecords: try await idempotencyRecords(store, &bench)
        case .oneLiveAttempt: try await oneLiveAttempt(store, &bench)
        case .references: try await references(store, &bench)
        case .postings: try await postings(store, &bench)
        case .eventNumbers: try await eventNumbers(store, &bench)
        case .epochs: try await epochs(store, &bench)
        case .facts: try await facts(store, &bench)
        case .lookups: try await lookups(store, &bench)
        case .timers: try await timers(store, &bench)
        case .sending: try await sending(store, &bench)
        case .filters: try await filters(store, &bench)
        case .paging: try await paging(store, &bench)
        case .pagingUnderInserts: try await pagingUnderInserts(store, &bench)
        case .evidence: try await evidence(store, &bench)
        case .totals: try await totals(store, &bench)
        case .inbox: try await inbox(store, &bench)
        case .inboxLimits: try await inboxLimits(store, &bench)
        case .hints: try await hints(store, &bench)
        case .inboxOfUnits: try await inboxOfUnits(store, &bench)
        case .events: try await events(store, &bench)
        case .apps: try await apps(store, &bench)
        case .keys: try await keys(store, &bench)
        case .endpoints: try await endpoints(store, &bench)
        case .fanOut: try await fanOut(store, &bench)
        case .deliveries: try await deliveries(store, &bench)
        case .redelivery: try await redelivery(store, &bench)
        case .replays: try await replays(store, &bench)
        case .concurrency: try await concurrency(store, &bench)
        case .cancellation: try await cancellation(store, &bench)
        case .closing: try await closing(store, &bench)
        case .reopening: if let reopen { try await reopening(store, reopen, &bench) }
        }
    }
}

/// A promise that a store did not keep.
package struct StoreViolation: Sendable, Hashable, CustomStringConvertible {
    package var check: StoreContractSuite.Check
    /// What should hold.
    package var promise: String
    /// What the store did instead, for the report.
    package var seen: String

    package var description: String { "[\(check)] \(promise): \(seen)" }
}
