import ArgumentParser
import Router
import WebText

/// `payrouter apps`: integrations and their keys.
struct AppsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apps",
        abstract: "Create, list, disable, enable apps; rotate and revoke their keys; make QR codes.",
        subcommands: [
            Create.self, List.self, Disable.self, Enable.self, Rotate.self, Revoke.self, AllowUnaccepted.self,
            RequireAcceptance.self, Country.self, Metadata.self, QR.self,
        ])

    struct Common: ParsableArguments {
        @Option(name: .long, help: "The data folder.")
        var data = "./data"

        @OptionGroup var output: OutputOptions

        var link: AdminLink { AdminLink(data: data, isForPeople: !output.json) }
    }

    static func show(_ app: JSONValue, _ common: Common) {
        if common.output.json { return Terminal.out(Terminal.pretty(app)) }
        let id = app["id"]?.stringValue ?? ""
        let state = app["enabled"] == true ? "enabled" : "disabled"
        Terminal.out("\(id)  \(app["name"]?.stringValue ?? "")  \(state)")
        if app["takes_unaccepted"] == true {
            Terminal.out("  checkout    takes money at amounts the payer's browser chose, without asking the shop")
        }
        if let country = app["default_country"]?.stringValue {
            Terminal.out("  phones      national numbers are those of \(country)")
        }
        for key in app["keys"]?.arrayValue ?? [] {
            let ends = key["expires_at"]?.stringValue.map { key["active"] == true ? " until \($0)" : " ended" } ?? ""
            Terminal.out("  \(key["role"]?.stringValue ?? "")  \(key["prefix"]?.stringValue ?? "")...\(ends)")
        }
        let fresh = (app["new_keys"]?.arrayValue ?? []).compactMap(\.stringValue)
        guard !fresh.isEmpty else { return }
        Terminal.out("Shown this once; keep them safe:")
        for key in fresh {
            Terminal.out(
                key.hasPrefix("pk_")
                    ? "  publishable key, for pages     \(key)" : "  secret key, for your server    \(key)")
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Create an app with a secret and a publishable key.")
        @OptionGroup var common: Common
        @Argument(help: "The app's name; no two apps share one.") var name: String
        @OptionGroup var environment: EnvironmentOptions

        func run() async throws {
            try await reportingFailures {
                let environment = try environment.chosen(fallback: .sandbox)
                let body: JSONValue = ["name": .string(name), "environment": .string(environment.rawValue)]
                AppsCommand.show(try await common.link.call(.post, "/apps", body), common)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List apps and their keys.")
        @OptionGroup var common: Common

        func run() async throws {
            try await reportingFailures {
                let list = try await common.link.call(.get, "/apps")
                if common.output.json { return Terminal.out(Terminal.pretty(list)) }
                let apps = list["data"]?.arrayValue ?? []
                if apps.isEmpty { Terminal.out("No apps yet. `payrouter apps create NAME` makes one.") }
                for app in apps { AppsCommand.show(app, common) }
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Refuse all keys of an app.")
        @OptionGroup var common: Common
        @Argument(help: "The app's id or name.") var app: String

        func run() async throws {
            try await reportingFailures {
                AppsCommand.show(try await common.link.call(.post, "/apps/\(PercentText.encoded(app))/disable"), common)
            }
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Accept an app's keys again.")
        @OptionGroup var common: Common
        @Argument(help: "The app's id or name.") var app: String

        func run() async throws {
            try await reportingFailures {
                AppsCommand.show(try await common.link.call(.post, "/apps/\(PercentText.encoded(app))/enable"), common)
            }
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make new keys; the old ones go on working for a while.")
        @OptionGroup var common: Common
        @Argument(help: "The app's id or name.") var app: String
        @OptionGroup var environment: EnvironmentOptions
        @Option(name: .long, help: "Seconds for which the old keys still work.") var overlap: Int64 = 86_400

        func run() async throws {
            try await reportingFailures {
                let environment = try environment.chosen(fallback: .sandbox)
                let body: JSONValue = [
                    "environment": .string(environment.rawValue), "overlap_seconds": JSONValue(overlap),
                ]
                AppsCommand.show(
                    try await common.link.call(.post, "/apps/\(PercentText.encoded(app))/rotate", body), common)
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End one key now.")
        @OptionGroup var common: Common
        @Argument(help: "The app's id or name.") var app: String
        @Argument(help: "The key's first characters, as `apps list` shows them.") var prefix: String

        func run() async throws {
            try await reportingFailures {
                let body: JSONValue = ["prefix": .string(prefix)]
                AppsCommand.show(
                    try await common.link.call(.post, "/apps/\(PercentText.encoded(app))/revoke", body), common)
            }
        }
    }
}
