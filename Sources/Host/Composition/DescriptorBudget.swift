/// Who may have how many of the process's descriptors.
///
/// Whatever strangers open, what money needs is left: connections in and out are bounded so that all together leave the
/// reserve free. Pure.
package struct DescriptorBudget: Sendable, Hashable {
    /// Descriptors the process may have open.
    package let limit: Int
    /// Connections the public listener may have open at once.
    package let listenerConnections: Int
    /// Refused connections that may be told why at once, beside those.
    package let politeRefusals: Int
    /// Connections to operators and webhook endpoints open at once.
    package let outgoingConnections: Int
    /// Connections that sandbox operators in this process may have open at once; 0 without them.
    ///
    /// Of a connection from the router to one of them this process holds both ends.
    package let sandboxConnections: Int
    /// Connections to the control socket open at once, and as many to the listener for those who run the router.
    package let controlConnections: Int
    /// The first descriptor number that is not for connections.
    ///
    /// The system gives the lowest free number, so this says how many are left without counting.
    package let connectionCeiling: Int

    /// Connections the listener never needs more of.
    package static let mostListenerConnections = 4_096
    /// Outgoing connections there are never more of.
    package static let mostOutgoingConnections = 4_096

    /// What is open as long as the process runs: standard streams, libdispatch, signals, the wire's thread, listeners.
    private static let standing = 40
    /// epoll, eventfd and timer of an event loop, and one to spare.
    private static let perLoop = 4
    /// The database's writer and readers with their logs, its lock, a copy before an upgrade, sandbox journals.
    private static let store = 28
    private static let control = 16
    /// Never for connections: health and metrics, certificate bundles, libdispatch's look at its threads, a new log.
    private static let reserve = 24
    private static let leastConnections = 16
    private static let leastAtTheDoor = 18
    private static let mostPoliteRefusals = 64

    /// Divides a limit.
    ///
    /// - Parameters:
    ///   - limit: The descriptors the process may have open.
    ///   - loops: How many event loops serve connections.
    ///   - sandbox: Whether sandbox operators run in this process.
    /// - Throws: ``StartFailure`` if it is too low for anything to work.
    package init(limit: Int, loops: Int, sandbox: Bool) throws(StartFailure) {
        let least = Self.least(loops: loops, sandbox: sandbox)
        guard limit >= least else {
            throw StartFailure(
                "this process may open \(limit) descriptors and needs at least \(least); raise the hard limit (`ulimit -n "
                    + "\(max(1_024, least))` before it starts, LimitNOFILE= in a systemd unit)")
        }
        let rest = limit - Self.fixed(loops)
        let outgoing = min(Self.mostOutgoingConnections, max(Self.leastConnections, rest / 4))
        self.limit = limit
        outgoingConnections = outgoing
        sandboxConnections = sandbox ? outgoing : 0
        controlConnections = Self.control
        let door = rest - Self.descriptors(outgoing: outgoing) - sandboxConnections
        politeRefusals = min(Self.mostPoliteRefusals, door / 8)
        listenerConnections = min(Self.mostListenerConnections, door - politeRefusals)
        connectionCeiling = limit - Self.reserve
    }

    /// The lowest limit with which a router can run.
    package static func least(loops: Int, sandbox: Bool) -> Int {
        fixed(loops) + descriptors(outgoing: leastConnections) + (sandbox ? leastConnections : 0) + leastAtTheDoor
    }

    private static func fixed(_ loops: Int) -> Int { standing + perLoop * loops + store + 2 * control + reserve }

    /// While a name is looked up, or two addresses are tried, a connection takes two.
    private static func descriptors(outgoing: Int) -> Int { outgoing + outgoing / 2 }
}
