package import ArgumentParser
import Glibc
public import Router

/// The command line of a router.
///
/// A package that adds kinds calls ``main(kinds:sandbox:)`` from its own executable.
public enum Payrouter {
    @TaskLocal static var kinds: [RegisteredKind] = []
    /// The sandbox operators that this program has; `nil` if it has none.
    @TaskLocal package static var sandbox: SandboxSupport?

    /// Runs the command that the process's arguments name, and ends the process.
    ///
    /// - Parameters:
    ///   - kinds: The kinds of providers this router knows.
    ///   - sandbox: The sandbox operators it can run, `.builtIn` of the product `SandboxHosting`; without them it cannot be
    ///     started with `--sandbox`.
    public static func main(kinds: [RegisteredKind], sandbox: SandboxSupport? = nil) async {
        signal(SIGPIPE, SIG_IGN)
        await $kinds.withValue(kinds) {
            await $sandbox.withValue(sandbox) {
                if let fault = CommandNames.fault(in: Array(CommandLine.arguments.dropFirst()), of: RootCommand.self) {
                    Terminal.fail(fault)
                    exit(EX_USAGE)
                }
                await RootCommand.main()
            }
        }
    }
}

/// `payrouter`.
package struct RootCommand: AsyncParsableCommand {
    /// The commands that every router has, and those of the sandbox operators that this one has.
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "payrouter",
            abstract: "Routes payments to payment operators: money never moves twice, nothing accepted is lost.",
            discussion: """
                Exit codes: 0 done; 1 it could not be done (the message says why and what helps); 64 wrong arguments; \
                78 the configuration is wrong.
                """,
            version: "payrouter \(Self.version)",
            subcommands: [
                ServeCommand.self, ConfigCommand.self, CheckCommand.self, ExplainCommand.self, TraceCommand.self,
                OrdersCommand<Payments>.self,
                OrdersCommand<Payouts>.self, OrdersCommand<Refunds>.self, TransfersCommand.self, WalletsCommand.self,
                HoldersCommand.self, UsersCommand.self, AuditCommand.self, BillsCommand.self, UnmatchedCommand.self,
                LedgerCommand.self, SnapshotsCommand.self, ReviewsCommand.self, PeopleCommand.self,
                AppsCommand.self, WebhooksCommand.self, ProvidersCommand.self, PhoneCommand.self,
            ] + (Payrouter.sandbox?.commands() ?? []))
    }

    /// The program's version; the API document's, too.
    package static let version = "1.0.0"

    package init() {}
}

/// Options that say where things are.
struct PlaceOptions: ParsableArguments {
    @Option(name: .long, help: "The configuration file.")
    var config = "providers.json"

    @Option(name: .long, help: "The data folder.")
    var data = "./data"
}

/// The option every command has.
package struct OutputOptions: ParsableArguments {
    /// Whether JSON is wanted, not text for people.
    @Flag(name: .long, help: "Print JSON.")
    package var json = false

    package init() {}
}

/// Ends a command with a message for a person.
package struct CommandFailure: Error, CustomStringConvertible {
    /// What went wrong, and what helps.
    package var description: String
    var exit = Terminal.Exit.failed

    /// An argument that is no good, whatever the router says about the rest.
    package static func wrongArgument(_ description: String) -> CommandFailure {
        CommandFailure(description: description, exit: .wrongArguments)
    }
}

extension AsyncParsableCommand {
    /// Prints why a command failed and ends with the right exit code.
    package func reportingFailures(_ body: () async throws -> Void) async throws {
        do {
            try await body()
            if let loss = Terminal.loss { throw loss }
        } catch let failure as ConfigurationFailure {
            Terminal.fail("\(failure)")
            throw ExitCode(Terminal.Exit.configuration.rawValue)
        } catch let exit as ExitCode {
            throw exit
        } catch {
            Terminal.fail("\(error)")
            throw ExitCode(((error as? CommandFailure)?.exit ?? .failed).rawValue)
        }
    }
}
