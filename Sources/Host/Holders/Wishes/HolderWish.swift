import Crypto
import Router

/// What a holder asks for, as it was written: in a body, or in a form.
enum HolderWish: Sendable, Hashable {
    case transfer(TransferWish)
    case cashOut(CashOutWish)
    case topUp(TopUpWish)
    case payment(PaymentWish)
    case billPayment(BillPaymentWish)
    case billCreation(BillWish)

    /// The body of a call of this purpose; `nil` for purposes that no order has.
    static func read(_ purpose: Challenge.Purpose, _ body: JSONValue) throws(Problem) -> HolderWish? {
        switch purpose {
        case .transfer: .transfer(try JSONBody.decode(TransferWish.self, body, beside: [code]))
        case .cashOut: .cashOut(try JSONBody.decode(CashOutWish.self, body, beside: [code]))
        case .payment: .payment(try JSONBody.decode(PaymentWish.self, body, beside: [code]))
        case .billPayment: .billPayment(try JSONBody.decode(BillPaymentWish.self, body, beside: [code]))
        case .billCreation: .billCreation(try JSONBody.decode(BillWish.self, body, beside: [code]))
        case .walletLink, .phoneConfirmation, .phoneChange, .emailConfirmation, .passwordReset: nil
        }
    }

    /// SHA-256 over all that was typed into a page: the idempotency record keeps it in clear, so it must say nothing.
    var fingerprint: [UInt8] { Array(SHA256.hash(data: Array(String(reflecting: self).utf8))) }

    /// The member that stands beside those of a wish.
    static let code = "code"
}

/// Money to somebody: the body of `POST /v1/wallet/transfers`.
struct TransferWish: Decodable, Sendable, Hashable {
    var to: End
    var amount: Int64
    var currency: String
    var fee: String?
    var wallet: String?
    var description: String?
    var reference: String?

    enum CodingKeys: String, CodingKey { case to, amount, currency, fee, wallet, description, reference }

    /// A holder, a wallet, or an operator's wallet.
    struct End: Decodable, Sendable, Hashable {
        var user: String?
        var phone: String?
        var wallet: String?
        var channel: String?

        enum CodingKeys: String, CodingKey { case user, phone, wallet, channel }
    }
}

/// Money out to an operator's wallet: the body of `POST /v1/wallet/cash_outs`.
struct CashOutWish: Decodable, Sendable, Hashable {
    var channel: String
    /// The holder's own number if it is left out.
    var phone: String?
    var amount: Int64
    var currency: String
    var wallet: String?
    var description: String?

    enum CodingKeys: String, CodingKey { case channel, phone, amount, currency, wallet, description }
}

/// Money in from an operator: the body of `POST /v1/wallet/top_ups`.
struct TopUpWish: Decodable, Sendable, Hashable {
    var channel: String
    /// The holder's own number if it is left out.
    var phone: String?
    var amount: Int64
    var currency: String
    var wallet: String?

    enum CodingKeys: String, CodingKey { case channel, phone, amount, currency, wallet }
}

/// A shop's payment out of the wallet: the body of `POST /v1/wallet/payments`.
struct PaymentWish: Decodable, Sendable, Hashable {
    var payment: String
    /// What stands behind `t=` in the payment's `hosted_url`: who has that may see and pay it.
    var token: String
    var wallet: String?

    enum CodingKeys: String, CodingKey { case payment, token, wallet }
}

/// A bill, paid: the body of `POST /v1/wallet/bill_payments`.
///
/// Either a bill by its code, or an amount to a biller on one of its customers' accounts.
struct BillPaymentWish: Decodable, Sendable, Hashable {
    var bill: String?
    /// A biller's provider.
    var biller: String?
    /// The customer's number at the biller, in the biller's form.
    var account: String?
    /// Minor units; a bill has its own.
    var amount: Int64?
    var currency: String?
    var wallet: String?

    enum CodingKeys: String, CodingKey { case bill, biller, account, amount, currency, wallet }
}

/// A bill, made: the body of `POST /v1/wallet/bills`.
struct BillWish: Decodable, Sendable, Hashable {
    var name: String
    var amount: Int64
    var currency: String
    /// Who shall pay it, by user name, if that is known.
    var recipient: String?
    var payer: String?
    var description: String?
    var reference: String?
    var dueDate: String?
    var wallet: String?

    enum CodingKeys: String, CodingKey {
        case name, amount, currency, recipient, payer, description, reference, wallet
        case dueDate = "due_date"
    }
}
