public import Host
package import Sandbox

extension SandboxSupport {
    /// Carries a sandbox operator's callback, with the usual way to send it at hand.
    package typealias CallbackInterceptor =
        @Sendable (SandboxCallback, SandboxCallbackSender) async -> SandboxCallbackReply?

    /// The sandbox operators of this project, with their accounts and the commands `test-values` and `sandbox`.
    public static let builtIn = builtIn(interceptor: nil)

    /// The same with something between operators in this process and the wire, so that tests can disturb their callbacks.
    package static func builtIn(interceptor: CallbackInterceptor?) -> SandboxSupport {
        SandboxSupport(
            operators: SandboxOperator.allCases.map(\.rawValue),
            start: { try await SandboxService($0, interceptor: interceptor) },
            announce: { accounts, publicURL, url, transport async throws(StartFailure) in
                try await SandboxService.announce(
                    SandboxService.registrations(accounts, publicURL: publicURL), to: url, over: transport)
            },
            filled: { SandboxAccounts.builtIn.filled($0) },
            addressSetting: { kind in SandboxAccountRule.all.first { $0.kind == kind }?.addressSetting },
            commands: { [TestValuesCommand.self, SandboxCommand.self] })
    }
}
