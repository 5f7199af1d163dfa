import CCurl
import Glibc
import Router

/// Tells a want of room on this machine from a failure of somebody else's.
///
/// Nothing in here decides whether a request was sent: it is asked only about exchanges whose request has not begun.
enum Shortage {
    /// Whether the system lacked descriptors, the process's or everybody's, or memory.
    static func isShortage(_ code: Int32) -> Bool { [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code) }

    /// Whether it explains libcurl's code for an exchange that ended before its request began.
    ///
    /// - Parameters:
    ///   - code: libcurl's code.
    ///   - systemError: The system's error number behind it; 0 if there is none.
    ///   - isShort: Whether descriptors are short now.
    ///   - bundleIsSound: Whether the certificate bundle, which libcurl could not load, is there and holds certificates.
    /// - Returns: Whether it was for want of room.
    static func explains(
        _ code: CURLcode, systemError: Int32, isShort: () -> Bool, bundleIsSound: () -> Bool
    ) -> Bool {
        switch code {
        case CURLE_OUT_OF_MEMORY: true
        case CURLE_COULDNT_CONNECT: isShortage(systemError)
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_FAILED_INIT: isShort()
        case CURLE_SSL_CACERT_BADFILE: bundleIsSound()
        default: false
        }
    }

    /// What the caller is told.
    static let failure = TransportFailure(.exhausted, "this machine has no room for another connection")
}
