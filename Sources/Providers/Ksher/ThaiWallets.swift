import Router

/// What payers in Thailand choose, with the codes that a gateway knows it by and the least amount it takes.
///
/// Source: docs/protocols/ksher.md, 1 (channels, scenario support, smallest amounts).
public enum ThaiWallets {
    /// How a payer and a shop meet.
    public enum Flow: String, Decodable, Sendable, CaseIterable {
        /// A page of the operator, to which the payer's browser goes.
        case redirect
        /// A QR code that the payer scans.
        case qr
        /// The payer's barcode, which the shop scans and which comes as the payment's source token.
        case barcode
    }

    /// What the gateway calls a wallet, and where it works.
    struct Wallet: Sendable, Hashable {
        let channel: PaymentChannel
        /// The gateway's code; an older one can be configured.
        let code: String
        /// Smallest amount in satang.
        let minimum: Int64
    }

    /// The operator's domains.
    static let domains = ["ksher.com", "ksher.net", "ksher.cn"]

    /// The channel for "the payer chooses on the gateway's page"; redirect only.
    static let page: PaymentChannel = "thai-wallets"

    /// What payers call them.
    static let names: [PaymentChannel: String] = [
        "promptpay": "PromptPay", "truemoney": "TrueMoney", "linepay": "LINE Pay", "airpay": "ShopeePay",
        "shopeepay": "ShopeePay", "alipay": "Alipay", "wechat": "WeChat Pay", "card": "Visa / Mastercard",
    ]

    /// Every wallet a flow can have; the special ones only if a platform names them.
    static func all(_ flow: ThaiWallets.Flow) -> [Wallet] {
        switch flow {
        case .redirect: standard + special
        case .qr: standard.filter { ["promptpay", "truemoney", "shopeepay", "alipay", "wechat"].contains($0.channel) }
        case .barcode:
            standard.filter { ["truemoney", "linepay", "shopeepay", "alipay", "wechat"].contains($0.channel) }
        }
    }

    /// The wallets of a provider: the named ones, or the usual ones of the flow.
    static func chosen(
        _ flow: ThaiWallets.Flow, _ names: [String]?, codes: [String: String]?
    ) throws(ProviderConfigurationError) -> [Wallet] {
        let known = all(flow)
        var result = names == nil ? known.filter { standard.contains($0) } : []
        for (index, name) in (names ?? []).enumerated() {
            guard let wallet = known.first(where: { $0.channel.text == name }), !result.contains(wallet) else {
                let names = known.map(\.channel.text).joined(separator: ", ")
                throw .setting("channels/\(index)", "expected one of \(names), once; the flow has no others")
            }
            result.append(wallet)
        }
        try ProviderConfigurationError.require(!result.isEmpty, "channels", "expected at least one channel")
        for (name, code) in codes ?? [:] {
            guard let index = result.firstIndex(where: { $0.channel.text == name }) else {
                throw .setting("codes/\(name)", "no channel of this provider")
            }
            let isPlain = (1...40).contains(code.utf8.count) && code.replacing("_", with: "").consists(of: .lowerCase)
            try ProviderConfigurationError.require(isPlain, "codes/\(name)", "expected 1 to 40 of a-z, 0-9 and _")
            result[index] = Wallet(channel: result[index].channel, code: code, minimum: result[index].minimum)
        }
        return result
    }

    private static let standard = [
        Wallet(channel: "promptpay", code: "promptpay", minimum: 100),
        Wallet(channel: "truemoney", code: "truemoney", minimum: 100),
        Wallet(channel: "linepay", code: "linepay", minimum: 100),
        Wallet(channel: "shopeepay", code: "airpay", minimum: 100),
        Wallet(channel: "alipay", code: "alipay", minimum: 100),
        Wallet(channel: "wechat", code: "wechat", minimum: 100),
        Wallet(channel: "card", code: "card", minimum: 100),
    ]

    private static let special = [
        Wallet(channel: "alipay-plus", code: "alipayplus", minimum: 100),
        Wallet(channel: "atome", code: "atome", minimum: 2_000),
        Wallet(channel: "scb-easy", code: "scb_easy", minimum: 2_000),
        Wallet(channel: "bangkok-bank", code: "bbl_deeplink", minimum: 2_000),
        Wallet(channel: "krungsri", code: "baybank_deeplink", minimum: 2_000),
        Wallet(channel: "kplus", code: "kplus", minimum: 2_000),
        Wallet(channel: "ktc-instalments", code: "ktc_instal", minimum: 300_000),
        Wallet(channel: "kbank-instalments", code: "kbank_instal", minimum: 300_000),
        Wallet(channel: "kcc-instalments", code: "kcc_instal", minimum: 300_000),
        Wallet(channel: "kfc-instalments", code: "kfc_instal", minimum: 300_000),
    ]
}

/// The wallets of one configured provider.
struct ThaiWalletList: Sendable {
    let flow: ThaiWallets.Flow
    let wallets: [ThaiWallets.Wallet]

