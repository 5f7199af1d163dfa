import Crypto
import WebText

/// Derives the references operators see.
///
/// Never random: after a rolled-back database the same request gives the same reference again, and an operator that
/// knows it stops the second execution (docs/money-safety.md, 1).
package struct OperatorReferences: Sendable {
    private let keyed: HMAC<SHA256>

    package init(_ keys: DataKeys) { keyed = HMAC(key: keys[.operatorReference]) }

    /// What a reference is derived from.
    ///
    /// Each part is length-prefixed, so that no two inputs run together.
    package struct Origin: Sendable {
        package var app: AppID
        package var environment: PayEnvironment
        package var operation: String
        package var idempotencyKey: String
        package var movementOrdinal: Int
        package var attemptOrdinal: Int
        package var provider: ProviderID

        package init(
            app: AppID, environment: PayEnvironment, operation: String, idempotencyKey: String, movementOrdinal: Int,
            attemptOrdinal: Int, provider: ProviderID
        ) {
            self.app = app
            self.environment = environment
            self.operation = operation
            self.idempotencyKey = idempotencyKey
            self.movementOrdinal = movementOrdinal
            self.attemptOrdinal = attemptOrdinal
            self.provider = provider
        }
    }

    package func derive(_ origin: Origin, shape: ReferenceShape) -> String {
        var message: [UInt8] = []
        message.reserveCapacity(256)
        let parts = [
            origin.app.text, origin.environment.rawValue, origin.operation, origin.idempotencyKey,
            String(origin.movementOrdinal), String(origin.attemptOrdinal), origin.provider.text,
        ]
        for part in parts {
            withUnsafeBytes(of: UInt32(part.utf8.count).bigEndian) { message.append(contentsOf: $0) }
            message.appendText(part)
        }
        var code = keyed
        code.update(data: message)
        return Self.shaped(code.finalize().withUnsafeBytes { Array($0) }, shape)
    }

    private static func shaped(_ code: [UInt8], _ shape: ReferenceShape) -> String {
        switch shape {
        case .hexadecimal(let length): return String(Hex.text(code).prefix(max(16, min(64, length))))
        case .uuid:
            var bytes = Array(code.prefix(16))
            bytes[6] = bytes[6] & 0x0F | 0x40
            bytes[8] = bytes[8] & 0x3F | 0x80
            var text = Array(Hex.text(bytes).utf8)
            for position in [20, 16, 12, 8] { text.insert(UInt8(ascii: "-"), at: position) }
            return String(decoding: text, as: UTF8.self)
        }
    }
}
