import ArgumentParser
import Router
import WebText

extension ConfigCommand {
    /// Who wishes it, and why.
    struct Wish: ParsableArguments {
        @OptionGroup var common: AppsCommand.Common
        @Option(
            name: .customLong("as"),
            help: "Who wishes it: a name of `payrouter people list`; needed as soon as there is one.")
        var person: String?
        @Option(name: .long, help: "A file with that person's token.") var tokenFile: String?
        @Option(name: .long, help: "Why, for whoever looks.") var because: String?

        /// Sends a call with what else it says.
        func send(_ path: String, _ more: [(String, JSONValue)] = []) async throws -> JSONValue {
            var body = JSONObject(more.filter { $0.1 != .null }.map { .init($0.0, $0.1) })
            if let because { body["because"] = .string(because) }
            if let person {
                body["as"] = .string(person)
                body["token"] = .string(try PersonalToken.read(tokenFile, of: person))
            }
            return try await common.link.call(.post, ConfigCommand.path + path, .object(body))
        }
    }

    /// The version that must be worked with.
    struct Expectation: ParsableArguments {
        @Option(name: .customLong("if-active"), help: "Only if this version is worked with now.")
        var active: Int64?

        var member: (String, JSONValue) { ("expected_active", active.map { JSONValue($0) } ?? .null) }
    }

    struct Try: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "try",
            abstract: "Load a file as the router would, say every fault and what differs, and make a version of it.",
            discussion: "Nothing is worked with otherwise. Ends with 78 if the file cannot be used.")
        @OptionGroup var wish: Wish
        @Argument(help: "The file.") var file = "providers.json"

        func run() async throws {
            try await reportingFailures {
                let text = try ConfigText.file(file)
                let answer: JSONValue
                do {
                    answer = try await wish.send(
                        "/versions", [("file", .string(text)), ("name", .string(file)), ("source", "cli")])
                } catch let failure as CommandFailure where failure.exit == .wrongArguments {
                    throw CommandFailure(description: failure.description, exit: .configuration)
                }
                if wish.common.output.json { return Terminal.out(Terminal.pretty(answer)) }
                for line in ConfigText.trial(answer) { Terminal.out(line) }
            }
        }
    }

    struct Activate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Work with a version from now on, without a restart.",
            discussion: """
                A version that was tried on fewer than 100 recorded decisions is refused without --untried. Without a number \
                the present version is worked with as it is now: secrets are read again.
                """)
        @OptionGroup var wish: Wish
        @OptionGroup var expectation: Expectation
        @Argument(help: "The version's number.") var number: Int64?
        @Flag(name: .long, help: "Also if it was tried on too few recorded decisions.") var untried = false

        func run() async throws {
            try await reportingFailures {
                let answer =
                    if let number {
                        try await wish.send(
                            "/versions/\(number)/activate", [expectation.member, ("untried", .bool(untried))])
                    } else { try await wish.send("/reload") }
                ConfigText.show(answer, wish.common)
            }
        }
    }

    struct Rollback: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Work again with the version that was worked with before.")
        @OptionGroup var wish: Wish
        @OptionGroup var expectation: Expectation
        @Argument(help: "The version, one that was worked with; the one before the present one if left out.")
        var number: Int64?

        func run() async throws {
            try await reportingFailures {
                let answer = try await wish.send(
                    "/rollback", [expectation.member, ("number", number.map { JSONValue($0) } ?? .null)])
                ConfigText.show(answer, wish.common)
            }
        }
    }
}
