import FoundationEssentials
import Synchronization

/// Counts requests by operator, operation and reference, also across restarts.
final class RequestLog: Sendable {
    private struct Key: Hashable, Sendable {
        var `operator`: SandboxOperator
        var operation: String
        var reference: String
    }

    private let counts = Mutex<[Key: Int]>([:])
    private let file: JournalFile?

    /// Makes a log and counts what the file holds already.
    init(file: JournalFile?) throws {
        self.file = file
        let decoder = JSONDecoder()
        for line in try file?.lines() ?? [] {
            let fields = try decoder.decode([String].self, from: Data(line))
            guard fields.count == 3, let name = SandboxOperator(rawValue: fields[0]) else { continue }
            add(Key(operator: name, operation: fields[1], reference: fields[2]))
        }
    }

    /// Counts one request.
    func log(_ name: SandboxOperator, _ operation: String, _ reference: String) throws {
        if let file {
            let line: JSONValue = [.text(name.rawValue), .text(operation), .text(reference)]
            try file.append(line.bytes)
        }
        add(Key(operator: name, operation: operation, reference: reference))
    }

    /// All counts, sorted by operator, operation and reference.
    var all: [SandboxRequestCount] {
        counts.withLock { $0 }
            .map {
                SandboxRequestCount(
                    operator: $0.key.operator, operation: $0.key.operation, reference: $0.key.reference, count: $0.value
                )
            }
            .sorted {
                ($0.operator.rawValue, $0.operation, $0.reference) < ($1.operator.rawValue, $1.operation, $1.reference)
            }
    }

    /// Gives the file back.
    func close() { file?.close() }

    private func add(_ key: Key) { counts.withLock { $0[key, default: 0] += 1 } }
}
