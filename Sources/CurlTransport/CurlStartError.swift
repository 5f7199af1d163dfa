/// Why a ``CurlTransport`` could not be made.
public struct CurlStartError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where starting the wire stopped.
    public enum Step: String, Sendable, Hashable {
        /// libcurl could not be initialised, is older than 7.87, or lacks TLS or asynchronous name lookup.
        case library
        /// epoll or eventfd could not be opened.
        case descriptors
        /// The driver thread could not be started.
        case thread
    }

    /// Where it stopped; ``code`` says why.
    public let step: Step
    /// The system's error number, or libcurl's code; 0 if there is none.
    public let code: Int32

    init(_ step: Step, code: Int32 = 0) {
        self.step = step
        self.code = code
    }

    /// For the log of a start that failed.
    public var description: String { "the wire could not be started: \(step.rawValue) (\(code))" }
}
