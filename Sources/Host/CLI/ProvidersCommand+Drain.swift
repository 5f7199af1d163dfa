import ArgumentParser
import Router
import WebText

extension ProvidersCommand {
    /// Who wishes it, and at which router.
    struct Wish: ParsableArguments {
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The provider's name.") var id: String
        @Option(name: .customLong("as"), help: "Who wishes it: a name of `payrouter people list`.") var person: String
        @Option(name: .long, help: "A file with that person's token.") var tokenFile: String?

        func send(_ what: String, reason: String? = nil) async throws -> JSONValue {
            let token = try PersonalToken.read(tokenFile, of: person)
            let body: JSONValue = [
                "as": .string(person), "token": .string(token), "reason": JSONValue(reason),
            ]
            return try await common.link.call(
                .post, "/providers/\(PercentText.encoded(id))/\(what)", body.withoutNulls)
        }
    }

    struct Drain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have a provider take no new orders; what is under way there goes on.",
            discussion: "Holds across restarts, until it is resumed.")
        @OptionGroup var wish: Wish
        @Option(name: .long, help: "Why, for whoever looks.") var because: String?

        func run() async throws {
            try await reportingFailures {
                let answer = try await wish.send("drain", reason: because)
                if wish.common.output.json { return Terminal.out(Terminal.pretty(answer)) }
                let drain = answer["drain"]
                Terminal.out(
                    "\(wish.id) takes no new orders since \(drain?["since"]?.stringValue ?? ""), by "
                        + "\(drain?["by"]?.stringValue ?? ""). What is under way there goes on.")
            }
        }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Have a provider take new orders again.")
        @OptionGroup var wish: Wish

        func run() async throws {
            try await reportingFailures {
                let answer = try await wish.send("resume")
                Terminal.out(
                    wish.common.output.json ? Terminal.pretty(answer) : "\(wish.id) takes new orders again.")
            }
        }
    }

    struct Health: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show how providers are: what new orders they take, and why not. Asks no operator.")
        @OptionGroup var common: AppsCommand.Common

        func run() async throws {
            try await reportingFailures {
                let list = try await common.link.call(.get, "/providers/health")
                if common.output.json { return Terminal.out(Terminal.pretty(list)) }
                for line in HealthText.lines(list) { Terminal.out(line) }
            }
        }
    }
}
