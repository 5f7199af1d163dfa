import FoundationEssentials
import Synchronization

extension MTNOperator {
    private struct Party: Decodable {
        var partyIdType: String
        var partyId: String
    }

    private struct Wire: Decodable {
        var amount: String
        var currency: String
        var externalId: String?
        var payer: Party?
        var payee: Party?
        var payerMessage: String?
        var payeeNote: String?
        var referenceIdToRefund: String?
    }

    /// `requesttopay`, `transfer` and `refund` (docs/protocols/mtn-momo.md, 3): 202 says that it was taken, not that
    /// money moved.
    func money(_ request: SandboxRequest, _ operation: SandboxOperation, _ user: MTNUser) async throws -> Answer {
        guard let id = request.header("X-Reference-Id"), Self.isUUID4(id),
            let asked = try? JSONDecoder().decode(Wire.self, from: Data(request.body))
        else { return Self.refusal(400, "REQUEST_REJECTED") }
        try tools.recorder.requests.log(.mtn, operation.rawValue, id)
        guard asked.currency == user.currency else { return Self.refusal(500, "INVALID_CURRENCY") }
        if let url = request.header("X-Callback-Url"), !Self.isAt(user.callbackHost, url) {
            return Self.refusal(500, "INVALID_CALLBACK_URL_HOST")
        }
        let notes = [asked.payerMessage ?? "", asked.payeeNote ?? ""]
        guard let money = MTNMoney(asked.amount, user.currency), notes.allSatisfy(Self.isGoodNote) else {
            return Self.refusal(400, "REQUEST_REJECTED")
        }
        let number: String
        if operation == .refund {
            guard let original = asked.referenceIdToRefund.flatMap({ book.find(.collect, $0) }),
                original.result == .executed
            else { return Self.refusal(404, "RESOURCE_NOT_FOUND") }
            let given = book.total(refundsOf: original.id)
            guard given + money.minorUnits <= original.toldAmount else { return Self.refusal(500, "NOT_ALLOWED") }
            number = original.party
        } else {
            guard let party = operation == .collect ? asked.payer : asked.payee,
                party.partyIdType.uppercased() == "MSISDN", party.partyId.utf8.count >= 8,
                party.partyId.utf8.allSatisfy({ (0x30...0x39).contains($0) })
            else { return Self.refusal(400, "REQUEST_REJECTED") }
            number = party.partyId
        }
        // A refund goes by its own amount: the payer's phone had its say when paying.
        let behaviour = tools.behaviour(
            operation == .refund
                ? MTNMatrix.refund(money.minorUnits) : MTNMatrix.behaviour(operation, number, user.environment))
        let now = tools.stage.now
        var payment = SandboxPayment(
            operation, id: id, account: user.id, party: number, amount: money.minorUnits, currency: user.currency,
            reference: Identifiers.number(at: now), now: now, behaviour)
        payment.callbackURL = request.header("X-Callback-Url")
        payment.details = ["externalId": asked.externalId ?? "", "text": asked.payerMessage ?? ""]
        payment.details["refunds"] = asked.referenceIdToRefund
        if behaviour.isRecorded {
            switch try book.record(payment, dropsFirst: behaviour.dropsFirst) {
            case .recorded: break
            case .duplicate: return Self.refusal(409, "RESOURCE_ALREADY_EXIST")
            case .dropped: return .dropped
            }
        }
        return await tools.leave(
            Answer(status: 202), behaviour.answer, error: Self.refusal(500, "INTERNAL_PROCESSING_ERROR"))
    }

    /// At most 160 characters, none of them special.
    private static func isGoodNote(_ text: String) -> Bool {
        text.utf8.count <= 160
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x20
            }
    }

    private static func isAt(_ host: String, _ url: String) -> Bool {
        url.split(separator: "/").dropFirst().first?.split(separator: ":").first.map(String.init) == host
    }

    /// Whether the text is a UUID of version 4.
    static func isUUID4(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 36, UUID(uuidString: text) != nil else { return false }
        return bytes[14] == UInt8(ascii: "4") && "89abAB".utf8.contains(bytes[19])
    }
}

extension PaymentBook {
    /// What has been or is being given back for a collection.
    func total(refundsOf id: String) -> Int64 {
        sum {
            $0.operation == SandboxOperation.refund.rawValue && $0.details["refunds"] == id
                && ($0.isOpen || $0.result == .executed)
        }
    }
}

/// Amounts as this operator writes them.
struct MTNMoney: Sendable, Hashable {
    var minorUnits: Int64
    var currency: String

    private static let exponents = ["EUR": 2, "GHS": 2, "XAF": 0, "XOF": 0]

    init(minorUnits: Int64, currency: String) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// Reads a text of digits, with at most the currency's decimals.
    init?(_ text: String, _ currency: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let exponent = Self.exponents[currency], parts.count <= 2,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let fraction = parts.count == 2 ? String(parts[1]) : ""
        guard fraction.count <= exponent,
            let units = Int64(parts[0] + fraction + String(repeating: "0", count: exponent - fraction.count)), units > 0
        else { return nil }
        self.init(minorUnits: units, currency: currency)
    }

    /// The amount with the currency's decimals.
    var text: String {
        let exponent = Self.exponents[currency] ?? 0
        guard exponent == 2 else { return String(minorUnits) }
        return "\(minorUnits / 100).\(String(minorUnits % 100 + 100).dropFirst())"
    }
}
