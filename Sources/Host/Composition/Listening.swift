import Synchronization

/// Waits for both listeners, then tells once.
final class Listening: Sendable {
    private let ports = Mutex<(port: Int?, admin: Int?)>((nil, nil))
    private let tell: @Sendable (ListeningPorts) async -> Void

    init(_ tell: @escaping @Sendable (ListeningPorts) async -> Void) { self.tell = tell }

    func router(_ port: Int) async { await note { $0.port = port } }

    func admin(_ port: Int) async { await note { $0.admin = port } }

    /// Each listener reports once, so the second of them finds both.
    private func note(_ change: @Sendable (inout (port: Int?, admin: Int?)) -> Void) async {
        let both = ports.withLock { ports -> ListeningPorts? in
            change(&ports)
            guard let port = ports.port, let admin = ports.admin else { return nil }
            return ListeningPorts(port: port, admin: admin)
        }
        if let both { await tell(both) }
    }
}
