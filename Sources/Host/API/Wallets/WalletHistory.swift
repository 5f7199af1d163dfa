import Router

/// What a line of a wallet's history is about.
enum HistoryCategory: String, CaseIterable {
    case payment, payout, transfer, refund, fee, adjustment
    /// A payment of a bill, or of a biller.
    case bill
    case topUp = "top_up"
    case cashOut = "cash_out"
    /// An operator or people contradicted what was booked.
    case discrepancy

    /// - Parameters:
    ///   - posting: What was booked.
    ///   - order: For what; `nil` for orders that are not kept any more.
    init(_ posting: Posting, of order: PostedOrder?) {
        switch PostingTemplate(rawValue: posting.kind) {
        case .collect, .walletPayment, .capture: self = order?.bill == nil ? .payment : .bill
        case .topUp: self = .topUp
        case .payout: self = order?.paysBiller == true ? .bill : .payout
        case .cashOut: self = order?.paysBiller == true ? .bill : .cashOut
        case .refund: self = .refund
        case .transfer: self = .transfer
        case .fee: self = .fee
        case .adjustment: self = .adjustment
        case nil: self = .discrepancy
        }
    }
}

/// One line of a wallet's history.
struct HistoryLine {
    var number: Int64
    var at: Moment
    var category: HistoryCategory
    /// Whose posting it is; `nil` for orders that are not kept any more.
    var order: PostedOrder?
    var counterparty: Counterparty
    /// What the balance changed by.
    var amount: Money
    /// What the balance was then.
    var balance: Money?

    init(_ entry: AccountEntry, of account: LedgerAccount, _ order: PostedOrder?) {
        let posting = entry.posting
        let currency = posting.amount.currency
        number = entry.number
        at = posting.at
        category = HistoryCategory(posting, of: order)
        self.order = order
        counterparty = Counterparty(posting.debit == account ? posting.credit : posting.debit)
        amount = Money(posting.change(of: account), currency)
        balance = entry.balance.map { Money($0, currency) }
    }

    var json: JSONValue {
        [
            "at": .string(at.description), "category": .string(category.rawValue),
            "order": JSONValue(order?.id.text), "transfer": JSONValue(order?.transfer?.text),
            "counterparty": counterparty.json, "description": JSONValue(order?.description),
            "amount": JSONValue(amount.minorUnits), "currency": .string(amount.currency.code),
            "balance": balance.map { JSONValue($0.minorUnits) } ?? .null,
        ]
    }

    /// The columns of a table, and what stands in them.
    static let columns = [
        "at", "category", "order", "transfer", "counterparty", "description", "amount", "currency", "balance",
    ]

    var cells: [CSVCell] {
        [
            .text(at.description), .text(category.rawValue), .text(order?.id.text ?? ""),
            .text(order?.transfer?.text ?? ""), .text(counterparty.name), .text(order?.description ?? ""),
            .number(amount.decimalText), .text(amount.currency.code), .number(balance?.decimalText ?? ""),
        ]
    }
}

/// The other side of a posting, in words that need no knowledge of the ledger.
struct Counterparty {
    var kind: LedgerAccount.Kind?
    /// A wallet's, provider's or transfer's id, or what else it is called.
    var name: String
    /// The wallet that it is, or for which its money came too late.
    var wallet: WalletID?

    init(_ account: LedgerAccount) {
        kind = account.kind
        wallet = account.wallet
        let rest = String(account.name.drop { $0 != ":" }.dropFirst())
        name =
            switch kind {
            case .provider, .wallet, .suspense: rest
            case .unclaimed: "unclaimed money of \(rest)"
            case .app: "the app"
            case .fees: "fees"
            case .adjustments: "ended by hand"
            case .discrepancy, .limit, nil: account.name
            }
    }

    var json: JSONValue { ["kind": JSONValue(kind?.rawValue), "name": .string(name)] }
}
