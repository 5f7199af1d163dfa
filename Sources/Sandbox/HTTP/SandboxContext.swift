import Hummingbird

/// The request context of the sandbox: it can close the connection under a request.
struct SandboxContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Closes the connection at once, whatever was promised on it.
    let closeConnection: @Sendable () async -> Void

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        let channel = source.channel
        closeConnection = { try? await channel.close() }
    }
}
