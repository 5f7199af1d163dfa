import FoundationEssentials

extension FloozOperator {
    private struct Wire: Decodable {
        var msisdn: String?
        var mrchrefid: String?
        var key: String?
        var mrchname: String?
        var partnermsisdn: String?
        var amount: Amount?

        /// Text and number are both on record.
        struct Amount: Decodable {
            var units: Int64?

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                units =
                    if let text = try? container.decode(String.self) { Int64(text) } else {
                        try? container.decode(Int64.self)
                    }
            }
        }
    }

    /// Debit (docs/protocols/flooz.md, A3, A4): 0 means that the prompt is on its way, not that money moved.
    func debit(_ request: SandboxRequest) async throws -> Answer {
        guard let asked = try? JSONDecoder().decode(Wire.self, from: Data(request.body)) else { return Self.refused(1) }
        try tools.recorder.requests.log(.flooz, "debit", asked.mrchrefid ?? "")
        guard let user = doorkeeper.user(request.authorization) else { return Self.refused(99) }
        guard let phone = asked.msisdn, let id = asked.mrchrefid, let key = asked.key, let name = asked.mrchname,
            let partner = asked.partnermsisdn, let amount = asked.amount, ![id, name].contains("")
        else { return Self.refused(1) }
        guard phone.utf8.count == 11, phone.hasPrefix("228"), phone.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let units = amount.units, units > 0, id.utf8.count <= 64
        else { return Self.refused(3) }
        guard key == SandboxCredentials.floozMerchantKey, partner == SandboxCredentials.floozPartner else {
            return Self.refused(5)
        }
        let magic = phone.hasPrefix("228990000") ? Int(phone.suffix(2)) : nil
        if let magic, let code = [30: 8, 31: 9, 32: 10, 33: 100][magic] { return Self.refused(Int64(code)) }
        // One open prompt per wallet; magic phones may be used side by side.
        if magic == nil, !book.prompts(of: phone).isEmpty, book.find(.collect, id) == nil { return Self.refused(8) }
        let chosen = magic == 12 ? PaymentBehaviour.plain : magic.flatMap { PaymentBehaviour.numbered[$0] }
        let behaviour = tools.behaviour(chosen ?? .person)
        let now = tools.stage.now
        var payment = SandboxPayment(
            .collect, id: id, account: user, party: phone, amount: units, currency: "XOF",
            reference: "FZ\(Identifiers.number(at: now))", now: now, behaviour)
        payment.details = ["text": name]
        if magic == 12 { payment.details["form"] = "1" }
        if behaviour.isRecorded, try book.record(payment) == .duplicate { return Self.refused(4) }
        return await tools.leave(
            .json([
                "status": 0, "message": "PENDING", "description": "Demande en cours",
                "mrorrefid": .text(payment.reference),
            ]), behaviour.answer,
            error: .serverError("HTTP Status 500"))
    }

    /// Verification (docs/protocols/flooz.md, A5).
    func verify(_ request: SandboxRequest) throws -> Answer {
        let asked = try? JSONDecoder().decode(Wire.self, from: Data(request.body))
        try tools.recorder.requests.log(.flooz, "verify", asked?.mrchrefid ?? "")
        guard doorkeeper.user(request.authorization) != nil else { return Self.refused(99) }
        guard let id = asked?.mrchrefid, asked?.partnermsisdn == SandboxCredentials.floozPartner else {
            return Self.refused(1)
        }
        guard let payment = book.find(.collect, id) else {
            return .json(["status": 3, "message": "NOT FOUND", "details": nil])
        }
        if try book.failsCheck(payment) { return .serverError() }
        let isPaid = payment.result == .executed
        return .json([
            "status": 0, "message": "SUCCESS",
            "details": [
                "pushussd": "SUCCESS", "callback": payment.result == nil ? "" : "SENT",
                "amount": .number(payment.toldAmount), "mrchreference": .text(payment.id),
                "mrchname": .text(payment.details["text"] ?? ""), "msisdn": .text(payment.party),
                "mrorreference": .text(payment.reference),
                "referenceid": .text(isPaid ? "R" + payment.reference : ""),
                "validationdate": .text(payment.endedAt.map(Timestamps.plain) ?? ""),
                "status": Self.code(payment.result).map(JSONValue.number) ?? .null,
            ],
        ])
    }

    private static func refused(_ code: Int64) -> Answer {
        .json(["status": .number(code), "message": "REFUSED", "description": "", "mrorrefid": nil])
    }
}

extension SandboxScenario {
    /// Flooz's magic phones.
    ///
    /// Any other phone is a person at `/flooz/phones/<number>`.
    static let flooz =
        (PaymentBehaviour.names + [
            (12, "fault_form_callback", .executed), (30, "fault_prompt_open", .notExecuted),
            (31, "fault_prompt_waits", .notExecuted), (32, "fault_failed_at_once", .notExecuted),
            (33, "fault_failed", .notExecuted),
        ]).map { number, name, execution in
            SandboxScenario(
                operator: .flooz, channel: "flooz", operation: .collect, name: name,
                trigger: .phone("228990000\(number < 10 ? "0" : "")\(number)"), amount: 5_000, currency: "XOF",
                expiresInSeconds: name == "late_success" ? 2 : nil, end: .usual(name), execution: execution)
        }
}
