import Router

extension GSMABillerCalls {
    /// Settings, checked.
    init(_ settings: GSMABillerKind.Settings, _ setup: ProviderSetup) throws(ProviderConfigurationError) {
        let require = ProviderConfigurationError.require
        try require(
            PaymentChannel.isValid(settings.channel), "channel", "expected a channel's name, such as electricity")
        guard let currency = Currency(code: settings.currency) else {
            throw .setting("currency", "expected an ISO 4217 code, such as XOF")
        }
        let limits = try ProviderManifest.CurrencyLimits(
            currency, minimum: settings.minimum, maximum: settings.maximum, standard: 1...100_000_000)
        let given = settings.account
        try require((1...40).contains(given.name.count), "account/name", "expected 1 to 40 characters")
        try require(given.minimumLength >= 1, "account/minimum_length", "expected at least 1")
        try require(
            (given.minimumLength...max(given.minimumLength, 64)).contains(given.maximumLength)
                && given.maximumLength <= 64,
            "account/maximum_length", "expected the minimum or more, and at most 64")
        try require(!settings.paidStatuses.isEmpty, "paid_statuses", "expected at least one word that means paid")
        let words = settings.paidStatuses + (settings.pendingStatuses ?? [])
        try require(
            words.allSatisfy { $0.consists(of: .printable, 1...256) } && Set(words).count == words.count,
            "paid_statuses", "expected words of billPaymentStatus, each in one list and once")
        for (name, text) in [
            ("goods_key", settings.goodsKey), ("name_key", settings.nameKey), ("client_id", settings.clientID),
        ] {
            try require(text.map { $0.consists(of: .visible, 1...256) } ?? true, name, "expected one visible word")
        }
        try require(
            settings.organisation.map { $0.consists(of: .printable, 1...256) } ?? true, "organisation",
            "expected 1 to 256 printable characters")
        let seconds = settings.goodsWithinSeconds ?? ProviderContract.undeclaredSeconds
        try require((60...2_592_000).contains(seconds), "goods_within_seconds", "expected a minute to 30 days")
        let shape = BillAccountShape(
            given.characters ?? .digits, length: given.minimumLength...given.maximumLength)
        var account = settings.clientID ?? ""
        if settings.clientID == nil { account = try setup.requiredKey("api_key").accountName }
        self.init(
            root: try setup.root(standard: nil), identifierType: settings.identifierType ?? .accountid,
            pays: settings.pays ?? .account, currency: currency, paidStatuses: Set(settings.paidStatuses),
            pendingStatuses: Set(settings.pendingStatuses ?? []), goodsKey: settings.goodsKey,
            nameKey: settings.nameKey, organisation: settings.organisation,
            manifest: Self.manifest(
                settings, limits,
                BillerFacts(accountName: given.name, account: shape, handsOverGoods: settings.goodsKey != nil),
                goodsWithinSeconds: settings.goodsKey == nil ? 0 : seconds, account: account))
    }

    private static func manifest(
        _ settings: GSMABillerKind.Settings, _ limits: ProviderManifest.CurrencyLimits, _ biller: BillerFacts,
        goodsWithinSeconds: Int64, account: String
    ) -> ProviderManifest {
        let channel = PaymentChannel(settings.channel)
        // Nothing is proven: that a repeated X-CorrelationID is refused, the standard says, but not for how long, and a
        // key without a window protects nothing; that /responses knows no such request says nothing of one under way.
        var contract = ProviderContract.unproven(
            check: .byOurReference, promptLifetimeSeconds: 0, checksPerSecond: 5, checkLadder: .standard,
            reviewAfterSeconds: 1_800)
        contract.goodsWithinSeconds = goodsWithinSeconds
        var manifest = ProviderManifest(
            kind: GSMABillerKind.name, channels: [], channelNames: settings.channelName.map { [channel: $0] } ?? [:],
            currencies: [limits], payerActions: [], referenceShape: .uuid, contract: contract,
            mayReuseConnections: false,
            payout: PayoutFacts(
                channels: [channel], currencies: [limits], requires: [.billAccount], contract: contract,
                biller: biller),
            unverified: unverified, account: account, operatorReferencesAreUnique: false)
        // customerReference has at most 256 characters (docs/protocols/gsma-biller.md, 3).
        manifest.payout?.description = DescriptionFacts(limit: 250)
        return manifest
    }

    private static let unverified = [
        "which statuses mean paid", "whether a refusal with 400 or 404 ever follows an execution",
        "how long a correlation id is remembered", "whether /responses finds a payment that is under way",
        "what the link of /responses leads to", "under which key goods and names come", "how tokens are had",
    ]
}
