import Hummingbird

/// The request context of the sandbox: it can close the connection under a request.
struct SandboxContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The caller's address; empty if it is not known.
    let peer: String
    /// Closes the connection at once, whatever was promised on it.
    let closeConnection: @Sendable () async -> Void

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        let channel = source.channel
        peer = channel.remoteAddress?.ipAddress ?? ""
        closeConnection = { try? await channel.close() }
    }
}
