import ArgumentParser
import Glibc
import Router
import WebText

/// `payrouter reviews`: orders whose money nobody knows enough about, and how two people end that.
struct ReviewsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reviews", abstract: "List and show what waits for people; sign what was found out.",
        discussion: """
            A finding is signed by two different people (`payrouter people add NAME`). The first signature is stored and \
            shown to the second person; a second one under the same finding makes it evidence.
            """,
        subcommands: [List.self, Show.self, Resolve.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List open reviews of every kind of order.")
        @OptionGroup var common: AppsCommand.Common
        @Option(name: .long, help: "Only reviews for this reason, for instance outcome_unknown or discrepancy.")
        var reason: String?
        @Option(name: .long, help: "1 to 100.") var limit = 100

        func run() async throws {
            try await reportingFailures {
                let query = "limit=\(limit)" + (reason.map { "&reason=\(PercentText.encoded($0))" } ?? "")
                let list = try await common.link.call(.get, "/reviews?" + query)
                if common.output.json { return Terminal.out(Terminal.pretty(list)) }
                let reviews = list["data"]?.arrayValue ?? []
                guard !reviews.isEmpty else { return Terminal.out("Nothing waits for people.") }
                let rows = reviews.map { review in
                    [
                        review["order"]?.stringValue ?? "", review["reason"]?.stringValue ?? "",
                        ReviewText.money(review, "money_at_risk"), ReviewText.age(review),
                        review["provider"]?.stringValue ?? "-",
                        review["signatures"]?.integerValue.map { $0 > 0 ? "\($0)" : "-" } ?? "-",
                    ]
                }
                Terminal.out(Terminal.table(["ORDER", "REASON", "AT RISK", "AGE", "PROVIDER", "SIGNED"], rows))
                if list["has_more"] == true { Terminal.out("There are more; narrow the list with --reason.") }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the evidence, the money at risk, what to ask the operator, and who signed what.")
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The order's id: pay_..., po_..., re_..., cap_..., void_... or tr_...") var id: String

        func run() async throws {
            try await reportingFailures {
                let review = try await common.link.call(.get, "/reviews/\(PercentText.encoded(id))")
                Terminal.out(common.output.json ? Terminal.pretty(review) : ReviewText.whole(review))
            }
        }
    }

    enum Finding: String, ExpressibleByArgument, CaseIterable {
        case executed
        case notExecuted = "not-executed"
        case split
    }

    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign what was found out; the second person's signature ends the review.",
            discussion: """
                executed needs --operator-reference, the operator's transaction id, unless it is known; not-executed is \
                taken only once nothing can be executed any more; split needs --amount, what was executed instead. Of a \
                parked transfer executed says that the recipient has the money by other means, not-executed that the \
                sender has it back. The personal token comes from --token-file, else from PAYROUTER_PERSON_TOKEN, else it is asked for.
                """)
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The order's id.") var id: String
        @Argument(help: "executed, not-executed or split.") var finding: Finding
        @Option(name: .long, help: "What was executed instead, in minor units; with split.") var amount: Int64?
        @Option(name: .long, help: "Why, in your words.") var because: String
        @Option(name: .long, help: "Where it stands: the operator's letter, mail or statement line.")
        var document: String
        @Option(name: .long, help: "The operator's transaction id.") var operatorReference: String?
        @Flag(name: .long, help: "With split: the operator really executed more than was asked.")
        var moreThanAsked = false
        @Option(name: .customLong("as"), help: "Your name, as `payrouter people list` shows it.") var person: String
        @Option(name: .long, help: "A file that holds your personal token.") var tokenFile: String?

        func run() async throws {
            try await reportingFailures {
                let body: JSONValue = [
                    "finding": .string(finding == .notExecuted ? "not_executed" : finding.rawValue),
                    "amount": amount.map { JSONValue($0) } ?? .null, "because": .string(because),
                    "document": .string(document), "operator_reference": JSONValue(operatorReference),
                    "more_than_asked": moreThanAsked ? true : .null,
                    "as": .string(person), "token": .string(try PersonalToken.read(tokenFile, of: person)),
                ]
                let signed = try await common.link.call(
                    .post, "/reviews/\(PercentText.encoded(id))/resolve", body.withoutNulls)
                if common.output.json { return Terminal.out(Terminal.pretty(signed)) }
                guard signed["resolved"] == true else {
                    Terminal.out("Signed. Another person has to sign the same: `payrouter reviews show \(id)`.")
                    for other in signed["signed"]?.arrayValue ?? [] where other["person"] != .string(person) {
                        Terminal.out(
                            "Not the same: \(other["person"]?.stringValue ?? "") found "
                                + "\(other["finding"]?.stringValue ?? "") at \(other["at"]?.stringValue ?? "").")
                    }
                    return
                }
                let left = signed["review"]?.stringValue.map { "; a review for \($0) is still open" } ?? ""
                Terminal.out("Resolved: \(id) is \(signed["status"]?.stringValue ?? "")\(left).")
            }
        }
    }
}

/// Where a person's token comes from; never from an argument, which everybody on the machine could read.
enum PersonalToken {
    static func read(_ file: String?, of person: String) throws -> String {
        if let file {
            return trimmed(String(decoding: try Files.load(file), as: UTF8.self))
        }
        if let token = ProcessEnvironment.values["PAYROUTER_PERSON_TOKEN"] { return trimmed(token) }
        guard isatty(STDIN_FILENO) == 1 else { return trimmed(readLine() ?? "") }
        guard let typed = getpass("Token of \(person): ") else {
            throw CommandFailure(description: "no token was typed; use --token-file or PAYROUTER_PERSON_TOKEN")
        }
        return trimmed(String(cString: typed))
    }

    private static func trimmed(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
    }
}
