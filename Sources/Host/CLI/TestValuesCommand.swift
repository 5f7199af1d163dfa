import ArgumentParser
import Router
import Sandbox

/// `payrouter test-values`: requests that force each outcome in the sandbox.
struct TestValuesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test-values",
        abstract: "List requests that force each outcome in the sandbox.",
        discussion:
            "Values of pages, forms and QR codes act once the payer has opened what next_action shows. Ids that an "
            + "operator executes once are new with every call.")

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let values = TestValues.all
        if output.json { return Terminal.out(Terminal.pretty(.array(values.map(\.json)))) }
        let rows = values.map { value in
            [
                value.channel, value.operation, value.outcome, value.trigger,
                value.actsWhenOpened ? "when opened" : "at once",
                "\(value.status.rawValue) (\(value.certainty.rawValue))",
            ]
        }
        Terminal.out(Terminal.table(["CHANNEL", "OPERATION", "OUTCOME", "MAGIC VALUE", "ACTS", "ENDS"], rows))
        Terminal.out("\nWhen opened: once the payer has opened the page or form, or scanned the code, in next_action.")
        let numbers = SandboxCardNumber.all.map { [Self.grouped($0.number), $0.instrument] }
        Terminal.out(
            "\nCard numbers for the card field of the practice operator, with any end to come and any code of three")
        Terminal.out(
            "digits. The field makes a one-time token of them (its page: /card/fields?key=pk_test_sandbox at the")
        Terminal.out("practice operators' address; its script for a shop's form: /card/fields.js):\n")
        Terminal.out(Terminal.table(["CARD NUMBER", "PAYS LIKE"], numbers))
    }

    /// Four digits at a time.
    private static func grouped(_ number: String) -> String {
        stride(from: 0, to: number.count, by: 4).map { number.dropFirst($0).prefix(4) }.joined(separator: " ")
    }
}

/// One magic value with the whole request and what a correct router shows in the end.
struct TestValues {
    var channel: String
    var operation: String
    var outcome: String
    var trigger: String
    /// For refunds: the body that creates the payment to be refunded.
    var payment: JSONValue?
    var request: JSONValue
    var confirm: JSONValue?
    /// Whether it acts only once the payer has opened what the payment's `next_action` shows.
    var actsWhenOpened: Bool
    var status: OrderStatus
    var certainty: Certainty

    var json: JSONValue {
        var object = JSONObject([
            .init("channel", .string(channel)), .init("operation", .string(operation)),
            .init("outcome", .string(outcome)),
        ])
        object["payment"] = payment
        object["request"] = request
        object["confirm"] = confirm
        object["acts"] = .string(actsWhenOpened ? "when_opened" : "at_once")
        object["expect"] = ["status": .string(status.rawValue), "certainty": .string(certainty.rawValue)]
        return .object(object)
    }

    static var all: [TestValues] { SandboxScenario.all.filter(\.isPublic).map(TestValues.init) }

    init(_ scenario: SandboxScenario) {
        channel = scenario.channel
        operation = scenario.operation.rawValue
        outcome = scenario.name
        trigger = scenario.trigger.text
        actsWhenOpened = scenario.actsWhenOpened
        status = OrderStatus(rawValue: scenario.end.status) ?? .underReview
        certainty = Certainty(rawValue: scenario.end.certainty) ?? .unknown
        var body = JSONObject([
            .init("amount", JSONValue(scenario.amount)), .init("currency", .string(scenario.currency)),
            .init("channel", .string(scenario.channel)),
        ])
        if scenario.operation == .authorize { body["capture"] = false }
        var refund: JSONObject = JSONObject([.init("amount", JSONValue(scenario.amount))])
        for value in [scenario.trigger] + scenario.others {
            switch value {
            case .phone(let number):
                body[scenario.operation == .payout ? "party" : "customer"] = ["phone": .string("+" + number)]
            case .amount(let amount): body["amount"] = JSONValue(amount)
            case .token(let token): body["source"] = ["token": .string(token)]
            case .refundAmount(let amount): refund["amount"] = JSONValue(amount)
            case .code(let code):
                let fields = scenario.confirmFields.map { field in
                    // What an operator executes once must not be the same when it is pasted twice.
                    let chance = field.isFresh ? Hex.text((0..<6).map { _ in UInt8.random(in: .min ... .max) }) : ""
                    return JSONObject.Member(field.name, .string(field.value + chance))
                }
                confirm = .object(JSONObject([.init("code", .string(code))] + fields))
            }
        }
        if scenario.needsReturnURLs {
            body["return_urls"] = ["success": "https://shop.example/paid", "failure": "https://shop.example/failed"]
        }
        if !scenario.metadata.isEmpty {
            body["metadata"] = .object(JSONObject(scenario.metadata.map { .init($0.name, .string($0.value)) }))
        }
        if let seconds = scenario.expiresInSeconds { body["expires_in"] = JSONValue(seconds) }
        if scenario.operation == .refund {
            payment = .object(body)
            request = .object(refund)
        } else {
            request = .object(body)
        }
    }
}