    init(
        _ flow: ThaiWallets.Flow?, _ channels: [String]?, codes: [String: String]?
    ) throws(ProviderConfigurationError) {
        self.flow = flow ?? .redirect
        wallets = try ThaiWallets.chosen(self.flow, channels, codes: codes)
    }

    /// The facts of a provider with these wallets; both interfaces of the gateway have the same.
    func manifest(
        kind: String, minimum: Int64?, maximum: Int64?, partialRefunds: Bool?,
        callback: ProviderContract.CallbackTrust = .none, unverified: [String], account: String
    ) throws(ProviderConfigurationError) -> ProviderManifest {
        let actions: [ThaiWallets.Flow: [CustomerAction.Kind]] = [.redirect: [.redirect], .qr: [.showQR], .barcode: []]
        return ProviderManifest(
            kind: kind, channels: channels, channelNames: ThaiWallets.names,
            currencies: [try .init(.thb, minimum: minimum, maximum: maximum, standard: 100...100_000_000)],
            requires: flow == .barcode ? [.sourceToken] : [], payerActions: actions[flow] ?? [],
            referenceShape: .hexadecimal(length: 32), contract: Self.contract(callback), mayReuseConnections: false,
            refund: RefundFacts(
                allowsPartial: partialRefunds ?? false, allowsSeveral: partialRefunds ?? false,
                exceptChannels: withoutRefund, contract: Self.contract(.none)),
            unverified: unverified, account: account, operatorReferencesAreUnique: false,
            choosingChannel: flow == .redirect ? ThaiWallets.page : nil)
    }

    /// A repeated order number "ends with error", but the error is not on record, nor what it gives while the order is
    /// unpaid; so the key counts as none.
    private static func contract(_ callback: ProviderContract.CallbackTrust) -> ProviderContract {
        var contract = ProviderContract.unproven(
            check: .byOurReference, promptLifetimeSeconds: 300, checksPerSecond: 2,
            checkLadder: CheckLadder(seconds: [5, 10, 15, 30, 60, 60, 120, 300, 300, 600, 1_200, 1_200]),
            reviewAfterSeconds: 1_800)
        contract.callback = callback
        return contract
    }

    /// The channels offered; the page's own channel comes last.
    var channels: [PaymentChannel] { wallets.map(\.channel) + (flow == .redirect ? [ThaiWallets.page] : []) }

    /// Channels whose payments cannot be given back: PromptPay has no refunds.
    var withoutRefund: Set<PaymentChannel> { Set(channels.filter { $0 == "promptpay" }) }

    /// Refuses to give back what was paid with a wallet that has no refunds.
    ///
    /// Only the operator knows with which wallet a payer paid on its page.
    ///
    /// - Parameter code: The gateway's code of the wallet that it found; empty if it names none.
    /// - Throws: For a wallet that has none.
    func admitRefund(paidWith code: String) throws(PreparationFailure) {
        let known = wallets.first { $0.code == code }?.channel
        guard known.map(withoutRefund.contains) ?? code.contains("promptpay") else { return }
        throw PreparationFailure(
            Refusal(.invalidRequest, providerCode: String(code.prefix(64))),
            "no refund was asked for: payments by PromptPay cannot be given back by call")
    }

    /// The gateway's code of a wallet; `nil` for the page, on which the payer chooses, and if the channel is not
    /// served.
    func code(_ channel: PaymentChannel) -> String? { wallets.first { $0.channel == channel }?.code }

    /// The gateway's code or codes for an order, joined by commas; a page offers the wallets that the order allows.
    ///
    /// - Throws: For a channel that is not served, and for an amount below the least of every wallet.
    func admit(_ order: CollectInstruction) throws(PreparationFailure) -> String {
        let isPage = flow == .redirect && order.channel == ThaiWallets.page
        let choices = isPage ? order.choices : [order.channel]
        let asked = choices.compactMap { choice in wallets.first { $0.channel == choice } }
        let offered = isPage && choices.isEmpty ? wallets : asked
        guard !offered.isEmpty else { throw .invalid("the channel is not served here") }
        let open = offered.filter { order.amount.minorUnits >= $0.minimum }
        guard !open.isEmpty else {
            let minimum = offered.map(\.minimum).min() ?? 0
            throw .invalid("the amount must be at least \(minimum) satang on this channel")
        }
        return open.map(\.code).joined(separator: ",")
    }

    /// Refuses a refund of nothing, of more than is left, and on a channel that has none.
    func admit(_ order: FollowUpInstruction) throws(PreparationFailure) {
        guard order.isWithinRest else { throw .invalid("the amount must be 1 satang to what is left of the payment") }
        guard !withoutRefund.contains(order.original.channel) else {
            throw .invalid("this channel's payments cannot be given back by call")
        }
    }

    /// The payer's barcode.
    func barcode(of order: CollectInstruction) throws(PreparationFailure) -> String {
        guard let code = order.sourceToken?.reveal(), code.consists(of: .visible, 8...64) else {
            throw PreparationFailure(
                Refusal(.tokenUnusable), "the source token must be the payer's barcode: 8 to 64 printable characters")
        }
        return code
    }
}
