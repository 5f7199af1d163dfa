import Glibc
import Synchronization

/// The one thread on which every libcurl call of a transport happens.
final class DriverThread: Sendable {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// The running thread; `nil` once joined or detached.
    private let thread: Mutex<pthread_t?>

    init(_ run: @escaping @Sendable () -> Void) throws(CurlStartError) {
        let body = Unmanaged.passRetained(Body(run))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { raw in
                if let raw { Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run() }
                return nil
            }, body.toOpaque())
        guard code == 0 else {
            body.release()
            throw CurlStartError(.thread, code: code)
        }
        self.thread = Mutex(thread)
    }

    /// Waits for the thread's end.
    ///
    /// Quick if the thread has announced that it is over.
    func join() {
        thread.withLock { thread in
            if let running = thread { pthread_join(running, nil) }
            thread = nil
        }
    }

    /// Lets the thread end by itself.
    func leave() {
        thread.withLock { thread in
            if let running = thread { pthread_detach(running) }
            thread = nil
        }
    }
}
