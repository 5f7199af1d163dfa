import FoundationEssentials
import Synchronization
import WebText

/// Its calls (docs/protocols/gsma-biller.md, 1 to 5).
extension GSMABillerOperator {
    /// `POST /oauth/accesstoken`: where tokens are had the standard leaves open; this is how its simulator has it.
    func login(_ request: SandboxRequest) throws -> Answer {
        try tools.recorder.requests.log(.gsmaBiller, "login", "")
        let pair = "\(SandboxCredentials.billerClient):\(SandboxCredentials.billerSecret)"
        guard request.authorization == "Basic " + Base64.encode(Array(pair.utf8)),
            request.field("grant_type") == "client_credentials"
        else { return Self.error(401, "authorisation", "clientAuthorisationError") }
        let token = Identifiers.token(40)
        bearers.withLock { _ = $0.insert(token) }
        return .json(["access_token": .text(token), "token_type": "bearer", "expires_in": "3600"])
    }

    /// `GET /accounts/{type}/{meter}/bills`: what a meter can be charged with, and whose it is.
    func bills(_ meter: String) throws -> Answer {
        try tools.recorder.requests.log(.gsmaBiller, "bills", "")
        guard Meter.isKnown(meter) else { return Self.unknownAccount }
        guard !Meter.owesNothing(meter) else { return .json(.list([])) }
        var bill: JSONValue = [
            "billReference": .text(Meter.bill(meter)), "billStatus": "unpaid", "currency": "XOF",
            "billdescription": "Prepaid electricity", "minimumAmountDue": .text(String(Meter.minimum)),
            "customData": [["key": "customerName", "value": .text(Meter.customer(meter))]],
        ]
        if Meter.owes(meter) { bill = bill.adding(["amountDue": "4500", "dueDate": "2027-01-31"]) }
        return .json([bill])
    }

    private struct Wire: Decodable {
        var requestingOrganisationTransactionReference: String?
        var amountPaid: String
        var currency: String
    }

    /// `POST /accounts/{type}/{meter}/bills/payments`: 201 with the token, or 202 where the meter answers later.
    func pay(_ request: SandboxRequest, _ meter: String, bill: String?) async throws -> Answer {
        let id = request.header("X-CorrelationID") ?? ""
        try tools.recorder.requests.log(.gsmaBiller, "payment", id)
        guard MTNOperator.isUUID4(id) else { return Self.error(400, "validation", "mandatoryValueNotSupplied") }
        guard let asked = try? JSONDecoder().decode(Wire.self, from: Data(request.body)),
            let money = MTNMoney(asked.amountPaid, asked.currency)
        else { return Self.error(400, "validation", "formatError") }
        guard asked.currency == "XOF" else { return Self.error(400, "validation", "currencyNotSupported") }
        guard Meter.isKnown(meter), bill.map({ $0 == Meter.bill(meter) }) ?? true else { return Self.unknownAccount }
        guard !Meter.isBlocked(meter) else { return Self.error(400, "businessRule", "incorrectState") }
        guard money.minorUnits >= Meter.minimum else {
            return Self.error(400, "businessRule", "underPaymentNotAllowed")
        }
        let chosen = tools.behaviour(MeterBehaviour.of(meter))
        let now = tools.stage.now
        var payment = SandboxPayment(
            .payout, id: id, account: SandboxCredentials.billerKey, party: meter, amount: money.minorUnits,
            currency: "XOF", reference: Identifiers.number(at: now), now: now, chosen.payment)
        payment.details = ["request": Meter.request(id)]
        payment.details["theirs"] = asked.requestingOrganisationTransactionReference
        if chosen.tokenAfter > 0 { payment.details["tokenAt"] = String(now + chosen.tokenAfter) }
        if chosen.payment.isRecorded, try book.record(payment) == .duplicate {
            return Self.error(400, "businessRule", "duplicateRequest")
        }
        let kept = book.find(.payout, id) ?? payment
        let isPaid = kept.result == .executed
        let truth = Answer.json(isPaid ? json(kept) : state(kept), status: isPaid ? 201 : 202)
        guard !chosen.claimsDuplicate else { return Self.error(400, "businessRule", "duplicateRequest") }
        return await tools.leave(
            truth, chosen.payment.answer, error: Self.error(500, "internal", "genericError"))
    }

    /// What a payment's link leads to.
    func payment(_ reference: String) throws -> Answer {
        guard let payment = book.first(where: { $0.reference == reference && $0.result == .executed }) else {
            return Self.unknownAccount
        }
        return .json(json(payment))
    }

    /// `GET /responses/{X-CorrelationID}`: where the payment is, once there is one.
    func response(_ id: String) throws -> Answer {
        try tools.recorder.requests.log(.gsmaBiller, "response", id)
        guard let payment = book.find(.payout, id) else { return Self.unknownAccount }
        if try book.failsCheck(payment) { return Self.error(500, "internal", "genericError") }
        guard payment.result == .executed else { return Self.unknownAccount }
        let link = "/accounts/accountid/\(PercentText.encoded(payment.party))/bills/payments/\(payment.reference)"
        return .json(["link": .text(link)])
    }

    /// `GET /requeststates/{serverCorrelationId}`.
    func state(_ request: String) throws -> Answer {
        try tools.recorder.requests.log(.gsmaBiller, "state", "")
        guard let payment = book.first(where: { $0.details["request"] == request }) else { return Self.unknownAccount }
        return .json(state(payment))
    }

    private func state(_ payment: SandboxPayment) -> JSONValue {
        [
            "serverCorrelationId": .text(payment.details["request"] ?? ""), "notificationMethod": "polling",
            "status": payment.result == .executed ? "completed" : "pending",
            "objectReference": .text(payment.reference),
        ]
    }

    private func json(_ payment: SandboxPayment) -> JSONValue {
        var data: [JSONValue] = [["key": "units", "value": .text("\(payment.toldAmount / 100) kWh")]]
        let tokenAt = payment.details["tokenAt"].flatMap { Int64($0) } ?? 0
        if tools.stage.now >= tokenAt { data.append(["key": "token", "value": .text(Meter.token(payment.id))]) }
        return [
            "serviceProviderPaymentReference": .text("EL" + payment.reference),
            "requestingOrganisationTransactionReference": .optional(payment.details["theirs"]),
            "billPaymentStatus": "approved", "amountPaid": .text(String(payment.toldAmount)), "currency": "XOF",
            "creationDate": .text(RFC3339.text(milliseconds: payment.endedAt ?? tools.stage.now)),
            "customData": .list(data),
        ]
    }
}
