import Router
import Testing

@testable import Providers

@Suite("Card: replies and checks")
struct CardReplyTests {
    let intents: CardProvider
    let charges: CardProvider
    let intentOrder: CollectInstruction
    let chargeOrder: CollectInstruction

    init() throws {
        intents = try Sample.configured("card intents")
        charges = try Sample.configured("card charges")
        intentOrder = try Sample.order(for: "card intents")
        chargeOrder = try Sample.order(for: "card charges")
    }

    @Test(arguments: Fixture.rows("card/intents.json"))
    func `every row of the intents table`(row: Row) async {
        #expect(intents.read(row.reply, to: intentOrder).line == row.text("answer"))
        guard let finding = row["finding"]?.stringValue else { return }
        #expect(await intents.check(.collect(intentOrder), asking: ScriptedWire(row.reply)).line == finding)
    }

    @Test(arguments: Fixture.rows("card/errors.json"))
    func `every row of the errors table`(row: Row) async {
        #expect(intents.read(row.reply, to: intentOrder).line == row.text("answer"))
        #expect(charges.read(row.reply, to: chargeOrder).line == row["charges"]?.stringValue ?? row.text("answer"))
        // Refusing the question says nothing about the payment.
        #expect(
            await intents.check(.collect(intentOrder), asking: ScriptedWire(row.reply)).line.hasPrefix(
                "could not answer: HTTP"))
        #expect(
            await charges.check(.collect(chargeOrder), asking: ScriptedWire(row.reply)).line.hasPrefix(
                "could not answer: HTTP"))
    }

    @Test(arguments: Fixture.rows("card/charges.json"))
    func `every row of the charges table`(row: Row) {
        #expect(charges.read(row.reply, to: chargeOrder).line == row.text("answer"))
    }

    @Test(arguments: Fixture.rows("card/charge-lists.json"))
    func `every row of the lists table`(row: Row) async {
        let wire = ScriptedWire(row.reply)
        #expect(await charges.check(.collect(chargeOrder), asking: wire).line == row.text("finding"))
        #expect(
            wire.questions.map(\.url)
                == ["http://127.0.0.1:8090/op/v1/charges?transfer_group=\(Sample.reference)&limit=10"])
    }

    @Test
    func `intents are asked about by id`() async throws {
        let wire = ScriptedWire(["object": "payment_intent"])
        _ = await intents.check(.collect(intentOrder), asking: wire)
        let question = try #require(wire.questions.first)
        #expect(question.method == .get && question.body.isEmpty && question.header("Idempotency-Key") == nil)
        #expect(question.header("Stripe-Version") == "2026-10-28.endive")
        #expect(question.url == "http://127.0.0.1:8090/op/v1/payment_intents/pi_123?expand%5B%5D=latest_charge")
    }

    @Test
    func `without an intent's id nothing is asked`() async {
        var order = intentOrder
        order.operatorReference = nil
        let wire = ScriptedWire()
        #expect(await intents.check(.collect(order), asking: wire).line == "could not answer: no intent is known")
        #expect(wire.questions.isEmpty)
    }

    @Test(arguments: ScriptedWire.failures)
    func `no reply is no answer`(failure: AskFailure) async {
        #expect(
            await intents.check(.collect(intentOrder), asking: ScriptedWire(failure)).line.hasPrefix("could not answer")
        )
        #expect(
            await charges.check(.collect(chargeOrder), asking: ScriptedWire(failure)).line.hasPrefix("could not answer")
        )
    }

    @Test
    func `in production the payer is sent to https only`() throws {
        let setup = Sample.setup(
            "card", environment: .production, baseURL: nil,
            secrets: ["secret_key": "sk_live_x", "webhook_secret": "whsec_x"])
        let provider: CardProvider = try Sample.provider("card", [:], setup: setup)
        let row = try #require(Fixture.rows("card/intents.json").first { $0.name == "sandbox redirect" })
        #expect(provider.read(row.reply, to: intentOrder).line == "pending wait operator=pi_123")
    }
}
