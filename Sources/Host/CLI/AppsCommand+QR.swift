import ArgumentParser
import Router
import WebText

/// The code that a shop hangs up, and whoever scans it pays what they type.
extension AppsCommand {
    struct QR: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "qr",
            abstract: "Make a static QR code: whoever scans it types an amount and pays it to an app.",
            discussion: """
                The address and the code are shown this once; print them. Payments of the code need no key and no acceptance, so \
                the shop looks at the amount before it hands anything over; their metadata say "source": "static_qr". While an \
                app has such a code, the pages of its own wallets take payments, too. `payrouter apps revoke NAME \
                qr_...` takes a code down for good; `apps rotate` leaves codes alone.
                """)
        @OptionGroup var common: Common
        @Argument(help: "The app's id or name.") var app: String
        @Argument(help: "The currency in which amounts are typed, such as XOF.") var currency: String
        @OptionGroup var environment: EnvironmentOptions

        func run() async throws {
            try await reportingFailures {
                let environment = try environment.chosen(fallback: .sandbox)
                let body: JSONValue = [
                    "environment": .string(environment.rawValue), "currency": .string(currency),
                ]
                let made = try await common.link.call(.post, "/apps/\(PercentText.encoded(app))/qr", body)
                if common.output.json { return Terminal.out(Terminal.pretty(made)) }
                AppsCommand.show(made, common)
                let address = made["qr_url"]?.stringValue ?? ""
                Terminal.out("Shown this once; print it:")
                guard !address.hasPrefix("/") else {
                    return Terminal.out("  the router's public address, and behind it \(address)")
                }
                Terminal.out("  the address        \(address)")
                Terminal.out("  the code to print  \(address)/qr.svg")
                if let code = QRCode(address) { Terminal.out(code.terminal()) }
            }
        }
    }
}
