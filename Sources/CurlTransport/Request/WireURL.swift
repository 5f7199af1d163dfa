import CCurl
import Router
import WebText

/// Parses URLs with libcurl's own parser into the handle that libcurl then uses.
enum WireURL {
    private static let secure: StaticString = "https://"
    private static let plain: StaticString = "http://"

    /// Whether the URL's scheme is https.
    static func isSecure(_ url: String) -> Bool { begins(url, with: secure) }

    /// Parses a URL into a handle; says why not if it may not be used.
    static func set(_ handle: OpaquePointer, to url: String) -> TransportFailure? {
        guard let length = schemeLength(url) else { return refusal("the URL is neither https nor http") }
        // libcurl forgives one or three slashes, and a user part that is empty.
        let authority = url.utf8.dropFirst(length).prefix { !"/?#".utf8.contains($0) }
        guard !authority.isEmpty, !authority.contains(UInt8(ascii: "@")) else {
            return refusal("the URL has no host, or has a user part")
        }
        guard !authority.contains(UInt8(ascii: "%")) else {
            return refusal("the host is percent-encoded or has a zone")
        }
        let flags = UInt32(CURLU_DISALLOW_USER | CURLU_PATH_AS_IS)
        guard curl_url_set(handle, CURLUPART_URL, url, flags) == CURLUE_OK else {
            return refusal("the URL cannot be parsed")
        }
        guard isSecure(url) || isLiteralLoopback(handle) else {
            return refusal("plain http is for loopback addresses only")
        }
        return nil
    }

    private static func schemeLength(_ url: String) -> Int? {
        if begins(url, with: secure) { return secure.utf8CodeUnitCount }
        return begins(url, with: plain) ? plain.utf8CodeUnitCount : nil
    }

    private static func begins(_ url: String, with scheme: StaticString) -> Bool {
        scheme.withUTF8Buffer { wanted in
            let start = url.utf8.prefix(wanted.count)
            return start.count == wanted.count && zip(start, wanted).allSatisfy { $0 == $1 || $0 | 0x20 == $1 }
        }
    }

    /// Whether the parsed host is `localhost` or a loopback address, as libcurl normalised it.
    private static func isLiteralLoopback(_ handle: OpaquePointer) -> Bool {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, CURLUPART_HOST, &text, 0) == CURLUE_OK, let text else { return false }
        defer { curl_free(text) }
        let host = String(cString: text)
        if host.lowercased() == "localhost" { return true }
        return NetworkAddress(host)?.isLoopback ?? false
    }

    private static func refusal(_ why: String) -> TransportFailure { TransportFailure(.invalidRequest, why) }
}
