import CCurl
import Glibc

/// What is set up once per process before libcurl may be used.
enum CurlLibrary {
    /// The certificate authorities for libcurl: one file, so that libcurl parses it once per scope and keeps it.
    struct Trust: Sendable {
        /// `nil` leaves the choice to libcurl's own default.
        let bundlePath: String?
        /// Whether it could be read when the transport began, and held certificates.
        let wasSound: Bool

        init(bundlePath: String?) {
            self.bundlePath = bundlePath
            wasSound = Self.isSound(bundlePath)
        }

        /// Whether the bundle is as sound as it was: that libcurl could not load it had a passing reason.
        var isStillSound: Bool { wasSound && Self.isSound(bundlePath) }

        /// Whether a file holds a certificate in its first 64 KiB, or cannot be looked at only because descriptors are
        /// short.
        private static func isSound(_ path: String?) -> Bool {
            guard let path else { return false }
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return Shortage.isShortage(errno) }
            defer { close(descriptor) }
            let bytes = [UInt8](unsafeUninitializedCapacity: 64 * 1_024) { buffer, count in
                count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
            }
            return String(decoding: bytes, as: UTF8.self).contains("CERTIFICATE-----")
        }
    }

    private static let initialised: CURLcode = {
        // libcurl can only ask for no SIGPIPE on its own sockets; TLS libraries write without that flag.
        var action = sigaction()
        if sigaction(SIGPIPE, nil, &action) == 0, action.__sigaction_handler.sa_handler == nil {
            signal(SIGPIPE, SIG_IGN)
        }
        // With it libcurl would write the keys of every operator's TLS session to a file.
        unsetenv("SSLKEYLOGFILE")
        return curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    }()

    /// Makes libcurl usable and finds out whom to trust.
    static func ready(for authorities: CurlConfiguration.Authorities) throws(CurlStartError) -> Trust {
        guard initialised == CURLE_OK else { throw CurlStartError(.library, code: Int32(initialised.rawValue)) }
        guard let version = ccurl_version()?.pointee else { throw CurlStartError(.library) }
        let needed = CURL_VERSION_SSL | CURL_VERSION_ASYNCHDNS
        guard version.version_num >= 0x07_57_00, version.features & needed == needed else {
            throw CurlStartError(.library, code: Int32(version.version_num))
        }
        switch authorities {
        case .bundle(let path): return Trust(bundlePath: path)
        case .system: return Trust(bundlePath: version.cainfo.map { String(cString: $0) })
        }
    }
}
