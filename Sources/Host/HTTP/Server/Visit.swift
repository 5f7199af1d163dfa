import Synchronization

/// One connection, as those see it who answer on it.
final class Visit: Sendable {
    /// How to speak to the connection; both may be called from anywhere.
    struct Connection: Sendable {
        /// Closes it at once.
        var close: @Sendable () -> Void
        /// Tells a client that waits for it to send its body (RFC 9110, section 10.1.1).
        var invite: @Sendable () -> Void
    }

    let id: Int
    let connection: Connection
    private let door: Door
    private let objection = Mutex<HeadFault?>(nil)

    init(id: Int, connection: Connection, door: Door) {
        self.id = id
        self.connection = connection
        self.door = door
    }

    /// Why the request that comes next is refused without being looked at; the connection ends with its answer.
    var fault: HeadFault? {
        get { objection.withLock { $0 } }
        set { objection.withLock { $0 = newValue } }
    }

    /// A request is there whole and is being answered.
    func serve() { door.serve(id) }
    /// A request is awaited.
    func wait() { door.wait(id) }
    /// A request showed a valid key.
    func recognise() { door.recognise(id) }
    /// The connection is gone.
    func leave() { door.leave(id) }
    /// Something did not come in time.
    func tooSlow(_ stage: ConnectionStage) { door.record(.tooSlow(stage)) }
}
