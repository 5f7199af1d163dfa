import Router

/// Sealing and opening as the store's own failures.
extension Sealer {
    func sealed(_ bytes: [UInt8]) throws(StoreFailure) -> [UInt8] {
        guard let sealed = seal(bytes) else { throw StoreFailure(.other, "sealing failed") }
        return sealed
    }

    func sealed(_ bytes: [UInt8]?) throws(StoreFailure) -> [UInt8]? {
        guard let bytes else { return nil }
        return try sealed(bytes) as [UInt8]
    }

    func opened(_ sealed: [UInt8]) throws(RecordFault) -> [UInt8] {
        guard let bytes = open(sealed) else {
            throw RecordFault("a sealed record was changed, or sealed under another key")
        }
        return bytes
    }
}
