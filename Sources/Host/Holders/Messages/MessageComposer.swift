import People
import Router

/// Writes messages at the moment they are sent, in their reader's language.
struct MessageComposer: Sendable {
    let engine: Engine
    let people: People
    /// `nil` where nobody has a wallet of their own.
    let holders: HolderDesk?
    /// What the platform calls itself to developers and staff.
    let consoleName: String

    private var store: any Store { engine.store }

    /// What becomes of a message that is due.
    enum Composed: Sendable {
        case message(OutboundMessage)
        /// There is nothing to tell any more, or nobody who can be told.
        case nothing(String)
    }

    func compose(_ entry: MessageEntry) async throws(StoreFailure) -> Composed {
        guard let account = try await store.account(entry.account) else { return .nothing("no account") }
        switch entry.content {
        case .challenge(let id): return try await code(id, account, entry)
        case .movement(let wallet, let order): return try await movement(wallet, order, account, entry)
        }
    }

    private func language(_ account: Account) -> PayLanguage {
        account.language.flatMap { PayLanguage(rawValue: $0) } ?? .french
    }

    private func message(
        _ entry: MessageEntry, to recipient: OutboundMessage.Recipient, from name: String, _ texts: HolderTexts,
        _ text: String
    ) -> Composed {
        .message(
            OutboundMessage(
                id: "msg-\(entry.number)-\(entry.createdAt.milliseconds)", to: recipient,
                subject: texts.filled("messageSubject", ["app": name]), text: text))
    }

    // MARK: Codes

    private func code(
        _ id: ChallengeID, _ account: Account, _ entry: MessageEntry
    ) async throws(StoreFailure) -> Composed {
        guard let challenge = try await store.challenge(id), challenge.state == .open,
            engine.time.now < challenge.expiresAt
        else { return .nothing("the code counts no more") }
        let recipient: OutboundMessage.Recipient
        switch challenge.contact {
        case .phone:
            guard let phone = account.phone?.value else { return .nothing("no phone") }
            recipient = .phone(phone)
        case .email:
            guard let email = people.address(of: challenge, account) else { return .nothing("no address") }
            recipient = .mail(email)
        }
        let language = language(account)
        let texts = HolderTexts.of(language)
        let code = people.codes.code(of: id, for: challenge.purpose)
        // Developers and staff sign in to the console; everybody else has a wallet.
        let isConsole = !account.roles.isEmpty || holders == nil
        let app = isConsole ? consoleName : holders?.settings.app ?? consoleName
        guard !challenge.purpose.isKey else {
            let isReset = challenge.purpose == .passwordReset
            let link =
                "\(engine.settings.publicURL)/\(isConsole ? "console" : "wallet")/\(isReset ? "reset" : "confirm")?c=\(id)&k=\(code)"
            return message(
                entry, to: recipient, from: app, texts,
                texts.filled(isReset ? "messageReset" : "messageEmail", ["app": app, "link": link]))
        }
        let what = texts.filled(
            Self.what(challenge.purpose),
            [
                "amount": challenge.about.map { language.texts.amount($0.amount) } ?? "",
                "name": challenge.about?.counterparty ?? texts["somebody"],
            ])
        return message(
            entry, to: recipient, from: app, texts,
            texts.filled("messageCode", ["code": code, "app": app, "what": what]))
    }

    private static func what(_ purpose: Challenge.Purpose) -> String {
        switch purpose {
        case .payment: "whatPayment"
        case .transfer: "whatTransfer"
        case .cashOut: "whatCashOut"
        case .billPayment: "whatBillPayment"
        case .billCreation: "whatBillCreation"
        case .walletLink: "whatWalletLink"
        case .phoneConfirmation, .emailConfirmation, .passwordReset: "whatPhoneConfirmation"
        case .phoneChange: "whatPhoneChange"
        }
    }

    // MARK: Movements

    /// How many of a wallet's newest lines are looked through for a movement.
    private static let reach = 200

    private func movement(
        _ id: WalletID, _ orderID: OrderID, _ account: Account, _ entry: MessageEntry
    ) async throws(StoreFailure) -> Composed {
        guard let holders, account.wantsMessages, account.state == .active else {
            return .nothing("no messages are wanted")
        }
        let recipient: OutboundMessage.Recipient
        if let phone = account.confirmedPhone, people.reach.contains(.phone) {
            recipient = .phone(phone)
        } else if let email = account.confirmedEmail, people.reach.contains(.email) {
            recipient = .mail(email)
        } else {
            return .nothing("nothing is confirmed")
        }
        guard let standing = try await store.wallet(id),
            let order = try await store.orderAggregate(orderID)?.order
        else { return .nothing("no such order") }
        let entries = try await store.entries(
            of: standing.wallet.account, in: standing.wallet.currency, before: nil, limit: Self.reach
        ).filter { $0.posting.movement == order.movement }
        guard let newest = entries.first else { return .nothing("its postings are too long ago") }
        let own = standing.wallet.account
        let change = entries.reduce(Int64(0)) { $0 + $1.posting.change(of: own) }
        // The main posting says what it was; a fee beside it only adds to the amount.
        let main = entries.last { $0.posting.kind != PostingTemplate.fee.rawValue } ?? newest
        let line = HistoryLine(main, of: own, PostedOrder(order))
        let language = language(account)
        let texts = HolderTexts.of(language)
        let currency = standing.wallet.currency
        let text = texts.filled(
            Self.moved(line.category, isIncoming: change > 0),
            [
                "amount": language.texts.amount(Money(change == .min ? .max : change < 0 ? -change : change, currency)),
                "name": try await holders.name(of: line),
                "balance": language.texts.amount(Money(newest.balance ?? 0, currency)),
                "reference": order.request.reference ?? order.id.text,
            ])
        return message(entry, to: recipient, from: holders.settings.app, texts, text)
    }

    /// The text that tells of a movement.
    private static func moved(_ category: HistoryCategory, isIncoming: Bool) -> String {
        switch (category, isIncoming) {
        case (.payment, true): "messagePaymentIn"
        case (.payment, false): "messagePaymentOut"
        case (.bill, true): "messageBillIn"
        case (.bill, false): "messageBillOut"
        case (.topUp, true): "messageTopUp"
        case (.cashOut, false): "messageCashOut"
        case (.refund, true): "messageRefundIn"
        case (.refund, false): "messageRefundOut"
        case (_, true): "messageIn"
        case (_, false): "messageOut"
        }
    }
}
