import Glibc

/// Why a file cannot be read: its name, the system's reason, and what a relative name is looked up from.
package struct FileFault: Error, Sendable, Hashable, CustomStringConvertible {
    package var description: String

    /// Names the file as whoever gave it knows it.
    ///
    /// - Parameters:
    ///   - path: The file's name as it was given.
    ///   - reason: The system's reason.
    package init(_ path: String, _ reason: String) {
        var text = "\(path) cannot be read: \(reason)"
        if path.hasPrefix("~") {
            text += "; ~ stands for nothing here, write the whole path"
        } else if !path.hasPrefix("/") {
            text += "; a relative path begins at the folder that payrouter runs in"
            if let folder = Self.workingFolder { text += ", which is " + folder }
        }
        description = text
    }

    private static var workingFolder: String? {
        guard let pointer = getcwd(nil, 0) else { return nil }
        defer { free(pointer) }
        return String(cString: pointer)
    }
}

extension Files {
    /// The file's bytes.
    package static func load(_ path: String) throws(FileFault) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFault(path, String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw FileFault(path, String(cString: strerror(errno))) }
            guard count > 0 else { return result }
            result += buffer[..<count]
        }
    }
}
