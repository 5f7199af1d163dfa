import ArgumentParser
import Glibc
import Host
import Router

/// Fills a sandbox's data folder with payments as a router would have made them, through the store's own protocol.
///
/// The folder is one that `payrouter serve --sandbox` has made and left; the same configuration tells the providers. The same
/// seed and moment give the same payments.
@main
struct PaymentGenerator: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payment-generator", abstract: "Fill a sandbox's data folder with payments.")

    @Option(name: .long, help: "The data folder; a router has made it and was stopped.")
    var data: String

    @Option(name: .long, help: "The configuration that the router was started with, and will be.")
    var config: String

    @Option(name: .long, help: "How many payments.")
    var count = 1_000_000

    @Option(name: .long, help: "What decides everything but the time.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "The share of payments that have not ended, 0 to 1.")
    var open = 0.1

    @Option(name: .long, help: "The share of payments with line items and a customer, 0 to 1.")
    var sales = 0.0

    @Flag(
        name: .long,
        help: "Write no payments; fold those that are there into daily figures, and time that and reading them.")
    var figures = false

    @Option(name: .long, help: "Over how many days those were made that have ended.")
    var days = 180

    @Option(name: .long, help: "The moment of the last payment, as RFC 3339. (default: now)")
    var until: String?

    @Option(name: .long, help: "What links in events begin with.")
    var publicURL = "http://127.0.0.1:8080"

    func validate() throws {
        guard count > 0, days > 0, (0...1).contains(open), (0...1).contains(sales) else {
            throw ValidationError("--count and --days are 1 or more, --open and --sales 0 to 1")
        }
        guard until == nil || until.flatMap({ Moment(rfc3339: $0) }) != nil else {
            throw ValidationError("--until is no moment such as 2026-11-29T12:00:00Z")
        }
    }

    func run() async throws {
        let clock = HostClock()
        let end = until.flatMap { Moment(rfc3339: $0) } ?? clock.now
        let begun = ContinuousClock.now
        do {
            let installation = try await Installation.open(data: data, configuration: config, publicURL: publicURL)
            if figures { return try await FigureTimes(installation, until: end).run() }
            let timetable = Timetable(count: count, openShare: open, until: end, days: days)
            let written = try await Filling(installation, timetable, seed: seed, sales: sales) { done in
                say("\(done) of \(count) payments, \(ContinuousClock.now - begun)")
            }.run()
            await installation.store.close()
            let seconds = (ContinuousClock.now - begun) / .seconds(1)
            let states = written.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
            print("\(count) payments in \(Int(seconds.rounded())) s: \(states)")
        } catch {
            say("payment-generator: \(error)")
            throw ExitCode.failure
        }
    }
}

/// Tells whoever waits.
func say(_ text: String) {
    let line = Array((text + "\n").utf8)
    _ = write(STDERR_FILENO, line, line.count)
}
