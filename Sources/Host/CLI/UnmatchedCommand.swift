import ArgumentParser
import Router
import WebText

/// `payrouter unmatched`: what operators told and nothing here matches, such as money that a payer sent from the operator's
/// own menu with a mistyped code.
struct UnmatchedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unmatched",
        abstract:
            "List and show what operators told and nothing matches; say what money is for; enter a statement's line.",
        discussion: """
            match, close and add need two different people (`payrouter people add NAME`): the first signature is kept for a \
            day, the second under the same wish does it. The personal token comes from --token-file, else from \
            PAYROUTER_PERSON_TOKEN, else it is asked for.
            """,
        subcommands: [List.self, Show.self, Match.self, Close.self, Add.self])

    /// Who signs.
    struct Signer: ParsableArguments {
        @Option(name: .customLong("as"), help: "Your name, as `payrouter people list` shows it.") var person: String
        @Option(name: .long, help: "A file that holds your personal token.") var tokenFile: String?

        fileprivate func signed(_ body: JSONValue) throws -> JSONValue {
            var object = body.withoutNulls.objectValue ?? JSONObject()
            object["as"] = .string(person)
            object["token"] = .string(try PersonalToken.read(tokenFile, of: person))
            return .object(object)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List them, oldest first.")
        @OptionGroup var common: AppsCommand.Common
        @OptionGroup var page: ListPage

        func run() async throws {
            try await reportingFailures {
                try await page.show(
                    "/unmatched", common, nothing: "Nothing is unmatched.",
                    columns: ["ID", "PROVIDER", "AMOUNT", "TYPED", "WHY", "RECEIVED"], row: UnmatchedText.row)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one.")
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "Its id.") var id: String

        func run() async throws {
            try await reportingFailures {
                let entry = try await common.link.call(.get, "/unmatched/\(PercentText.encoded(id))")
                Terminal.out(common.output.json ? Terminal.pretty(entry) : UnmatchedText.whole(entry))
            }
        }
    }

    struct Match: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign which bill or payment the money is for; the second person's signature pays it.")
        @OptionGroup var common: AppsCommand.Common
        @OptionGroup var signer: Signer
        @Argument(help: "Its id.") var id: String
        @Option(name: .long, help: "The bill's code.") var bill: String?
        @Option(name: .long, help: "The id of a payment that waits for its payer.") var payment: String?
        @Option(name: .long, help: "Why, in your words.") var because: String

        func run() async throws {
            try await reportingFailures {
                let body: JSONValue = [
                    "bill": JSONValue(bill), "payment": JSONValue(payment), "because": .string(because),
                ]
                let done = try await common.link.call(
                    .post, "/unmatched/\(PercentText.encoded(id))/match", try signer.signed(body))
                if common.output.json { return Terminal.out(Terminal.pretty(done)) }
                guard let paid = done["payment"]?.stringValue else { return Terminal.out(UnmatchedText.signedFirst) }
                Terminal.out("Matched: the money is payment \(paid).")
            }
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign that it pays nothing here, for instance because the payer has the money back.")
        @OptionGroup var common: AppsCommand.Common
        @OptionGroup var signer: Signer
        @Argument(help: "Its id.") var id: String
        @Option(name: .long, help: "Why, in your words.") var because: String

        func run() async throws {
            try await reportingFailures {
                let done = try await common.link.call(
                    .post, "/unmatched/\(PercentText.encoded(id))/close",
                    try signer.signed(["because": .string(because)]))
                if common.output.json { return Terminal.out(Terminal.pretty(done)) }
                Terminal.out(
                    done["people"] != nil ? "Closed: \(id) is listed no more." : UnmatchedText.signedFirst)
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Enter a line of an operator's statement about money that no order here knows.",
            discussion: """
                What the payer typed finds the bill or the payment that it pays, as with a notification. A line counts once, \
                and not at all if an order here is about its transaction already.
                """)
        @OptionGroup var common: AppsCommand.Common
        @OptionGroup var signer: Signer
        @Option(name: .long, help: "The provider whose statement it is.") var provider: String
        @Option(name: .long, help: "The operator's transaction id.") var operatorReference: String
        @Option(name: .long, help: "What came, in minor units.") var amount: Int64
        @Option(name: .long, help: "Its currency, for instance XOF.") var currency: String
        @Option(name: .long, help: "What the payer typed: a bill's code or an order number.") var typed: String
        @Option(name: .long, help: "The payer's phone number, where the line has it.") var payer: String?
        @Option(name: .long, help: "Where it stands: the statement's day and page.") var document: String

        func run() async throws {
            try await reportingFailures {
                let body: JSONValue = [
                    "provider": .string(provider), "operator_reference": .string(operatorReference),
                    "amount": JSONValue(amount), "currency": .string(currency), "typed": .string(typed),
                    "payer": JSONValue(payer), "document": .string(document),
                ]
                let done = try await common.link.call(.post, "/unmatched", try signer.signed(body))
                if common.output.json { return Terminal.out(Terminal.pretty(done)) }
                guard done["person"] == nil else { return Terminal.out(UnmatchedText.signedFirst) }
                if let paid = done["payment"]?.stringValue {
                    return Terminal.out("Matched: the money is payment \(paid).")
                }
                let id = done["message"]?.stringValue ?? ""
                Terminal.out("Taken, and it matches nothing yet: `payrouter unmatched show \(id)` says why.")
            }
        }
    }
}
