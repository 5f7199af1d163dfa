import FoundationEssentials

/// The body of an accept call, in either spelling (docs/protocols/flouci.md, 2.4).
struct FlouciAcceptRequest: Sendable {
    /// The two generations of field names and answers.
    enum Spelling: Sendable, Hashable {
        /// `appSecret`, `appToken`, `code`, `id`; the answer is a top-level `status`.
        case of2019
        /// `app_secret`, `app_token`, `flouci_otp`, `payment_id`, `amount`; the answer is `code` and `result.status`.
        case of2021
    }

    var spelling: Spelling
    var secret: String
    var token: String
    var code: String
    var paymentID: String
    /// Millimes.
    ///
    /// The older spelling does not carry it, see ``amount(in:)``.
    var amount: Int64

    private struct Old: Decodable {
        var appSecret: String
        var appToken: String
        var code: String
        var id: String
    }

    private struct New: Decodable {
        var appSecret: String
        var appToken: String
        var otp: String
        var paymentID: String
        var amount: String

        enum CodingKeys: String, CodingKey {
            case amount
            case appSecret = "app_secret"
            case appToken = "app_token"
            case otp = "flouci_otp"
            case paymentID = "payment_id"
        }
    }

    /// The request, or `nil` if it is neither spelling, or a mix of both.
    init?(_ body: [UInt8]) {
        let data = Data(body)
        let old = try? JSONDecoder().decode(Old.self, from: data)
        let new = try? JSONDecoder().decode(New.self, from: data)
        switch (old, new) {
        case (let old?, nil):
            spelling = .of2019
            (secret, token, code, paymentID) = (old.appSecret, old.appToken, old.code, old.id)
            amount = Self.amount(in: old.id)
        case (nil, let new?):
            guard new.amount.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let millimes = Int64(new.amount),
                millimes > 0
            else { return nil }
            spelling = .of2021
            (secret, token, code, paymentID) = (new.appSecret, new.appToken, new.otp, new.paymentID)
            amount = millimes
        default: return nil
        }
        guard Self.isText(code), Self.isText(paymentID) else { return nil }
    }

    /// The amount that the payer's app prepared under a payment id.
    ///
    /// This sandbox has no payer's app, so the id tells: the digits after its last hyphen, or 1000 millimes (the
    /// vendor's sample) if there are none.
    private static func amount(in paymentID: String) -> Int64 {
        guard let hyphen = paymentID.lastIndex(of: "-") else { return 1_000 }
        let digits = paymentID[paymentID.index(after: hyphen)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return 1_000 }
        return Int64(digits) ?? 1_000
    }

    private static func isText(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }
}
