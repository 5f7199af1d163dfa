package import Router
import Synchronization

extension SQLiteStore {
    package func commit(_ units: [UnitOfWork], epoch: Int64) async -> CommitResult {
        do throws(StoreFailure) {
            var encoded: [EncodedUnit] = []
            encoded.reserveCapacity(units.count)
            let names = metadataNames.withLock { $0 }
            for unit in units {
                encoded.append(try EncodedUnit(unit, sealer: sealer, metadataNames: names))
            }
            let ready = encoded
            return try await write({ try $0.write(ready, epoch: epoch) }) { [recent] result in
                switch result {
                case .committed: recent.committed(units)
                case .conflict(let index, _): recent.committed(units.prefix(index))
                case .failed: break
                }
            }
        } catch {
            return .failed(error)
        }
    }
}
