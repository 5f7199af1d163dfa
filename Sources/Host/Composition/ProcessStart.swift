import CDescriptors
import Dispatch

/// What a process that serves does first, while descriptors are plenty.
package enum ProcessStart {
    /// Raises the limit of descriptors, and takes everything that the run-time opens on first use.
    ///
    /// - Returns: The limit in force.
    package static func prepare() async -> Int {
        let limit = DescriptorLimit.raise()
        cdescriptors_guard(true)
        await openEventSources()
        return limit
    }

    /// Uses every clock of libdispatch once.
    ///
    /// Its epoll and eventfd are opened on first use, and the process ends if they cannot be; so is one timer per clock,
    /// without which whoever sleeps by that clock never wakes.
    private static func openEventSources() async {
        try? await Task.sleep(for: .milliseconds(1), clock: .continuous)
        try? await Task.sleep(for: .milliseconds(1), clock: .suspending)
        await withCheckedContinuation { done in
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(1)) { done.resume() }
        }
        await withCheckedContinuation { done in
            DispatchQueue.global().asyncAfter(wallDeadline: .now() + .milliseconds(1)) { done.resume() }
        }
    }
}
