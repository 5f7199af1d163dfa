import Router
import RouterTestKit
import Testing

@testable import Providers

@Suite("GSMA biller: questions")
struct GSMABillerAskingTests {
    private let provider: GSMABillerByKey
    private var order: PayoutInstruction
    private static let request = "0b2f2c1e-6f0e-4f8e-9b5c-0a1b2c3d4e5f"
    private static let unknown: JSONValue = ["errorCategory": "identification", "errorCode": "identifierError"]

    init() throws {
        provider = try Sample.configured("gsma-biller")
        order = try Sample.bill(for: "gsma-biller")
    }

    private static func reply(_ status: Int, _ body: JSONValue) -> Result<WireReply, AskFailure> {
        .success(WireReply(status: status, body: body.serialized()))
    }

    private static func payment(_ reference: String = Sample.reference, _ status: String = "approved") -> JSONValue {
        [
            "serviceProviderPaymentReference": "EL1", "requestingOrganisationTransactionReference": .string(reference),
            "billPaymentStatus": .string(status), "amountPaid": "5000", "currency": "XOF",
        ]
    }

    private func check(
        _ script: [Result<WireReply, AskFailure>], known: String? = nil
    ) async -> (String, [String]) {
        var order = order
        order.operatorReference = known
        let wire = ScriptedWire(script)
        let finding = await provider.check(.payout(order), asking: wire)
        return (finding.line, wire.questions.map { String($0.url.dropFirst(Sample.root.count)) })
    }

    private static let executed = "found succeeded reference=\(Sample.reference) units=5000 currency=XOF operator=EL1"
    private static let response = "/responses/" + Sample.reference

    @Test
    func `a missing answer is found by our correlation id`() async {
        let (line, asked) = await check([Self.reply(200, ["link": "/payments/9"]), Self.reply(200, Self.payment())])
        #expect(line == Self.executed && asked == [Self.response, "/payments/9"])
    }

    @Test(arguments: ["https://elsewhere.example/x", "//elsewhere.example", "/a/../../b", "payments/9", "/a b", ""])
    func `a link that leads away is not followed`(link: String) async {
        let (line, asked) = await check([Self.reply(200, ["link": .string(link)])])
        #expect(line.hasPrefix("could not answer") && asked == [Self.response])
    }

    @Test
    func `a link may be the whole address, and lead to a list`() async {
        let (line, _) = await check([
            Self.reply(200, ["link": .string(Sample.root + "/payments")]),
            Self.reply(200, [Self.payment("another"), Self.payment()]),
        ])
        #expect(line == Self.executed)
        for list in [[], [Self.payment("another")], [Self.payment(), Self.payment()]] as [JSONValue] {
            let (line, _) = await check([Self.reply(200, ["link": "/payments"]), Self.reply(200, list)])
            #expect(line == "could not answer: HTTP 200 without the payment")
        }
    }

    @Test
    func `that nothing is found is absence only in the standard's words`() async {
        #expect(await check([Self.reply(404, Self.unknown)]).0 == "absent")
        for (status, body) in [(404, [:]), (200, Self.unknown), (500, Self.unknown)] as [(Int, JSONValue)] {
            #expect(await check([Self.reply(status, body)]).0.hasPrefix("could not answer"))
        }
        #expect(await check([.failure(.wire(TransportFailure(.timeout)))]).0 == "could not answer: no reply: timeout")
    }

    private static func state(_ status: String, error: JSONValue? = nil) -> Result<WireReply, AskFailure> {
        let body: JSONValue = ["serverCorrelationId": .string(request), "status": .string(status)]
        return reply(200, Described.changed(body, ["error": error]))
    }

    @Test
    func `a request that was accepted is asked about first`() async {
        let place = "/requeststates/" + Self.request
        let (pending, asked) = await check([Self.state("pending")], known: Self.request)
        #expect(pending == "found pending wait operator=\(Self.request)" && asked == [place])
        let (failed, _) = await check([Self.state("failed", error: Self.unknown)], known: Self.request)
        #expect(failed == "found rejected account_unavailable (identification.identifierError)")
        let over: JSONValue = ["errorCategory": "businessRule", "errorCode": "overPaymentNotAllowed"]
        let (refused, _) = await check([Self.state("failed", error: over)], known: Self.request)
        #expect(refused == "found rejected not_executed (businessRule.overPaymentNotAllowed)")
        let (done, all) = await check(
            [Self.state("completed"), Self.reply(200, ["link": "/p"]), Self.reply(200, Self.payment())],
            known: Self.request)
        #expect(done == Self.executed && all == [place, Self.response, "/p"])
        let (odd, _) = await check([Self.reply(503, [:])], known: Self.request)
        #expect(odd == "could not answer: HTTP 503 without a request state")
    }

