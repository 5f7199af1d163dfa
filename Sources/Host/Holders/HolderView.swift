import Router

/// What holders see of their orders and wallets.
struct HolderView: Sendable {
    let view: OrderView
    let wallets: WalletView

    /// The members of an order that concern the holder; nothing of providers, attempts and routes.
    private static let members: Set<String> = [
        "id", "object", "status", "certainty", "amount", "currency", "fee", "fee_payer", "sender_pays",
        "recipient_gets",
        "phase", "channel", "source", "destination", "from", "to", "next_action", "hosted_url", "failure", "party",
        "reference", "description", "bill", "goods", "transfer", "cancel_requested", "created_at", "updated_at",
    ]

    /// Whoever pays a shop is not told whose wallet the shop collects into.
    func json(_ aggregate: OrderAggregate) -> JSONValue {
        let bytes = view.bytes(aggregate, withGoods: true)
        let whole = (try? StrictJSON.parse(bytes, maximumDepth: 32))?.objectValue ?? JSONObject()
        let hidden = aggregate.order.linkedWallet == nil ? nil : "destination"
        return .object(JSONObject(whole.members.filter { Self.members.contains($0.name) && $0.name != hidden }))
    }

    /// A wallet as its holder sees it.
    func json(_ standing: WalletStanding) -> JSONValue {
        let shown = wallets.json(standing).objectValue ?? JSONObject()
        let hidden: Set<String> = ["reference", "email", "owner", "environment"]
        return .object(JSONObject(shown.members.filter { !hidden.contains($0.name) }))
    }

    func json(_ account: Account) -> JSONValue {
        [
            "id": .string(account.id.text), "username": .string(account.username.text), "name": .string(account.name),
            "phone": account.phone.map { contact in
                [
                    "number": .string(contact.value.masked), "is_confirmed": .bool(contact.confirmedAt != nil),
                ]
            } ?? .null,
            "email": account.email.map { contact in
                [
                    "address": .string(contact.value), "is_confirmed": .bool(contact.confirmedAt != nil),
                    "new": JSONValue(account.newEmail),
                ]
            } ?? .null,
            "language": JSONValue(account.language), "wants_messages": .bool(account.wantsMessages),
            "created_at": .string(account.createdAt.description),
        ]
    }

    /// What became of a code's message.
    enum Delivery: String, CaseIterable {
        /// The gateway has it.
        case sent
        /// It is tried again until the gateway takes it.
        case delayed
    }

    /// A code that was sent, without the code.
    func json(_ challenge: Challenge, sentTo: String?, isDelivered: Bool, _ summary: JSONValue = .null) -> JSONValue {
        [
            "id": .string(challenge.id.text), "object": "one_time_code", "purpose": .string(challenge.purpose.rawValue),
            "contact": .string(challenge.contact.rawValue), "sent_to": JSONValue(sentTo),
            "delivery": .string((isDelivered ? Delivery.sent : .delayed).rawValue),
            "expires_at": .string(challenge.expiresAt.description),
            "tries_left": JSONValue(Int64(challenge.triesLeft)),
            "resend_after": .string(challenge.sentAt.adding(seconds: Challenge.resendAfterSeconds).description),
            "resends_left": JSONValue(Int64(max(0, Challenge.mostResends - challenge.resends))), "for": summary,
        ]
    }

    /// How an address is shown: enough to know which one it is.
    static func masked(email: String) -> String {
        guard let at = email.lastIndex(of: "@") else { return "***" }
        return email.prefix(1) + "***" + email[at...]
    }

    /// Where a code went, as its owner may be shown it.
    static func sentTo(_ challenge: Challenge, _ account: Account) -> String? {
        switch challenge.contact {
        case .phone: account.phone?.value.masked
        case .email:
            (challenge.purpose == .emailConfirmation ? account.latestEmail : account.email?.value)
                .map { masked(email: $0) }
        }
    }
}
