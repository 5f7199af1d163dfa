import ArgumentParser
import Router
import Sandbox

/// `payrouter test-values`: requests that force each outcome in the sandbox.
struct TestValuesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test-values", abstract: "List requests that force each outcome in the sandbox, by themselves.")

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let values = TestValues.all
        if output.json { return Terminal.out(Terminal.pretty(.array(values.map(\.json)))) }
        let rows = values.map { value in
            [value.channel, value.outcome, value.trigger, "\(value.status.rawValue) (\(value.certainty.rawValue))"]
        }
        Terminal.out(Terminal.table(["CHANNEL", "OUTCOME", "MAGIC VALUE", "ENDS"], rows))
    }
}

/// One magic value with the whole request and what a correct router shows in the end.
struct TestValues {
    var channel: String
    var outcome: String
    var trigger: String
    var request: JSONValue
    var confirm: JSONValue?
    var status: OrderStatus
    var certainty: Certainty

    var json: JSONValue {
        var object = JSONObject([
            .init("channel", .string(channel)), .init("operation", "collect"), .init("outcome", .string(outcome)),
            .init("request", request),
        ])
        object["confirm"] = confirm
        object["expect"] = ["status": .string(status.rawValue), "certainty": .string(certainty.rawValue)]
        return .object(object)
    }

    static var all: [TestValues] { SandboxScenario.all.filter(\.isPublic).map(TestValues.init) }

    init(_ scenario: SandboxScenario) {
        outcome = scenario.name
        trigger = scenario.trigger.text
        var body: JSONObject
        switch scenario.product {
        case .debit:
            channel = "tmoney"
            body = Self.body(5_000, "XOF", channel)
            body["customer"] = ["phone": .string("+" + scenario.trigger.text)]
        case .page:
            channel = "flouci"
            body = Self.body(Int64(scenario.trigger.text) ?? 0, "TND", channel)
        case .accept:
            channel = "flouci-code"
            body = Self.body(7_000, "TND", channel)
            // The operator's form supplies a payment id of its own; here it only has to be new each time.
            confirm = ["code": .string(scenario.trigger.text), "operator_payment_id": "sandbox-form-0001"]
        case .card:
            channel = "card"
            body = Self.body(5_000, "USD", channel)
            body["source"] = ["token": .string(scenario.trigger.text)]
            body["return_urls"] = ["success": "https://shop.example/paid", "failure": "https://shop.example/failed"]
        }
        if outcome == "late_success" { body["expires_in"] = 2 }
        // A refused code may be typed again until the payment expires.
        if scenario.product == .accept, outcome == "declined" { body["expires_in"] = 4 }
        request = .object(body)
        (status, certainty) = Self.end(scenario)
    }

    private static func body(_ amount: Int64, _ currency: String, _ channel: String) -> JSONObject {
        JSONObject([
            .init("amount", JSONValue(amount)), .init("currency", .string(currency)),
            .init("channel", .string(channel)),
        ])
    }

    /// How the payment ends with a router that neither guesses nor forgets.
    private static func end(_ scenario: SandboxScenario) -> (OrderStatus, Certainty) {
        switch (scenario.product, scenario.name) {
        case (_, "succeeds"), (_, "succeeds_later"), (_, "duplicate_callback"), (_, "late_success"):
            (.succeeded, .confirmed)
        case (_, "insufficient_funds"), (_, "declined"): (.failed, .confirmed)
        // Flouci's session expires; everywhere else nobody ever says what became of it.
        case (.page, "no_answer"): (.failed, .confirmed)
        // No operator can be asked about an accept call: only people can settle what is lost.
        case (.accept, _): (.underReview, .unknown)
        // The same key completes the same intent.
        case (.card, "lost_answer_not_executed"): (.succeeded, .confirmed)
        case (_, "lost_answer_executed"), (_, "error_after_executing"): (.succeeded, .confirmed)
        case (_, "error_without_executing"): (.failed, .confirmed)
        default: (.underReview, .unknown)
        }
    }
}
