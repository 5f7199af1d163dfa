import ArgumentParser
import Router
import WebText

extension WebhooksCommand {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what is sent of an event, and what was answered.")
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The endpoint's id.") var endpoint: String
        @Argument(help: "The event's id.") var event: String

        func run() async throws {
            try await reportingFailures {
                let path = "\(PercentText.encoded(endpoint))/deliveries/\(PercentText.encoded(event))"
                let delivery = try await common.link.call(.get, "/webhooks/endpoints/" + path)
                if common.output.json { return Terminal.out(Terminal.pretty(delivery)) }
                for line in TraceText.webhook(delivery) { Terminal.out(line) }
                Terminal.out(Terminal.pretty(delivery["body"] ?? .null))
            }
        }
    }

    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send everything since a time to an endpoint once more.",
            discussion: """
                What was delivered is sent again, too, each event under the id that it always had. Not begun before all \
                events of an earlier replay were tried.
                """)
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The endpoint's id.") var endpoint: String
        @Option(name: .long, help: "30m, 24h, 7d, 2w, a day or an RFC 3339 time.") var since: String

        func run() async throws {
            try await reportingFailures {
                let moment = try SinceText.moment(since, now: HostClock().now)
                let answer = try await common.link.call(
                    .post, "/webhooks/endpoints/\(PercentText.encoded(endpoint))/replay",
                    ["since": .string(moment.description)])
                if common.output.json { return Terminal.out(Terminal.pretty(answer)) }
                Terminal.out("\(answer["count"]?.integerValue ?? 0) events will be sent again.")
                guard let rest = answer["rest_from"]?.stringValue else { return }
                Terminal.out("That is as many as one replay sends. Once they were tried, go on with --since \(rest)")
            }
        }
    }
}
