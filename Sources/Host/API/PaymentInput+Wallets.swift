import Router

extension PaymentInput {
    /// Where a payment's money comes from, where that is no operator's prompt: a token or a wallet.
    struct Source: Decodable {
        /// What a card gateway made in the payer's browser.
        var token: String?
        /// The payer's wallet.
        var wallet: String?
        /// What the gateway told of the card behind the token.
        var card: CardInput?

        enum CodingKeys: String, CodingKey { case token, wallet, card }

        /// `nil` unless there is one of the two.
        init?(token: String?, wallet: String?) {
            guard (token == nil) != (wallet == nil) else { return nil }
            self.token = token
            self.wallet = wallet
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let token = try container.decodeIfPresent(String.self, forKey: .token)
            let wallet = try container.decodeIfPresent(String.self, forKey: .wallet)
            let card = try container.decodeIfPresent(CardInput.self, forKey: .card)
            guard var source = Source(token: token, wallet: wallet) else {
                throw JSONIssue(
                    pointer: "/source", code: token == nil ? "missing_member" : "invalid_value",
                    detail: token == nil ? "expected token or wallet" : "takes token or wallet, not both")
            }
            source.card = card
            self = source
        }
    }

    /// The channel that moves money of wallets of the platform's own.
    static let walletChannel: PaymentChannel = "wallet"

    /// What is wrong with the wallets of a request, as far as their form tells.
    func checkWallets(_ checks: inout InputChecks) {
        checks.wallet(destination?.wallet, "/destination/wallet")
        guard let wallet = source?.wallet else { return }
        checks.wallet(wallet, "/source/wallet")
        checks.walletChannel(channel, beside: "source")
        checks.check(hosted != true, "/hosted", "must be left out: a payment by wallet asks its payer nothing there")
    }

    /// Names the wallets in a request whose form was checked.
    func setWallets(of request: inout OrderRequest) {
        request.account = destination.flatMap { WalletID($0.wallet) }.map { .wallet($0) }
        guard let wallet = source?.wallet.flatMap({ WalletID($0) }) else { return }
        request.wallet = wallet
        request.channels = [Self.walletChannel]
    }
}

/// A wallet of the platform's own at one end of a movement.
struct WalletEnd: Decodable {
    var wallet: String

    enum CodingKeys: String, CodingKey { case wallet }
}

extension InputChecks {
    /// That a text is a wallet's id; whose it is, the engine says.
    mutating func wallet(_ text: String?, _ pointer: String) {
        check(text.map { WalletID($0) != nil } ?? true, pointer, "expected a wallet's id: wal_...")
    }

    /// That whoever names a wallet asks for no operator's channel.
    mutating func walletChannel(_ channel: PaymentInput.Channels?, beside member: String) {
        check(
            channel.map { $0.names == [PaymentInput.walletChannel.text] } ?? true, "/channel",
            "must be left out, or \"\(PaymentInput.walletChannel)\": \(member) names a wallet")
    }
}
