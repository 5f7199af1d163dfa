import FoundationEssentials
import Synchronization

extension FlouciOperator {
    /// `POST /api/accept` (2.4, 2.6).
    ///
    /// Money moves in this call and nowhere else; there is no query for it.
    func accept(_ request: SandboxRequest) async throws -> Answer {
        guard let asked = FlouciAcceptRequest(request.body) else { return Self.refusal(400, "Bad Request") }
        try tools.recorder.requests.log(.flouci, "accept", asked.paymentID)
        guard asked.token == SandboxCredentials.flouciPublicKey, asked.secret == SandboxCredentials.flouciPrivateKey
        else { return Self.refusal(401, "Unauthorized") }
        let behaviour = tools.behaviour(AcceptBehaviour.of(code: asked.code))
        let executed = try behaviour.executes && execute(asked, behaviour)
        if behaviour.executes && !executed { return Self.answer(asked, false, behaviour) }
        return await tools.leave(
            Self.answer(asked, executed, behaviour), behaviour.answer, error: Self.refusal(500, "Internal Server Error")
        )
    }

    private struct PreparedQuestion: Decodable {
        var app: String
        var code: String
        var amount: String
        var id: String
    }

    /// `POST /api/code`: the payment that the payer's app prepared under a code (2.3, step 4).
    ///
    /// The operator's own form calls something like it; its wire format is not published, so this one is made up. There
    /// is no payer's app here: every listed code has a payment of the asked amount.
    func prepared(_ request: SandboxRequest) throws -> Answer {
        guard let asked = try? JSONDecoder().decode(PreparedQuestion.self, from: Data(request.body)),
            !asked.amount.isEmpty, asked.amount.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return Self.refusal(400, "Bad Request") }
        try tools.recorder.requests.log(.flouci, "code", asked.id)
        guard asked.app == SandboxCredentials.flouciPublicKey else { return Self.refusal(401, "Unauthorized") }
        guard AcceptBehaviour.isShown(asked.code) else { return .json(["code": 1, "result": [:]]) }
        return .json(["code": 0, "result": ["payment_id": .text("P-\(asked.id.prefix(40))-\(asked.amount)")]])
    }

    /// Moves the money, unless this payment was accepted already, with whatever code.
    private func execute(_ asked: FlouciAcceptRequest, _ behaviour: AcceptBehaviour) throws -> Bool {
        let acceptance = FlouciAcceptance(paymentID: asked.paymentID, code: asked.code)
        return try state.withLock { state in
            guard !state.accepted.contains(asked.paymentID) else { return false }
            let movement = SandboxMovement(
                operator: .flouci, reference: asked.paymentID, amount: asked.amount + behaviour.extraAmount,
                currency: "TND", party: "wallet", executedAtMilliseconds: tools.stage.now,
                operatorReference: asked.paymentID)
            try tools.recorder.commit(JournalLine(movement: movement, acceptance: acceptance))
            state.accepted.insert(asked.paymentID)
            return true
        }
    }

    private static func answer(
        _ asked: FlouciAcceptRequest, _ executed: Bool, _ behaviour: AcceptBehaviour
    ) -> Answer {
        switch (asked.spelling, executed) {
        case (.of2019, true): return .json(["status": "SUCCESS"])
        case (.of2019, false): return .json(["status": "FAILURE"])
        case (.of2021, false): return .json(["code": 1, "result": [:]])
        case (.of2021, true):
            let amount = JSONValue.number(asked.amount + behaviour.extraAmount)
            return .json(["code": 0, "result": ["status": "SUCCESS", "amount": amount]])
        }
    }
}

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