    @Test
    func `names agree with what the attempt knows, also after the request was forgotten`() async throws {
        func statement(_ script: [Result<WireReply, AskFailure>], known: String) async -> ReportedTransaction? {
            var order = order
            order.operatorReference = known
            let finding = await provider.check(.payout(order), asking: ScriptedWire(script))
            guard case .found(.succeeded(let statement)) = finding else { return nil }
            return statement
        }
        let link = Self.reply(200, ["link": "/p"])
        let completed = await statement(
            [Self.state("completed"), link, Self.reply(200, Self.payment())], known: Self.request)
        #expect(completed?.acceptedAs == Self.request && completed?.operatorReference == "EL1")
        let forgotten = await statement(
            [Self.reply(404, Self.unknown), link, Self.reply(200, Self.payment())], known: Self.request)
        #expect(forgotten?.acceptedAs == nil && forgotten?.operatorReference == nil)
        // After the payment the name is the payment's own: no request has it, and none is asked for.
        let later = await statement([link, Self.reply(200, Self.payment())], known: "EL1")
        #expect(later?.operatorReference == "EL1")
    }

    @Test
    func `only payments can be asked about`() async throws {
        let refund = Instruction.refund(try Sample.followUp(for: "tmoney"))
        #expect(await provider.check(refund, asking: ScriptedWire()).line.hasPrefix("could not answer"))
    }
}

@Suite("GSMA biller: bills")
struct GSMABillerBillTests {
    private let provider: GSMABillerByLogin
    private let prepaid: GSMABillerByKey
    private let order: PayoutInstruction

    init() throws {
        provider = try Sample.configured("gsma-biller login")
        prepaid = try Sample.configured("gsma-biller")
        order = try Sample.bill(for: "gsma-biller login")
    }

    private static func bill(
        _ reference: String?, _ due: String?, minimum: String? = nil, _ more: KeyValuePairs<String, JSONValue?> = [:]
    ) -> JSONValue {
        let bill: JSONValue = ["billStatus": "unpaid", "currency": "XOF"]
        return Described.changed(
            Described.changed(
                bill,
                [
                    "billReference": reference.map { .string($0) }, "amountDue": due.map { .string($0) },
                    "minimumAmountDue": minimum.map { .string($0) },
                ]), more)
    }

    static let lists: [(JSONValue, String?)] = [
        ([bill("B1", "5000")], "B1"), ([bill("B1", nil)], "B1"), ([bill("B1", "9000", minimum: "1000")], "B1"),
        ([bill("B1", "9000"), bill("B2", "5000")], "B2"),
        ([bill("B1", "5000", ["billStatus": "paid"]), bill("B2", "6000")], "B2"),
        ([bill("B1", "4000")], nil), ([bill("B1", "9000", minimum: "6000")], nil), ([], nil),
        ([bill("B1", "9000"), bill("B2", "8000")], nil), ([bill("B1", "5000"), bill("B2", "5000")], nil),
        ([bill(nil, "5000")], nil), ([bill("../x", "5000")], nil), ([bill("B1", "5000", ["currency": "USD"])], nil),
        ([bill("B1", "5000.5")], nil),
    ]

    @Test(arguments: lists.indices)
    func `the amount names the bill, and nothing is guessed`(index: Int) async throws {
        let (list, reference) = Self.lists[index]
        let wire = ScriptedWire(status: 200, list)
        guard let reference else {
            let refused = try await failure { () async throws(PreparationFailure) in
                try await provider.preparePayout(order, asking: wire)
            }
            #expect([.invalidRequest, .notSent].contains(refused.refusal.reason))
            return
        }
        let made = try await provider.preparePayout(order, asking: wire).request
        #expect(made.url == Sample.root + "/accounts/accountid/37000000001/bills/\(reference)/payments")
        #expect(made.bodyText.contains(#""requestingOrganisation":"Payrouter""#))
        #expect(wire.questions.map(\.url) == [Sample.root + "/accounts/accountid/37000000001/bills?limit=50"])
    }

