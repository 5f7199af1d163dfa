import ArgumentParser
import Router
import WebText

/// `payrouter webhooks`: endpoints, deliveries, resend.
struct WebhooksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhooks", abstract: "List webhook endpoints and deliveries; send events again.",
        subcommands: [List.self, Deliveries.self, Show.self, Resend.self, Replay.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List webhook endpoints.")
        @OptionGroup var common: AppsCommand.Common

        func run() async throws {
            try await reportingFailures {
                let list = try await common.link.call(.get, "/webhooks/endpoints")
                if common.output.json { return Terminal.out(Terminal.pretty(list)) }
                let rows = (list["data"]?.arrayValue ?? []).map { endpoint in
                    [
                        endpoint["id"]?.stringValue ?? "", endpoint["app"]?.stringValue ?? "",
                        endpoint["enabled"] == true ? "enabled" : "disabled", endpoint["url"]?.stringValue ?? "",
                    ]
                }
                Terminal.out(Terminal.table(["ID", "APP", "STATE", "URL"], rows))
            }
        }
    }

    struct Deliveries: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List what was delivered to an endpoint.")
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The endpoint's id.") var endpoint: String

        func run() async throws {
            try await reportingFailures {
                let list = try await common.link.call(
                    .get, "/webhooks/endpoints/\(PercentText.encoded(endpoint))/deliveries")
                if common.output.json { return Terminal.out(Terminal.pretty(list)) }
                let rows = (list["data"]?.arrayValue ?? []).map { delivery in
                    [
                        delivery["event"]?.stringValue ?? "", delivery["type"]?.stringValue ?? "",
                        delivery["state"]?.stringValue ?? "", String(delivery["attempts"]?.arrayValue?.count ?? 0),
                    ]
                }
                Terminal.out(Terminal.table(["EVENT", "TYPE", "STATE", "ATTEMPTS"], rows))
            }
        }
    }

    struct Resend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Deliver an event again.")
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The endpoint's id.") var endpoint: String
        @Argument(help: "The event's id.") var event: String

        func run() async throws {
            try await reportingFailures {
                let body: JSONValue = ["event": .string(event)]
                let answer = try await common.link.call(
                    .post, "/webhooks/endpoints/\(PercentText.encoded(endpoint))/resend", body)
                Terminal.out(common.output.json ? Terminal.pretty(answer) : "It will be delivered again.")
            }
        }
    }
}
