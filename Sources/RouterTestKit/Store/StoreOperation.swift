/// Every operation that a store promises, by its declaration.
///
/// A test compares the raw values with the protocols in `Router/Store`, so that none is added without a check of the
/// contract suite and a broken store that the check catches.
package enum StoreOperation: String, Sendable, Hashable, CaseIterable {
    case takeEpoch = "takeEpoch()"
    case fact = "fact(_ name: String)"
    case setFact = "setFact(_ name: String, _ value: String)"
    case close = "close()"

    case commit = "commit(_ units: [UnitOfWork], epoch: Int64)"
    case orderAggregate = "orderAggregate(_ id: OrderID)"
    case idempotencyRecord = "idempotencyRecord(_ key: IdempotencyRecord.Key)"
    case claim = "claim(_ lock: OrderLock)"
    case setRecordedStatus = "setRecordedStatus(_ key: IdempotencyRecord.Key, _ status: Int)"
    case byReference = "order(provider: ProviderID, reference: String)"
    case byOperatorReference = "order(provider: ProviderID, operatorReference: String)"
    case hasAttempts = "hasAttempts(provider: ProviderID)"
    case due = "due(_ queue: TimerQueue, before moment: Moment, limit: Int)"
    case nextDue = "nextDue(_ queue: TimerQueue)"
    case sending = "sending()"
    case openOrders = "openOrders()"
    case openPlaces = "openPlaces()"
    case openOrdersAt = "openOrders(at provider: ProviderID)"
    case exposed = "exposed()"
    case unkeyedProofs = "unkeyedProofs(after number: Int64, limit: Int)"
    case keyProofs = "keyProofs(_ keys: [(number: Int64, key: String)])"
    case page = "page(_ query: OrderQuery)"
    case sums = "sums(_ query: OrderQuery)"
    case evidence = "evidence(_ order: OrderID)"
    case steps = "steps(of order: OrderID)"
    case discrepancies = "discrepancies(_ order: OrderID)"
    case postings = "postings(_ movement: MovementID)"
    case unknownAttempts = "unknownAttempts()"
    case totals = "totals()"

    case receive = "receive(_ message: InboxMessage, limit: Int)"
    case keep = "keep(_ hint: InboxMessage, newest: Int)"
    case hints = "hints(about attempt: AttemptID)"
    case inbox = "inbox(before moment: Moment, limit: Int)"
    case unmatched = "unmatched(after id: InboxID?, limit: Int)"
    case inboxMessage = "inboxMessage(_ id: InboxID)"
    case finish = "finish(_ id: InboxID, _ state: InboxMessage.State)"
    case recognise = "recognise(_ id: InboxID, as trust: InboxMessage.Trust, dedupKey: String)"
    case holdsEarlier = "holdsEarlier(than message: InboxMessage, keys: String, butNot others: String)"
    case drop = "drop(_ ids: [InboxID])"

    case events =
        "events(app: AppID, environment: PayEnvironment, order: OrderID?, type: String?, after: EventID?, limit: Int)"
    case event = "event(_ id: EventID, app: AppID, environment: PayEnvironment)"

    case insertApp = "insert(_ app: App)"
    case updateApp = "update(_ app: App)"
    case app = "app(_ id: AppID)"
    case apps = "apps()"
    case insertKey = "insert(_ key: AppKey)"
    case updateKey = "update(_ key: AppKey)"
    case keys = "keys(of app: AppID)"
    case key = "key(hash: [UInt8])"

    case insertPerson = "insert(_ person: Person)"
    case updatePerson = "update(_ person: Person)"
    case people = "people()"
    case person = "person(named name: String)"

    case insertAccount = "insert(_ account: Account, wallet: Wallet?, challenges: [Challenge])"
    case updateAccount = "update(_ account: Account, using use: ChallengeUse?)"
    case account = "account(_ id: AccountID)"
    case accountNamed = "account(named name: Username)"
    case accountByPhone = "account(phone: MSISDN)"
    case accountByEmail = "account(email: String)"
    case accounts = "accounts(after: AccountID?, limit: Int)"
    case abandonedAccounts = "abandonedAccounts(at now: Moment, limit: Int)"
    case holdWallets = "hold(_ wallets: [WalletID], by account: AccountID)"
    case walletsOf = "wallets(of account: AccountID)"
    case holderOf = "holder(of wallet: WalletID)"
    case insertSession = "insert(_ session: AccountSession)"
    case session = "session(hash: [UInt8])"
    case endSession = "end(session hash: [UInt8])"
    case forgetSessions = "forgetSessions(before moment: Moment)"

    case insertChallenge = "insert(_ challenge: Challenge)"
    case challenge = "challenge(_ id: ChallengeID)"
    case challengeOf = "challenge(of account: AccountID, for purpose: Challenge.Purpose)"
    case judgeChallenge = "judge(_ use: ChallengeUse)"
    case resendChallenge = "resend(_ id: ChallengeID, at now: Moment)"
    case useChallenge = "use(_ use: ChallengeUse, by name: String)"
    case messages = "messages(before moment: Moment, limit: Int)"
    case nextMessage = "nextMessage()"
    case updateMessage = "update(_ message: MessageEntry)"
    case messageAbout = "message(about challenge: ChallengeID)"
    case forgetChallenges = "forgetChallenges(before moment: Moment)"

    case insertBill = "insert(_ bill: Bill, using use: ChallengeUse?)"
    case bill = "bill(_ id: BillID)"
    case billByCode = "bill(code: BillCode)"
    case bills = "bills(_ query: BillQuery)"
    case deleteBill = "delete(_ id: BillID, at now: Moment)"

    case applyPlatformChange = "apply(_ change: PlatformChange)"
    case appsOf = "apps(of owner: AccountID)"
    case audit = "audit(_ query: AuditQuery)"
    case verifyAudit = "verifyAudit()"

    case configurations = "configurations(before: Int64?, limit: Int)"
    case configuration = "configuration(_ number: Int64)"
    case activations = "activations(limit: Int)"
    case markTried = "markTried(_ number: Int64, on decisions: Int64)"

    case metadataIndex = "metadataIndex(of app: AppID)"
    case setMetadataIndex = "setMetadataIndex(_ names: [String], of app: AppID, from start: Moment)"
    case indexOlderMetadata = "indexOlderMetadata(limit: Int)"

    case balance = "balance(of account: LedgerAccount, in currency: Currency)"
    case balances = "balances(_ query: AccountQuery)"
    case entries = "entries(of account: LedgerAccount, in currency: Currency, before: Int64?, limit: Int)"
    case holds = "holds(of order: OrderID)"
    case insertWallet = "insert(_ wallet: Wallet)"
    case wallet = "wallet(_ id: WalletID, at now: Moment?)"
    case wallets = "wallets(_ query: WalletQuery)"
    case changeWallet = "change(_ wallet: WalletID, _ change: WalletChange, at now: Moment?)"

    case verifyLedger = "verifyLedger(progress: @escaping @Sendable (LedgerVerification) -> Void)"

    case snapshotFold = "snapshotFold()"
    case snapshotSteps = "snapshotSteps(after unit: Int64, limit: Int)"
    case foldSnapshots = "fold(_ batch: SnapshotBatch, into fold: Int64, after unit: Int64)"
    case snapshots = "snapshots(_ query: SnapshotQuery)"
    case sales = "sales(_ query: SalesQuery)"
    case snapshotDigest = "snapshotDigest()"
    case bookings = "bookings(after order: OrderID?, limit: Int)"
    case beginFold = "beginFold()"
    case replaceFold = "replaceFold(with fold: Int64)"
    case forgetFolds = "forgetFolds(limit: Int)"

    case insertEndpoint = "insert(_ endpoint: WebhookEndpoint)"
    case updateEndpoint = "update(_ endpoint: WebhookEndpoint)"
    case deleteEndpoint = "delete(_ id: WebhookEndpointID)"
    case endpoint = "endpoint(_ id: WebhookEndpointID)"
    case endpoints = "endpoints(app: AppID?)"
    case fanOut = "fanOut(at now: Moment, limit: Int)"
    case dueDeliveries = "dueDeliveries(_ endpoint: WebhookEndpointID, before moment: Moment, limit: Int)"
    case nextDelivery = "nextDelivery()"
    case recordDeliveries = "record(_ deliveries: [Delivery])"
    case deliveries = "deliveries(_ endpoint: WebhookEndpointID, after: EventID?, limit: Int)"
    case delivery = "delivery(of event: EventID, to endpoint: WebhookEndpointID)"
    case replay =
        "replay(_ endpoint: WebhookEndpointID, since moment: Moment, after: EventID?, limit: Int, at now: Moment)"
    case waiting = "waiting(_ endpoint: WebhookEndpointID, since moment: Moment)"
    case redeliver = "redeliver(_ endpoint: WebhookEndpointID, event: EventID?, failedSince: Moment?, at now: Moment)"

    /// Whether the operation changes what is stored.
    package var isWrite: Bool {
        switch self {
        case .commit, .setRecordedStatus, .keyProofs, .takeEpoch, .setFact, .receive, .keep, .finish, .recognise,
            .drop, .insertApp, .updateApp, .insertKey, .updateKey, .setMetadataIndex, .indexOlderMetadata,
            .insertPerson, .updatePerson, .insertEndpoint, .updateEndpoint, .deleteEndpoint, .fanOut, .recordDeliveries,
            .redeliver, .replay, .insertWallet, .changeWallet, .insertAccount, .updateAccount, .holdWallets,
            .insertSession,
            .endSession, .forgetSessions, .insertChallenge, .judgeChallenge, .resendChallenge, .useChallenge,
            .updateMessage, .forgetChallenges, .insertBill, .deleteBill, .foldSnapshots, .beginFold, .replaceFold,
            .forgetFolds, .markTried:
            true
        default: false
        }
    }
}
