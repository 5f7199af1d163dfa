import Router
import RouterTestKit
import Testing

@testable import Providers

@Suite("GSMA biller: requests and replies")
struct GSMABillerTests {
    private let provider: GSMABillerByKey
    private let order: PayoutInstruction

    init() throws {
        provider = try Sample.configured("gsma-biller")
        order = try Sample.bill(for: "gsma-biller")
    }

    @Test
    func `a payment, field by field; the key joins it on the wire only`() async throws {
        let request = try await provider.preparePayout(order, asking: ScriptedWire()).request
        #expect(request.method == .post)
        #expect(request.url == Sample.root + "/accounts/accountid/37000000001/bills/payments")
        #expect(
            request.bodyText
                == #"{"requestingOrganisationTransactionReference":"\#(Sample.reference)","amountPaid":"5000","#
                + #""currency":"XOF","customerReference":"Mai"}"#)
        #expect(request.headers.contains(.init("X-CorrelationID", Sample.reference)))
        let signed = provider.sign(request, .sample())
        #expect(signed.headers == request.headers + [.init("X-API-Key", "planted-api-key")])
    }

    @Test(arguments: [nil, "", "3700000000", "3700000000a", "370000000012", "../../x"])
    func `an account of another form is never sent`(account: String?) async throws {
        var order = order
        order.billAccount = account
        let refused = try await failure { () async throws(PreparationFailure) in
            try await provider.preparePayout(order, asking: ScriptedWire())
        }
        #expect(refused.refusal.reason == .invalidRequest)
        #expect(account.map { $0.isEmpty || !refused.detail.contains($0) } ?? true)
    }

    @Test
    func `accounts with slashes stay one part of the path`() async throws {
        let provider: GSMABillerByKey = try Sample.provider(
            "gsma-biller",
            [
                "channel": "water", "currency": "XOF", "paid_statuses": ["approved"], "identifier_type": "consumerno",
                "account": [
                    "name": "contract", "characters": "punctuated", "minimum_length": 3, "maximum_length": 20,
                ],
            ])
        var order = order
        order.billAccount = "12/34.5"
        let request = try await provider.preparePayout(order, asking: ScriptedWire()).request
        #expect(request.url == Sample.root + "/accounts/consumerno/12%2F34.5/bills/payments")
        #expect(provider.manifest.contract.goodsWithinSeconds == 0)
        #expect(provider.manifest.payout?.biller?.handsOverGoods == false)
    }

    private static func paid(_ more: KeyValuePairs<String, JSONValue?> = [:]) -> JSONValue {
        Described.changed(
            [
                "serviceProviderPaymentReference": "EL1",
                "requestingOrganisationTransactionReference": .string(Sample.reference),
                "billPaymentStatus": "approved", "amountPaid": "5000", "currency": "XOF",
                "customData": [["key": "units", "value": "50"], ["key": "token", "value": "1234 5678"]],
            ], more)
    }

    static let replies: [(Int, JSONValue, String)] = [
        (201, paid(), "succeeded reference=\(Sample.reference) units=5000 currency=XOF operator=EL1"),
        (201, paid(["billPaymentStatus": "received"]), "pending wait"),
        (201, paid(["billPaymentStatus": "APPROVED"]), "unknown arrived (another status)"),
        (201, paid(["billPaymentStatus": nil]), "unknown arrived (no billPaymentStatus)"),
        (201, paid(["amountPaid": nil]), "unknown arrived (paid without amount or currency)"),
        (201, paid(["currency": "XXQ"]), "unknown arrived (paid in an unknown currency)"),
        (
            201, paid(["amountPaid": "5000.5"]),
            "succeeded reference=\(Sample.reference) operator=EL1 unreadable"
        ),
        (200, paid(), "unknown arrived (HTTP 200)"),
        (
            202, ["serverCorrelationId": "0B2F2C1E-6f0e-4f8e-9b5c-0a1b2c3d4e5f", "status": "pending"],
            "pending wait operator=0B2F2C1E-6f0e-4f8e-9b5c-0a1b2c3d4e5f"
        ),
        (202, ["serverCorrelationId": "7", "status": "pending"], "unknown arrived (no request state)"),
        (
            202, ["serverCorrelationId": "0b2f2c1e-6f0e-4f8e-9b5c-0a1b2c3d4e5f", "status": "completed"],
            "unknown arrived (completed)"
        ),
        (
            404, ["errorCategory": "identification", "errorCode": "identifierError"],
            refused("account_unavailable", 404)
        ),
        (400, ["errorCategory": "identification", "errorCode": "identifierError"], unlisted),
        (500, ["errorCategory": "identification", "errorCode": "identifierError"], broken),
        (
            404, ["errorCategory": "Identification", "errorCode": "IdentifierError"],
            "unknown unlisted (Identification.IdentifierError)"
        ),
    ]
    private static func refused(_ reason: String, _ status: Int) -> String {
        "rejected \(reason) (identification.identifierError)"
    }
    private static let unlisted = "unknown unlisted (identification.identifierError)"
    private static let broken = "unknown operator_error (identification.identifierError)"

    @Test(arguments: replies.indices)
    func `the answer to a payment`(index: Int) {
        let (status, body, line) = Self.replies[index]
        #expect(provider.readPayout(WireReply(status: status, body: body.serialized()), to: order).line == line)
    }

    @Test(
        arguments: [
            (["key": "token", "value": "12345678901234567890"], "12345678901234567890"), (["token": "T-1"], "T-1"),
            (["key": "other", "value": "1"], nil), (["token": 77], "77"),
        ] as [(JSONValue, String?)])
    func `goods come under the key of the settings, in a list or an object`(data: JSONValue, token: String?) throws {
        let value: JSONValue = data["key"] == nil ? data : [data]
        let reply = WireReply(status: 201, body: Self.paid(["customData": value]).serialized())
        let statement = try #require(provider.readPayout(reply, to: order).succeeded)
        #expect(statement.goods == token.map { Secret($0) })
    }

    @Test
    func `our own reference is no name of the biller's`() {
        let body = Self.paid(["serviceProviderPaymentReference": .string(Sample.reference)])
        let answer = provider.readPayout(WireReply(status: 201, body: body.serialized()), to: order)
        #expect(answer.line == "succeeded reference=\(Sample.reference) units=5000 currency=XOF")
    }

    @Test(
        arguments: [
            (404, ["errorCategory": "identification", "errorCode": "identifierError"], "accepted"),
            (401, ["errorCategory": "authorisation", "errorCode": "clientAuthorisationError"], "refused"),
            (401, ["message": "a proxy"], "unclear"), (404, [:], "unclear"), (200, ["link": "/x"], "unclear"),
        ] as [(Int, JSONValue, String)])
    func `credentials are proven by a question that nobody can answer`(
        status: Int, body: JSONValue, finding: String
    ) async {
        let found = await provider.probe(asking: ScriptedWire(status: status, body))
        #expect("\(found)".hasPrefix(finding), "\(found)")
    }
}
