import Synchronization

/// Waits for every listener of a router, then tells once: whoever is told finds all of them.
final class Listening: Sendable {
    private struct Heard: Sendable {
        var port: Int?
        var admin: Int?
        var hasControl = false
    }

    private let heard = Mutex(Heard())
    private let tell: @Sendable (ListeningPorts) async -> Void

    init(_ tell: @escaping @Sendable (ListeningPorts) async -> Void) { self.tell = tell }

    func router(_ port: Int) async { await note { $0.port = port } }

    func admin(_ port: Int) async { await note { $0.admin = port } }

    func control() async { await note { $0.hasControl = true } }

    /// Each listener reports once, so the last of them finds all.
    private func note(_ change: @Sendable (inout Heard) -> Void) async {
        let all = heard.withLock { heard -> ListeningPorts? in
            change(&heard)
            guard let port = heard.port, let admin = heard.admin, heard.hasControl else { return nil }
            return ListeningPorts(port: port, admin: admin)
        }
        if let all { await tell(all) }
    }
}
