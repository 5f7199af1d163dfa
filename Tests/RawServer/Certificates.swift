import Foundation

/// An authority and certificates of it, made with the openssl tool once per test run in a folder of its own.
package struct Certificates: Sendable {
    package enum Leaf: String, Sendable, CaseIterable {
        case good, expired, wrongHost, selfSigned
    }

    package struct Failure: Error { package let command: [String] }

    private static let making = Task { try await offPool { try Certificates() } }

    /// The certificates of this run, made when they are first asked for.
    package static func made() async throws -> Certificates { try await making.value }

    private let folder: String

    package var authority: String { "\(folder)/authority.pem" }
    /// An authority that has signed nothing.
    package var strangeAuthority: String { "\(folder)/strange.pem" }

    package func certificate(_ leaf: Leaf) -> String { "\(folder)/\(leaf).pem" }

    package func key(_ leaf: Leaf) -> String { "\(folder)/\(leaf).key" }

    private init() throws {
        folder = NSTemporaryDirectory() + "curl-transport-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try authority("authority")
        try authority("strange")
        try leaf(.good, names: "DNS:localhost,IP:127.0.0.1", days: "2")
        try leaf(.expired, names: "DNS:localhost,IP:127.0.0.1", days: "-1")
        try leaf(.wrongHost, names: "DNS:other.example,IP:192.0.2.1", days: "2")
        try openssl([
            "req", "-x509", "-key", newKey("selfSigned"), "-out", certificate(.selfSigned), "-days", "2", "-subj",
            "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
        ])
    }

    private func newKey(_ name: String) throws -> String {
        let path = "\(folder)/\(name).key"
        try openssl(["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path])
        return path
    }

    private func authority(_ name: String) throws {
        try openssl([
            "req", "-x509", "-key", newKey(name), "-out", "\(folder)/\(name).pem", "-days", "2", "-subj",
            "/CN=\(name) of a test", "-addext", "basicConstraints=critical,CA:TRUE",
        ])
    }

    private func leaf(_ leaf: Leaf, names: String, days: String) throws {
        let request = "\(folder)/\(leaf).csr"
        let extensions = "\(folder)/\(leaf).ext"
        try "subjectAltName=\(names)\n".write(toFile: extensions, atomically: true, encoding: .utf8)
        try openssl(["req", "-new", "-key", newKey(leaf.rawValue), "-out", request, "-subj", "/CN=\(leaf)"])
        try openssl([
            "x509", "-req", "-in", request, "-CA", authority, "-CAkey", "\(folder)/authority.key", "-CAcreateserial",
            "-days", days, "-extfile", extensions, "-out", certificate(leaf),
        ])
    }

    private func openssl(_ arguments: [String]) throws {
        guard try Child.succeeds(["openssl"] + arguments) else { throw Failure(command: arguments) }
    }
}
