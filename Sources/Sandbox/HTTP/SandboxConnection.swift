import NIOCore

/// The connection under a request, which an operator can close.
struct SandboxConnection: Sendable {
    /// The caller's address; empty if it is not known.
    let peer: String
    /// Closes the connection at once, whatever was promised on it.
    let close: @Sendable () async -> Void

    init(_ channel: any Channel) {
        peer = channel.remoteAddress?.ipAddress ?? ""
        close = { try? await channel.close() }
    }
}
