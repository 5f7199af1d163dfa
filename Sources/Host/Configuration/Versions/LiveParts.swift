import Router

/// What of a configuration is exchanged beside the engine while the process runs; all else of it takes effect at the next
/// start, and is said.
struct LiveParts: Sendable {
    let fees: TransferFees
    let limits: RequestLimits?
    /// Tells sandbox operators where they call back.
    let register: @Sendable ([ProviderAccount]) async -> Void

    /// The sections of a file that only a start reads.
    static let readAtStart = [
        "limits", "trusted_proxies", "callback_body_limit", "messages", "holders", "console",
    ]

    func apply(_ configuration: Configuration) {
        fees.replace(configuration.transferFees)
        limits?.replace(operators: configuration.operatorAddresses)
    }

    /// Which sections differ from what the process was started with.
    static func waiting(since start: JSONValue, in tree: JSONValue) -> [String] {
        readAtStart.filter { (start[$0] ?? .null).canonical() != (tree[$0] ?? .null).canonical() }
    }
}
