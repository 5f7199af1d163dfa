/// Where the sandbox gets the time, and who wakes it.
///
/// Injected so that a test decides when a second has passed. ``SystemSandboxClock`` is the real one.
public protocol SandboxClock: Sendable {
    /// Milliseconds since 1970, UTC.
    var now: Int64 { get }

    /// Runs an action once, not before a point in time.
    ///
    /// - Parameters:
    ///   - milliseconds: The point in time; one that has passed means *at once*, but never inside this call.
    ///   - action: What to run. The clock may drop it when the process ends: what must happen is in the journal.
    func schedule(at milliseconds: Int64, _ action: @escaping @Sendable () async -> Void)
}
