import ArgumentParser
import Host
import Router
import Sandbox
import WebText

/// `payrouter test-values`: requests that force each outcome in the sandbox.
struct TestValuesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test-values",
        abstract: "List requests that force each outcome in the sandbox.",
        discussion:
            "Values of pages, forms and QR codes act once the payer has opened what next_action shows. Ids that an "
            + "operator executes once are new with every call.")

    @OptionGroup var output: OutputOptions

    @Option(name: .long, help: "Only this channel, with the whole requests.")
    var channel: String?

    @Option(name: .long, help: "Only collect, authorize, payout or refund.")
    var operation: String?

    @Option(name: .long, help: "Only this outcome, with the whole requests.")
    var outcome: String?

    func run() async throws {
        try await reportingFailures {
            let values = try Self.narrowed(TestValues.all, channel: channel, operation: operation, outcome: outcome)
            if output.json { return Terminal.out(Terminal.pretty(.array(values.map(\.json)))) }
            let rows = values.map { value in
                [
                    value.channel, value.operation, value.outcome, "\(value.place) \(value.trigger)",
                    value.actsWhenOpened ? "when opened" : "at once",
                    "\(value.status.rawValue) (\(value.certainty.rawValue))",
                ]
            }
            Terminal.out(Terminal.table(["CHANNEL", "OPERATION", "OUTCOME", "FORCED BY", "ACTS", "ENDS"], rows))
            Terminal.out(
                "\nWhen opened: once the payer has opened the page or form, or scanned the code, in next_action.")
            if channel != nil || outcome != nil {
                for value in values { Terminal.out("\n" + value.calls) }
            } else {
                Terminal.out("With --channel or --outcome the whole requests are shown, with --json those of all.")
            }
            if channel == nil || channel == "card" { Self.showCardNumbers() }
        }
    }

    /// The values that are asked for.
    static func narrowed(
        _ all: [TestValues], channel: String?, operation: String?, outcome: String?
    ) throws -> [TestValues] {
        for (option, wanted, known) in [
            ("channel", channel, all.map(\.channel)), ("operation", operation, all.map(\.operation)),
            ("outcome", outcome, all.map(\.outcome)),
        ] {
            guard let wanted, !known.contains(wanted) else { continue }
            throw CommandFailure.wrongArgument(
                "--\(option) \"\(wanted)\" has no test value; there are "
                    + Set(known).sorted().joined(separator: ", "))
        }
        let some = all.filter {
            (channel ?? $0.channel) == $0.channel && (operation ?? $0.operation) == $0.operation
                && (outcome ?? $0.outcome) == $0.outcome
        }
        guard !some.isEmpty else {
            throw CommandFailure.wrongArgument(
                "no test value has all of these; leave one of --channel, --operation, --outcome out")
        }
        return some
    }

    private static func showCardNumbers() {
        let numbers = SandboxCardNumber.all.map { [Self.grouped($0.number), $0.instrument] }
        Terminal.out(
            """

            Card numbers for the card field of the sandbox operator, with any end to come and any code of three
            digits. The field makes a one-time token of them (its page: /card/fields?key=pk_test_sandbox at the
            sandbox operators' address; its script for a shop's form: /card/fields.js):

            """ + Terminal.table(["CARD NUMBER", "PAYS LIKE"], numbers))
    }

    /// Four digits at a time.
    private static func grouped(_ number: String) -> String {
        stride(from: 0, to: number.count, by: 4).map { number.dropFirst($0).prefix(4) }.joined(separator: " ")
    }
}

/// One magic value with the whole request and what a correct router shows in the end.
struct TestValues {
    var channel: String
    var kind: SandboxScenario.Operation
    var operation: String { kind.rawValue }
    var outcome: String
    var trigger: String
    /// The member of the request that carries ``trigger``, in words.
    var place: String
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
        object["value"] = .string(trigger)
        object["goes_in"] = .string(place)
        object["payment"] = payment
        object["request"] = request
        object["confirm"] = confirm
        object["acts"] = .string(actsWhenOpened ? "when_opened" : "at_once")
        object["expect"] = ["status": .string(status.rawValue), "certainty": .string(certainty.rawValue)]
        return .object(object)
    }

    /// The calls that force the outcome, in their order.
    var calls: String {
        let end = "\(status.rawValue) (\(certainty.rawValue))"
        var lines = ["\(channel) \(operation) \(outcome), ends \(end):"]
        if let payment {
            lines.append("  POST /v1/payments  \(payment.jsonText)")
            lines.append("  POST /v1/payments/{id}/refunds  \(request.jsonText)")
        } else {
            lines.append("  POST /v1/\(kind == .payout ? "payouts" : "payments")  \(request.jsonText)")
        }
        if let confirm { lines.append("  POST /v1/payments/{id}/confirm  \(confirm.jsonText)") }
        return lines.joined(separator: "\n")
    }

    static var all: [TestValues] { SandboxScenario.all.filter(\.isPublic).map(TestValues.init) }

    init(_ scenario: SandboxScenario) {
        channel = scenario.channel
        kind = scenario.operation
        outcome = scenario.name
        trigger = scenario.trigger.text
        place = scenario.trigger.place
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
            case .billAccount(let account): body["party"] = ["bill_account": .string(account)]
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
