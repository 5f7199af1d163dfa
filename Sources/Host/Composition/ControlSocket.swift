import Glibc

/// The file of the control socket, and the name by which a system call takes it.
///
/// An address of a socket holds 107 bytes. A longer path is named by way of the folder's descriptor, under `/proc`.
package struct ControlSocket: Sendable {
    /// The socket's file, as people name it.
    package let path: String

    package init(folder: String) { path = folder + "/" + Self.name }

    init(path: String) { self.path = path }

    private static let name = "control.sock"
    /// Every system's addresses hold as many bytes.
    private static let longest = 100

    /// A name that fits into an address, for as long as it is held.
    final class Address: Sendable {
        let text: String
        private let folder: Int32?

        fileprivate init(_ text: String, folder: Int32? = nil) {
            self.text = text
            self.folder = folder
        }

        deinit { if let folder { close(folder) } }
    }

    /// A name that fits; the path itself if the folder cannot be opened, which then says why.
    func address() -> Address {
        guard path.utf8.count > Self.longest, let cut = path.lastIndex(of: "/") else { return Address(path) }
        let folder = open(String(path[..<cut]), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return Address(path) }
        return Address("/proc/self/fd/\(folder)/\(path[cut...].dropFirst())", folder: folder)
    }
}
