import Router
import RouterTestKit

/// The one promise that a ``BrokenStore`` does not keep.
enum StoreFault: Sendable, Hashable, CustomStringConvertible {
    /// A read finds nothing; a write does nothing and says that it did.
    case idle(StoreOperation)
    /// What is committed lacks a part of its unit, named as in ``UnitOfWork``.
    case loses(part: String)
    /// A list, or its sums, does not look at a condition, named as in its query.
    case ignores(condition: String, StoreOperation)
    /// Something that the store shall keep from happening happens.
    case admits(StoreConstraint)
    /// The ledger refuses nothing for a reason.
    case grants(LedgerRefusal.Reason)
    /// The check of the ledger says nothing of a table.
    case overlooks(LedgerVerification.Table)
    case slip(Slip)

    var description: String {
        switch self {
        case .idle(let operation): "idle \(operation)"
        case .loses(let part): "loses \(part)"
        case .ignores(let condition, let operation): "\(operation) ignores \(condition)"
        case .admits(let constraint): "admits \(constraint.name)"
        case .grants(let reason): "grants what is \(reason)"
        case .overlooks(let table): "overlooks \(table)"
        case .slip(let slip): "\(slip)"
        }
    }

    /// Other promises, each broken in the way that an engine would break it first.
    enum Slip: String, Sendable, Hashable, CaseIterable {
        // Commits.
        case admitsStaleEpochs, admitsStaleVersions, insertsOverWhatIsThere, takesTakenKeys, goesOnAfterAConflict,
            namesTheWrongUnit, writesJoinedUnitsAlone, endsWithItsCaller, admitsTakenLocks, keepsPromptLocks,
            repeatsEpochs,
            keepsTheFirstFact
        // Looking up orders.
        case findsOurReferencesAnywhere, findsTheirReferencesAnywhere, seesAttemptsEverywhere, dueOfEveryQueue,
            dueTooEarly, dueWithoutLimit, dueInNoOrder, nextDueOfEveryQueue, openAtEveryProvider, unkeyedFromTheStart,
            unkeyedWithoutLimit, keysTwoAlike, evidenceNewestFirst, stepsNewestFirst, discrepanciesNewestFirst,
            postingsBackwards,
            listsOldestFirst, looksToTheEnd, sumsInNoOrder
        // The ledger.
        case accountsBackwards, entriesOldestFirst, entriesFromTheStart, entriesWithoutLimit, entriesOfEveryCurrency,
            entriesWithoutBalances, holdsBackwards, writesWhatTheLedgerRefused, holdsWithoutEnd, holdsWithoutCeiling,
            placesNoHolds, postsNoHolds, voidsNoHolds, verifiesInSilence, countsDaysForEver, countsDaysWithoutEnd,
            keepsNoDays, refusesWithoutRoom, tellsOfNumbers
        // Wallets.
        case walletsOldestFirst, makesWalletsTwice, closesFullWallets, changesClosedWallets, freezesNothing,
            unfreezesNothing, closesNothing, limitsNothing, showsEndedUses, showsEndedUsesOfChanged
        // Events.
        case eventsOfEveryEnvironment, eventsOfEveryOrder, eventsOfEveryType, eventsFromTheStart, eventsWithoutLimit,
            eventsOldestFirst
        // The inbox.
        case receivesWithoutLimit, receivesTwice, keepsAllHints, hintsOldestFirst, inboxTooEarly, inboxWithoutLimit,
            inboxNewestFirst, unmatchedFromTheStart, unmatchedWithoutLimit, unmatchedNewestFirst, recognisesTakenKeys,
            earlierOfEveryKey, earlierOfItsOwn
        // Apps, keys, people.
        case insertsAppsTwice, updatesMissingApps, appsNewestFirst, insertsKeysTwice, updatesMissingKeys,
            keysOfEveryApp, keysNewestFirst, insertsPeopleTwice, updatesMissingPeople, peopleNewestFirst,
            peopleInEveryCase
        // Accounts, codes, bills.
        case losesFirstWallets, losesFirstCodes, sendsCodesOfRefusedAccounts, findsAddressesByCase, listsAllAccounts,
            accountsOldestFirst, holdingsBackwards,
            countsNoTries, sendsTooEarly, makesBillsWithoutCodes, billsOldestFirst
        // The platform.
        case tellsOfRefusedChanges, appsOfEveryOwner, auditOldestFirst, configurationsFromTheNewest,
            configurationsWithoutLimit, configurationsOldestFirst, activationsWithoutLimit, activationsOldestFirst
        // Metadata.
        case indexesFromAlways, indexesWithoutLimit
        // Snapshots.
        case stepsFromTheStart, stepsWithoutLimit, stepsBackwards, forgetsWhatWasBefore, foldsTwice, snapshotsBackwards,
            salesBackwards, bookingsFromTheStart, bookingsWithoutLimit, bookingsBackwards
        // Webhooks.
        case insertsEndpointsTwice, updatesMissingEndpoints, endpointsOfEveryApp, fansOutWithoutLimit, fansOutLater,
            deliversTooEarly, deliversWithoutLimit, deliversNewestFirst, deliveriesFromTheStart, deliveriesWithoutLimit,
            deliveriesOldestFirst, redeliversWhateverFailed, redeliversTooMuch,
            replaysFromAlways, replaysFromTheStart, replaysWithoutLimit, replaysLater
    }
}

