import Glibc
import NIOCore
import NIOPosix

/// The option of the command line that names a port.
package enum ListenOption: String, Sendable {
    case port = "--port"
    case adminPort = "--admin-port"
    case sandboxPort = "--sandbox-port"

    /// The option that names the address beside it.
    var host: String { self == .adminPort ? "--admin-host" : "--host" }
}

/// Says why a server cannot listen, and what to do.
package enum ListenFailure {
    /// The failure in words; other errors as they are.
    ///
    /// - Parameters:
    ///   - error: What the server ended with.
    ///   - place: Where it was to listen, for instance `127.0.0.1:8080`.
    ///   - option: What names the port.
    /// - Returns: An error whose text names the place, the cause and the remedy.
    package static func explained(_ error: any Error, at place: String, option: ListenOption) -> any Error {
        return switch error {
        case let error as IOError where error.errnoCode == EADDRINUSE:
            StartFailure(
                "\(place) is taken: another program listens there, perhaps another payrouter; end it, or choose another "
                    + "port with \(option.rawValue)")
        case let error as IOError where error.errnoCode == EADDRNOTAVAIL:
            StartFailure(
                "\(place) is no address of this machine; \(option.host) takes one of its own, such as 127.0.0.1 or ::1")
        case let error as IOError where [EACCES, EPERM].contains(error.errnoCode):
            StartFailure(
                "this user may not listen at \(place): ports below 1024 need rights of their own; choose another with "
                    + "\(option.rawValue), and let a reverse proxy have the low one")
        case is SocketAddressError.UnknownHost, SocketAddressError.unknown:
            StartFailure(
                "\(place): no address is known for this name; \(option.host) takes one such as 127.0.0.1 or ::1")
        default: error
        }
    }

    /// The same for a socket in the file system.
    static func explained(_ error: any Error, atSocket path: String) -> any Error {
        switch error {
        case SocketAddressError.unixDomainSocketPathTooLong:
            StartFailure("the control socket \(path) has too long a path; choose a shorter one with --data")
        case is UnixDomainSocketPathWrongType:
            StartFailure(
                "\(path) is no socket, and the router makes its control socket there; move it away, or choose another folder "
                    + "with --data")
        case let error as IOError:
            StartFailure(
                "the control socket \(path) cannot be made: \(String(cString: strerror(error.errnoCode))); choose another "
                    + "folder with --data")
        default: error
        }
    }
}