    @Test(arguments: [(404, RefusalReason.accountUnavailable), (401, .credentialsRefused), (500, .notSent)])
    func `without a list nothing is sent`(status: Int, reason: RefusalReason) async throws {
        let body: JSONValue = ["errorCategory": "identification", "errorCode": "identifierError"]
        let refused = try await failure { () async throws(PreparationFailure) in
            try await provider.preparePayout(order, asking: ScriptedWire(status: status, body))
        }
        #expect(refused.refusal.reason == reason)
    }

    @Test
    func `what is owed is told as the biller tells it`() async {
        let name: JSONValue = [["key": "customerName", "value": "Ama Kossi"]]
        let list: JSONValue = [
            Self.bill("B2", "9000", ["dueDate": "2027-02-01"]),
            Self.bill(
                "B1", "4500", minimum: "1000",
                ["dueDate": "2027-01-01", "billdescription": "May", "customData": name]),
        ]
        let owed = OwedBill(
            customerName: "Ama Kossi", amount: Money(4_500, .xof), minimum: Money(1_000, .xof),
            maximum: Money(4_500, .xof), dueDate: "2027-01-01", reference: "B1", description: "May; one of 2 bills")
        #expect(await look(provider, list) == .bill(owed))
        #expect(await look(provider, []) == .nothingOwed(nil))
        let paid = Self.bill("B1", "0", ["billStatus": "paid", "customData": name])
        #expect(await look(provider, [paid]) == .nothingOwed("Ama Kossi"))
    }

    @Test
    func `who is paid without a bill lets the payer choose`() async {
        let open = OwedBill(minimum: Money(1, .xof), maximum: Money(100_000_000, .xof))
        #expect(await look(prepaid, []) == .bill(open))
        let bill = Self.bill("B1", nil, minimum: "100")
        let chosen = OwedBill(minimum: Money(100, .xof), maximum: Money(100_000_000, .xof), reference: "B1")
        #expect(await look(prepaid, [bill]) == .bill(chosen))
    }

    private func look(_ provider: any BillLookingUp, _ list: JSONValue) async -> BillFinding {
        await provider.lookUp("37000000001", on: "electricity", asking: ScriptedWire(status: 200, list))
    }

    @Test
    func `the login, and what it gives`() throws {
        let login = provider.loginRequest(.main)
        #expect(login.url == Sample.root + "/oauth/accesstoken" && login.bodyText == "grant_type=client_credentials")
        #expect(login.headers.contains { $0.name == "Authorization" && $0.value.hasPrefix("Basic ") })
        func read(_ body: JSONValue) -> String {
            provider.readLogin(WireReply(status: 200, body: body.serialized())).line
        }
        #expect(read(["access_token": "t", "expires_in": 60]) == "t 60")
        #expect(read(["access_token": "t", "expires_in": "60"]) == "t 60")
        #expect(read(["access_token": "t"]) == "unreadable" && read(["access_token": "a b"]) == "unreadable")
        let signed = provider.sign(WireRequest(.get, "https://x.example"), .sample(token: "abc"))
        #expect(signed.headers == [.init("X-Client-Id", "planted-client"), .init("Authorization", "Bearer abc")])
    }

    static let wrong: [(JSONValue, String)] = [
        (["channel": "No"], "/settings/channel"), (["currency": "franc"], "/settings/currency"),
        (["paid_statuses": []], "/settings/paid_statuses"),
        (["pending_statuses": ["approved"]], "/settings/paid_statuses"),
        (["account": ["name": "n", "minimum_length": 5, "maximum_length": 4]], "/settings/account/maximum_length"),
        (["account": ["name": "n", "minimum_length": 0, "maximum_length": 4]], "/settings/account/minimum_length"),
        (["account": ["name": "n", "minimum_length": 5, "maximum_length": 65]], "/settings/account/maximum_length"),
        (["token_path": "/t"], "/settings/client_id"), (["goods_key": "a b"], "/settings/goods_key"),
        (["goods_within_seconds": 1], "/settings/goods_within_seconds"), (["minimum": 0], "/settings/minimum"),
    ]

    @Test(arguments: wrong.indices)
    func `a wrong setting is named`(index: Int) throws {
        let (change, pointer) = Self.wrong[index]
        var settings = try #require(Sample.billers.first?.settings.objectValue)
        for member in change.objectValue?.members ?? [] { settings[member.name] = member.value }
        #expect(Sample.complaint("gsma-biller", .object(settings)).hasPrefix(pointer + ": "), "\(pointer)")
    }
}
