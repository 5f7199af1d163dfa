import FoundationEssentials

extension Fault {
    /// Why a fault cannot be set, in words for whoever asked.
    struct Mistake: Error {
        var description: String
    }

    private struct Wire: Decodable {
        var `operator`: String
        var operation: String?
        var fault: String
        var count: Int
        var milliseconds: Int64?
        var status: Int?
        var executes: Bool?
    }

    private static let members: Set = ["operator", "operation", "fault", "count", "milliseconds", "status", "executes"]

    /// Reads the body of `PUT /_faults`.
    init(_ body: [UInt8]) throws(Mistake) {
        let wire: Wire
        do {
            let decoder = JSONDecoder()
            let names = try decoder.decode([String: Anything].self, from: Data(body)).keys
            if let foreign = names.sorted().first(where: { !Self.members.contains($0) }) {
                throw Mistake(description: "\(foreign): unknown; known are \(Self.list(Self.members.sorted()))")
            }
            wire = try decoder.decode(Wire.self, from: Data(body))
        } catch let mistake as Mistake {
            throw mistake
        } catch let error as DecodingError {
            throw Mistake(description: error.plainText)
        } catch {
            throw Mistake(description: "the body is not JSON")
        }
        guard let name = SandboxOperator.target(wire.operator) else {
            let known = SandboxOperator.allCases.map(\.rawValue) + [SandboxOperator.messages.rawValue]
            throw Mistake(description: "operator: one of \(Self.list(known))")
        }
        let operation = try Self.operation(wire.operation, of: name)
        let kinds = name == .messages ? Kind.ofMessages : Kind.allCases
        guard let kind = Kind(rawValue: wire.fault), kinds.contains(kind) else {
            throw Mistake(description: "fault: one of \(Self.list(kinds.map(\.rawValue)))")
        }
        guard (1...1_000_000).contains(wire.count) else { throw Mistake(description: "count: 1 to 1000000") }
        self.init(
            operator: name, operation: operation, kind: kind, count: wire.count, milliseconds: wire.milliseconds,
            status: wire.status, executes: wire.executes)
        try checkDetails()
    }

    /// Messages are only ever handed over, so there it goes without saying.
    private static func operation(_ name: String?, of target: SandboxOperator) throws(Mistake) -> SandboxOperation {
        let known = target == .messages ? [.deliver] : SandboxOperation.ofOperators
        guard let name else {
            guard target == .messages else { throw Mistake(description: "operation: missing") }
            return .deliver
        }
        guard let operation = SandboxOperation(rawValue: name), known.contains(operation) else {
            throw Mistake(description: "operation: one of \(list(known.map(\.rawValue)))")
        }
        return operation
    }

    /// Each detail belongs to some faults, and must be there for those that cannot do without.
    private func checkDetails() throws(Mistake) {
        guard (milliseconds != nil) == (kind == .delay), (0...600_000).contains(milliseconds ?? 0) else {
            throw Mistake(description: "milliseconds: 0 to 600000, for \"delay\" and only there")
        }
        guard (status != nil) == (kind == .status), (200...599).contains(status ?? 200) else {
            throw Mistake(description: "status: 200 to 599, for \"status\" and only there")
        }
        guard executes == nil || kind == .status || kind == .garbage else {
            throw Mistake(description: "executes: for \"status\" and \"garbage\" only")
        }
    }

    private static func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}

/// Any JSON value, unread.
private struct Anything: Decodable {
    init(from decoder: any Decoder) {}
}

extension DecodingError {
    /// What is wrong with a body, by field.
    var plainText: String {
        switch self {
        case .keyNotFound(let key, _): "\(key.stringValue): missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(context.codingPath.last?.stringValue ?? "body"): wrong type"
        case .dataCorrupted(let context): "\(context.codingPath.last?.stringValue ?? "body"): unreadable"
        @unknown default: "unreadable"
        }
    }
}
