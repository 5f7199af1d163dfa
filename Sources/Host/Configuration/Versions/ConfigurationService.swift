import Router
import ServiceLifecycle
import UnixSignals

/// Follows the configuration's file until the router stops, and reads it at once when a signal says so.
struct ConfigurationService: Service {
    let desk: ConfigurationDesk
    let time: any TimeSource
    /// The signals that mean reading it.
    let signals: [UnixSignal]

    func run() async throws {
        let signals = await signals.isEmpty ? nil : UnixSignalsSequence(trapping: signals)
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                var watch = ConfigurationWatch(desk)
                await watch.run(time)
            }
            if let signals {
                group.addTask {
                    for await _ in signals {
                        if let bytes = try? Files.load(desk.loader.path) { await desk.fileChanged(bytes) }
                        await desk.secretsChanged()
                    }
                }
            }
            try? await gracefulShutdown()
            group.cancelAll()
        }
    }
}
