import Crypto
import Router

/// What tells that a provider is configured as before: digests that never leave the process.
extension ProviderDefinition {
    /// Of a provider as it is made.
    ///
    /// - Parameters:
    ///   - value: What the file says, filled with what goes without saying.
    ///   - settings: Its settings as they are used.
    ///   - setup: What it is made of.
    ///   - endpoint: Where its operator is.
    init(_ value: JSONValue, _ settings: JSONValue, _ setup: ProviderSetup, endpoint: String) {
        var secrets = SHA256()
        for (name, secret) in setup.secrets.sorted(by: { $0.key < $1.key }) {
            secrets.add(Array(name.utf8))
            secrets.add(Array(secret.reveal().utf8))
        }
        let digest = secrets.finalize().withUnsafeBytes { Array($0) }
        var whole = SHA256()
        for part in [
            value.canonical(), settings.canonical(), Array((setup.baseURL ?? "").utf8), Array(endpoint.utf8), digest,
        ] {
            whole.add(part)
        }
        self.init(whole: whole.finalize().withUnsafeBytes { Array($0) }, secrets: digest)
    }
}

extension SHA256 {
    /// Takes in bytes with their length, so that what follows cannot be taken for a part of them.
    fileprivate mutating func add(_ bytes: [UInt8]) {
        withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { update(bufferPointer: $0) }
        bytes.withUnsafeBytes { update(bufferPointer: $0) }
    }
}