/// How a part of a unit, or a condition of a list, is left out; tests compare the names with those of the values.
enum LeftOut {
    static let parts: [String: @Sendable (inout UnitOfWork) -> Void] = [
        "idempotencyRecord": { $0.idempotencyRecord = nil },
        "claim": { $0.claim = nil },
        "attempts": { $0.attempts = [] },
        "added": { $0.added = [] },
        "changed": { $0.changed = [] },
        "evidence": { $0.evidence = [] },
        "events": { $0.events = [] },
        "postings": { $0.postings = [] },
        "holds": { $0.holds = [] },
        "spends": { $0.spends = [] },
        "discrepancies": { $0.discrepancies = [] },
        "joined": { $0.joined = [] },
        "inboxDone": { $0.inboxDone = nil },
        "challenge": { $0.challenge = nil },
        "billStep": { $0.billStep = nil },
    ]

    static let conditions: [String: @Sendable (inout OrderQuery) -> Void] = [
        "kind": { $0.kind = nil },
        "parent": { $0.parent = nil },
        "apps": { $0.apps = nil },
        "environment": { $0.environment = nil },
        "status": { $0.status = nil },
        "review": { $0.review = nil },
        "findsByDecision": { $0.findsByDecision = false },
        "channel": { $0.channel = nil },
        "provider": { $0.provider = nil },
        "reference": { $0.reference = nil },
        "phone": { $0.phone = nil },
        "amount": { $0.amount = nil },
        "idempotencyKey": { $0.idempotencyKey = nil },
        "requestID": { $0.requestID = nil },
        "attemptReference": { $0.attemptReference = nil },
        "operatorReference": { $0.operatorReference = nil },
        "event": { $0.event = nil },
        "metadata": { $0.metadata = [] },
        "createdFrom": { $0.createdFrom = nil },
        "createdBefore": { $0.createdBefore = nil },
        "after": { $0.after = nil },
        "before": { $0.before = nil },
        "limit": { $0.limit = 10_000 },
        "mostRows": { $0.mostRows = nil },
    ]

    static let accountConditions: [String: @Sendable (inout AccountQuery) -> Void] = [
        "kind": { $0.kind = nil },
        "accounts": { $0.accounts = nil },
        "app": { $0.app = nil },
        "environment": { $0.environment = nil },
        "currency": { $0.currency = nil },
        "after": { $0.after = nil },
        "limit": { $0.limit = 10_000 },
        "now": { $0.now = nil },
    ]

    static let walletConditions: [String: @Sendable (inout WalletQuery) -> Void] = [
        "now": { $0.now = nil },
        "app": { $0.app = nil },
        "environment": { $0.environment = nil },
        "reference": { $0.reference = nil },
        "owner": { $0.owner = nil },
        "state": { $0.state = nil },
        "after": { $0.after = nil },
        "limit": { $0.limit = 10_000 },
    ]

    static let billConditions: [String: @Sendable (inout BillQuery) -> Void] = [
        "app": { $0.app = nil },
        "environment": { $0.environment = nil },
        "issuer": { $0.issuer = nil },
        "recipient": { $0.recipient = nil },
        "state": { $0.state = nil },
        "after": { $0.after = nil },
        "limit": { $0.limit = 10_000 },
    ]

    static let snapshotConditions: [String: @Sendable (inout SnapshotQuery) -> Void] = [
        "apps": { $0.apps = nil },
        "environment": { $0.environment = nil },
        "from": { $0.from = SnapshotDay(number: 0) },
        "to": { $0.to = SnapshotDay(number: 1_000_000) },
        "after": { $0.after = nil },
        "limit": { $0.limit = nil },
    ]

    static let salesConditions: [String: @Sendable (inout SalesQuery) -> Void] = [
        "topic": { $0.topic = .item },
        "from": { $0.from = SnapshotDay(number: 0) },
        "to": { $0.to = SnapshotDay(number: 1_000_000) },
        "limit": { $0.limit = 10_000 },
    ]

    /// Conditions that sums pay no attention to: they count every page.
    static let pages: Set<String> = ["after", "before", "limit", "mostRows"]
}
