import CCurl
import Glibc

/// What is set up once per process before libcurl may be used.
enum CurlLibrary {
    /// The certificate authorities for libcurl: one file, so that libcurl parses it once per scope and keeps it.
    struct Trust: Sendable {
        /// `nil` leaves the choice to libcurl's own default.
        let bundlePath: String?
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
