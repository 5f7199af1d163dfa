import ArgumentParser
import Router
import WebText

/// The country whose phone numbers an app may write without the calling code.
extension AppsCommand {
    struct Country: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "default-country",
            abstract: "Read an app's national phone numbers as those of a country.",
            discussion: """
                With TG, the app may send 90 11 22 33 for +228 90 11 22 33. International numbers are read as before, and a \
                request's own default_country counts more. Without a country the setting is taken back.
                """)
        @OptionGroup var common: Common
        @Argument(help: "The app's id or name.") var app: String
        @Argument(help: "The country's ISO 3166 code, such as TG; leave it out to take the setting back.")
        var country: String?

        func run() async throws {
            try await reportingFailures {
                let body: JSONValue = ["country": JSONValue(country)]
                AppsCommand.show(
                    try await common.link.call(.post, "/apps/\(PercentText.encoded(app))/default-country", body), common
                )
            }
        }
    }
}
