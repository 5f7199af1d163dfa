package import ArgumentParser
package import Router
package import ServiceLifecycle

/// What a router needs of sandbox operators, from whoever has them: the router itself knows none.
///
/// Given to ``Payrouter/main(kinds:sandbox:)``; the product `SandboxHosting` has the one there is. A program without it cannot be
/// started with `--sandbox`.
public struct SandboxSupport: Sendable {
    /// Where and how operators in this process start.
    package struct Start: Sendable {
        /// The port to listen at, on the loopback address; 0 takes any free one.
        package var port: Int
        /// The folder for books and operators' state.
        package var dataFolder: String
        /// What puts callbacks on the wire.
        package var transport: any Transport
        /// Connections open at once.
        package var maximumConnections: Int
    }

    /// Starts the operators in this process; they listen when it returns.
    ///
    /// Throws ``StartFailure`` in words for people where they cannot listen.
    package var start: @Sendable (Start) async throws -> any RunningSandbox
    /// Tells operators that run at an address where each sandbox provider is called back: its accounts, the router's own
    /// address, and theirs.
    package var announce:
        @Sendable (
            _ accounts: [ProviderAccount], _ publicURL: String, _ url: String, _ transport: any Transport
        ) async throws(StartFailure) -> Void
    /// The names of the operators, each that of the kind of provider that speaks with it.
    package var operators: [String]
    /// A provider as the configuration has it, filled with what goes without saying of an account at the sandbox operators.
    package var filled: @Sendable (_ provider: JSONValue) -> JSONValue
    /// The setting of a kind that repeats where its operator calls back, because that is part of what is signed; `nil` if none
    /// does.
    package var addressSetting: @Sendable (_ kind: String) -> String?
    /// The commands of the command line that are about sandbox operators, in their order.
    package var commands: @Sendable () -> [any ParsableCommand.Type]

    package init(
        operators: [String], start: @escaping @Sendable (Start) async throws -> any RunningSandbox,
        announce:
            @escaping @Sendable ([ProviderAccount], String, String, any Transport) async throws(StartFailure) ->
            Void,
        filled: @escaping @Sendable (JSONValue) -> JSONValue,
        addressSetting: @escaping @Sendable (String) -> String?,
        commands: @escaping @Sendable () -> [any ParsableCommand.Type]
    ) {
        self.operators = operators
        self.start = start
        self.announce = announce
        self.filled = filled
        self.addressSetting = addressSetting
        self.commands = commands
    }

    /// Where the sandbox operator of a kind is below an address; `nil` if there is none, so that nobody is sent where nobody
    /// answers.
    package func url(of kind: String, below address: String) -> String? {
        operators.contains(kind) ? "\(address)/\(kind)" : nil
    }
}

/// Sandbox operators that run in this process, until the router stops.
package protocol RunningSandbox: Service {
    /// Their address, without a slash at the end.
    var url: String { get }

    /// Tells them where each sandbox provider is called back, `publicURL` being the router's own address.
    ///
    /// - Throws: If it cannot be kept.
    func register(_ accounts: [ProviderAccount], publicURL: String) throws
}
