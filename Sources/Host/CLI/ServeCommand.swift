import ArgumentParser
import Logging
import Router
import ServiceLifecycle
import UnixSignals
import WebText

/// `payrouter serve`: the router itself.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the router.",
        discussion: """
            With --sandbox the sandbox operators run inside, production providers are refused, and the fixed key \
            sk_sandbox_demo works. Production needs an https --public-url and a random master key in PAYROUTER_MASTER_KEY or \
            PAYROUTER_MASTER_KEY_FILE. Ctrl-C stops in order: what is under way finishes first.
            """)

    @OptionGroup var places: PlaceOptions

    @Option(
        name: .long,
        help: "The address to listen at; 0.0.0.0 or :: is every one, and links then name the loopback address.")
    var host = "127.0.0.1"

    @Option(name: .long, help: "The port to listen at.")
    var port = 8080

    @Option(
        name: .long,
        help: "The address at which those who run the router reach its metrics; only they should be able to.")
    var adminHost = "127.0.0.1"

    @Option(
        name: .long, help: "The port there; 0 takes any free one. (default: the one next to --port, so 8081)")
    var adminPort: Int?

    @Flag(
        name: .long,
        help: "Let staff use the console at the port of callers, too, with a second factor; else only at --admin-port.")
    var consolePublic = false

    @Flag(name: .long, help: "Run with sandbox operators and sandbox money.")
    var sandbox = false

    @Option(name: .long, help: "The sandbox operators' port.")
    var sandboxPort = 8090

    @Option(name: .long, help: "Use sandbox operators that run elsewhere, from `payrouter sandbox`.")
    var sandboxURL: String?

    @Option(
        name: .long,
        help: "Where the router is reached from outside; callbacks, payers' pages and QR links are built from it.")
    var publicURL: String?

    @Option(name: .long, help: "trace, debug, info, notice, warning, error or critical.")
    var logLevel = "notice"

    @Option(name: .long, help: "Seconds that stopping may take.")
    var drainSeconds: Int64 = 25

    @Option(name: .long, help: "Trust these certificate authorities for operators, instead of the system's (PEM file).")
    var operatorCa: String?

    @Flag(name: .long, help: "Do not copy the database before bringing it to a newer form.")
    var noCopy = false

    func validate() throws {
        if sandboxURL != nil, !sandbox { throw ValidationError("--sandbox-url goes with --sandbox") }
        if let sandboxURL {
            let url = try? WebURL(sandboxURL)
            guard let url, !url.hasQueryOrFragment, url.isSecure || url.isLiteralLoopback else {
                throw ValidationError(
                    "--sandbox-url is where `payrouter sandbox` listens, such as http://127.0.0.1:8090; names over plain http "
                        + "are not taken")
            }
        }
        guard Logger.Level(rawValue: logLevel) != nil else {
            throw ValidationError("--log-level is trace, debug, info, notice, warning, error or critical")
        }
        guard !host.isEmpty else {
            throw ValidationError(
                "--host is an address of this machine, such as 127.0.0.1, ::1, or 0.0.0.0 for all of them")
        }
        guard !adminHost.isEmpty else {
            throw ValidationError(
                "--admin-host is an address of this machine that only those who run the router reach, such as 127.0.0.1"
            )
        }
        guard [port, sandboxPort, adminPort ?? 0].allSatisfy({ (0...65_535).contains($0) }) else {
            throw ValidationError("a port is 0 to 65535")
        }
    }

    func run() async throws {
        try await reportingFailures {
            let mode: HostOptions.SandboxMode =
                if !sandbox { .none } else if let sandboxURL { .remote(url: sandboxURL) } else {
                    .inProcess(port: sandboxPort)
                }
            var options = HostOptions(
                configurationPath: places.config, host: host, port: port, dataPath: places.data, sandbox: mode,
                sandboxSupport: Payrouter.sandbox, publicURL: publicURL,
                logLevel: Logger.Level(rawValue: logLevel) ?? .notice, drainSeconds: drainSeconds,
                webhooksToLoopback: sandbox,
                operatorAuthorities: operatorCa,
                environment: ProcessEnvironment.values)
            options.copiesBeforeUpgrade = !noCopy
            options.adminHost = adminHost
            options.adminPort = adminPort
            options.opensConsoleToStaff = consolePublic
            let router = try await RouterHost.make(options, kinds: Payrouter.kinds)
            for note in router.notes { Terminal.fail("warning: " + note) }
            for warning in router.warnings + router.ruleFaults() {
                Terminal.fail("warning: \(places.config): \(warning)")
            }
            for (id, count) in router.engine.missingProviders.sorted(by: { $0.key < $1.key }) {
                Terminal.fail("warning: " + ChangedProviders.missing(id, count, in: places.config))
            }
            for warning in router.engine.changedProviders.warnings { Terminal.fail("warning: " + warning) }
            try await router.run(stopOn: [.sigterm, .sigint], reloadOn: [.sighup]) { ports in
                let admin = LinkAddress.url(host: adminHost, port: ports.admin)
                Terminal.out(
                    Self.ready(host: host, port: ports.port, adminURL: admin, sandboxURL: router.sandboxURL))
            }
            Terminal.out("payrouter has stopped")
        }
    }

    /// What a newcomer needs to see.
    static func ready(
        host: String, port: Int, adminURL: String = "http://127.0.0.1:8081", sandboxURL: String?
    ) -> String {
        let url = LinkAddress.url(host: host, port: port)
        let everywhere =
            LinkAddress.isEverywhere(host) ? " (it listens at every address; links name this one, or --public-url)" : ""
        // Some shells take brackets for a pattern.
        let call = url.contains("[") ? "'\(url)/v1/payments'" : "\(url)/v1/payments"
        guard let sandboxURL else {
            return "payrouter is ready at \(url)\(everywhere), docs at \(url)/docs, metrics at \(adminURL)/metrics, "
                + "console at \(adminURL)/console"
        }
        return """
            payrouter is ready at \(url)\(everywhere)
              key      \(KeyRing.demoKey) (secret), \(KeyRing.demoPublishableKey) (for pages: checkout.js)
              docs     \(url)/docs
              console  \(url)/console (developers), \(adminURL)/console (staff)
              metrics  \(adminURL)/metrics
              sandbox  \(sandboxURL)
            Collect a first payment:
              curl -s \(call) -H 'Authorization: Bearer \(KeyRing.demoKey)' \
            -H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)" -H 'Content-Type: application/json' \
            -d '{"amount":5000,"currency":"XOF","channel":"tmoney","customer":{"phone":"+22890000001"}}'
            """
    }
}
