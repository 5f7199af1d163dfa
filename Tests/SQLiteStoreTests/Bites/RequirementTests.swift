import Foundation
import Router
import RouterTestKit
import Synchronization
import Testing

/// Nothing is promised by a store that no check looks at: the lists behind ``SuiteBitesTests`` are whole.
@Suite struct RequirementTests {
    @Test func `every requirement of the protocols is an operation that is broken`() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/Router/Store")
        var required: [String] = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where name.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            required += Requirements.of(text)
        }
        #expect(required.count == Set(required).count)
        #expect(required.sorted() == StoreOperation.allCases.map(\.rawValue).sorted())
    }

    @Test func `every part of a unit and every condition of a list is left out`() throws {
        let unit = Set(Mirror(reflecting: try Samples.unit()).children.compactMap(\.label))
        #expect(unit.subtracting(["order", "write"]) == Set(LeftOut.parts.keys))
        let query = Set(Mirror(reflecting: OrderQuery(app: nil, environment: nil)).children.compactMap(\.label))
        #expect(query == Set(LeftOut.conditions.keys))
        let accounts = Set(Mirror(reflecting: AccountQuery()).children.compactMap(\.label))
        #expect(accounts == Set(LeftOut.accountConditions.keys))
        let wallets = Set(Mirror(reflecting: WalletQuery(app: nil, environment: nil)).children.compactMap(\.label))
        #expect(wallets == Set(LeftOut.walletConditions.keys))
        #expect(
            Set(Mirror(reflecting: BillQuery()).children.compactMap(\.label)) == Set(LeftOut.billConditions.keys))
        #expect(
            Set(Mirror(reflecting: AuditQuery(limit: 1)).children.compactMap(\.label))
                == Set(LeftOut.auditConditions.keys))
        #expect(
            Set(Mirror(reflecting: PlatformChange()).children.compactMap(\.label)) == Set(LeftOut.platformParts.keys))
    }

    /// Every operation is called by the contract suite, and none passes the hook by.
    @Test func `the contract suite calls every operation`() async {
        let seen = Seen()
        let suite = StoreContractSuite(make: {
            MemoryStore { step in
                seen.operations.withLock { _ = $0.insert(step) }
                return .proceed
            }
        })
        #expect(await suite.violations().isEmpty)
        #expect(seen.operations.withLock { $0 } == Set(StoreOperation.allCases))
    }

    private final class Seen: Sendable {
        let operations = Mutex<Set<StoreOperation>>([])
    }

    @Test func `requirements are read as they are written`() {
        let text = """
            /// protocol Old { func gone() }
            package protocol New: Sendable {
                // func nor(this: Int)
                func one() async
                var none: Int { get }
                func two(
                    _ pairs: [(number: Int64, key: String)],
                    limit: Int
                ) async throws(StoreFailure) -> Set<Int64>
            }
            extension New { func helper() {} }
            """
        #expect(Requirements.of(text) == ["one()", "two(_ pairs: [(number: Int64, key: String)], limit: Int)"])
    }
}

/// Reads the functions that protocols require out of their source.
private enum Requirements {
    static func of(_ source: String) -> [String] {
        let lines = source.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        let text = lines.filter { !$0.hasPrefix("//") }.joined(separator: " ")
        return bodies(text).flatMap(functions)
    }

    private static func bodies(_ text: String) -> [Substring] {
        text.ranges(of: #/protocol \w+[^{]*\{/#).map { range in
            text[range.upperBound..<end(of: text, from: range.upperBound, "{", "}")]
        }
    }

    private static func functions(_ body: Substring) -> [String] {
        let text = String(body)
        return text.matches(of: #/func (\w+)\(/#).map { match in
            let parameters = text[match.range.upperBound..<end(of: text, from: match.range.upperBound, "(", ")")]
            return match.1 + "(" + parameters.trimmingCharacters(in: .whitespaces) + ")"
        }
    }

    /// Where what was opened before `start` is closed.
    private static func end(
        of text: String, from start: String.Index, _ open: Character, _ close: Character
    )
        -> String.Index
    {
        var depth = 1
        for index in text[start...].indices {
            if text[index] == open { depth += 1 }
            if text[index] == close { depth -= 1 }
            if depth == 0 { return index }
        }
        return text.endIndex
    }
}
