import ArgumentParser
import Router
import WebText

/// Whether money begun with an app's publishable key waits for its secret key.
extension AppsCommand {
    struct AllowUnaccepted: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "allow-unaccepted",
            abstract: "Let an app's publishable key take money at amounts the payer's browser chose.",
            discussion: """
                Payments begun by checkout.js are then collected without the shop's acceptance. Whoever opens the shop's page \
                can change the amount; the shop must compare every payment with its order before it delivers, and give the \
                money back where they differ. Payments that wait for acceptance now go on waiting.
                """)
        @OptionGroup var common: Common
        @Argument(help: "The app's id or name.") var app: String

        func run() async throws {
            try await reportingFailures {
                AppsCommand.show(
                    try await common.link.call(.post, "/apps/\(PercentText.encoded(app))/allow-unaccepted"), common)
            }
        }
    }

    struct RequireAcceptance: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "require-acceptance",
            abstract: "Let payments begun with an app's publishable key wait until its secret key accepts them.",
            discussion: "This is how every app begins.")
        @OptionGroup var common: Common
        @Argument(help: "The app's id or name.") var app: String

        func run() async throws {
            try await reportingFailures {
                AppsCommand.show(
                    try await common.link.call(.post, "/apps/\(PercentText.encoded(app))/require-acceptance"), common)
            }
        }
    }
}
