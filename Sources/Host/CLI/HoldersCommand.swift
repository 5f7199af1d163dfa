import ArgumentParser
import Router
import WebText

/// `payrouter holders`: people who signed up for a wallet.
struct HoldersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "holders",
        abstract: "List and show holders of wallets; disable and enable them; replace a lost phone.",
        subcommands: [List.self, Show.self, Disable.self, Enable.self, ReplacePhone.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List holders, newest first.")
        @OptionGroup var common: AppsCommand.Common
        @OptionGroup var page: ListPage

        func run() async throws {
            try await reportingFailures {
                try await page.show(
                    "/holders", common, nothing: "Nobody has signed up.",
                    columns: ["USER NAME", "NAME", "STATE", "PHONE", "E-MAIL", "SIGNED UP"]
                ) { holder in
                    ["username", "name", "state", "phone", "email", "created_at"].map {
                        holder[$0]?.stringValue ?? "-"
                    }
                }
            }
        }
    }

    /// The commands about one holder.
    struct One: ParsableArguments {
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The user name, or the id.") var name: String

        fileprivate func run(_ method: WireRequest.Method, _ action: String = "") async throws {
            let holder = try await common.link.call(method, "/holders/\(PercentText.encoded(name))\(action)")
            Terminal.out(common.output.json ? Terminal.pretty(holder) : Self.text(holder))
        }

        private static func text(_ holder: JSONValue) -> String {
            func confirmed(_ name: String) -> String? {
                holder[name]?.stringValue.map { $0 + (holder[name + "_confirmed"] == true ? "" : " (not confirmed)") }
            }
            let lines: [(String, String?)] = [
                ("holder", holder["id"]?.stringValue), ("user name", holder["username"]?.stringValue),
                ("name", holder["name"]?.stringValue), ("state", holder["state"]?.stringValue),
                ("phone", confirmed("phone")), ("e-mail", confirmed("email")),
                ("language", holder["language"]?.stringValue), ("signed up", holder["created_at"]?.stringValue),
                ("wallets", holder["wallets"]?.arrayValue?.compactMap(\.stringValue).joined(separator: ", ")),
            ]
            return lines.compactMap { name, value in
                value.map { name + String(repeating: " ", count: max(1, 12 - name.count)) + $0 }
            }.joined(separator: "\n")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one with their wallets.")
        @OptionGroup var one: One
        func run() async throws { try await reportingFailures { try await one.run(.get) } }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign a holder out everywhere, and let them in no more; wallets stay as they are.")
        @OptionGroup var one: One
        func run() async throws { try await reportingFailures { try await one.run(.post, "/disable") } }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a holder sign in again.")
        @OptionGroup var one: One
        func run() async throws { try await reportingFailures { try await one.run(.post, "/enable") } }
    }

    struct ReplacePhone: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign that a holder has another phone number; the second person's signature replaces it.",
            discussion: """
                The holder is signed out everywhere, signs in with the password and confirms the number with a code that \
                is sent to it. The personal token comes from --token-file, else from PAYROUTER_PERSON_TOKEN, else it is \
                asked for.
                """)
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The user name, or the id.") var name: String
        @Argument(help: "The new number, with + and its country's code.") var phone: String
        @Option(name: .customLong("as"), help: "Your name, as `payrouter people list` shows it.") var person: String
        @Option(name: .long, help: "A file that holds your personal token.") var tokenFile: String?

        func run() async throws {
            try await reportingFailures {
                let signed = try await common.link.call(
                    .post, "/holders/\(PercentText.encoded(name))/phone",
                    [
                        "phone": .string(phone), "as": .string(person),
                        "token": .string(try PersonalToken.read(tokenFile, of: person)),
                    ])
                if common.output.json { return Terminal.out(Terminal.pretty(signed)) }
                guard signed["replaced"] == true else {
                    return Terminal.out(
                        "Signed. Another person has to sign the same number within a day; nothing is changed yet.")
                }
                let phone = signed["phone"]?.stringValue ?? ""
                Terminal.out("Replaced: the phone of \(name) is \(phone) now, not confirmed yet.")
            }
        }
    }
}
