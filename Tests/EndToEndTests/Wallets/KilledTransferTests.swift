import Foundation
import Router
import Testing

@testable import Host

/// `kill -9` between the legs of transfers: what was accepted goes on, and nothing is done twice.
@Suite("Transfers of a killed router", .serialized, .timeLimit(.minutes(5))) struct KilledTransferTests {
    /// When the router is killed.
    enum Point: CaseIterable, Sendable {
        /// The sender has not paid yet.
        case debiting
        /// The sender's money was taken a moment ago.
        case debited
        /// The money goes back.
        case compensating

        func isReached(_ transfer: JSONValue) -> Bool {
            let legs = transfer["legs"]?.arrayValue ?? []
            return switch self {
            case .debiting: legs.first?["status"] != nil
            case .debited: legs.first?["status"] == "succeeded"
            case .compensating: legs.contains { $0["role"] == "compensation" } || transfer["phase"] == "done"
            }
        }
    }

    @Test(arguments: Point.allCases)
    func `it ends as it would have, with each leg executed once`(_ point: Point) async throws {
        var router = try await KilledRouter.start()
        defer { router.stop() }
        var transfers: [(id: String, status: String)] = []
        for number in 0..<6 {
            // Every other recipient declines, so that the money goes back.
            let declines = point == .compensating || number.isMultiple(of: 2)
            let body = TransferTests.between(
                ("tmoney", "+22890000002"), ("tmoney", declines ? "+22890000004" : "+22890000001"),
                Int64(1_000 + number))
            let sent = try #require(await router.call(.post, "/v1/transfers", body), "a transfer is accepted")
            transfers.append((sent["id"]?.stringValue ?? "", declines ? "failed" : "succeeded"))
        }
        _ = await router.patiently("/v1/transfers/\(transfers[0].id)") { point.isReached($0) }
        for _ in 0..<2 {
            router.kill()
            router = try await router.again()
        }
        var open = 0
        for (id, status) in transfers {
            let ended = await router.patiently("/v1/transfers/\(id)") {
                $0["phase"] == "done" || $0["status"] == "under_review"
            }
            // What was on the wire at the kill nobody may conclude anything from; people end it, and the money waits.
            let isOpen = ended?["status"] == "under_review" && ended?["certainty"] == "unknown"
            open += isOpen ? 1 : 0
            #expect(isOpen || ended?["status"]?.stringValue == status, "\(ended?.jsonText ?? "nothing")")
            let postings = await router.call(.get, "/v1/ledger/postings?order=\(id)")?["data"]?.arrayValue ?? []
            let left = Self.left(of: id, postings)
            let pays = ended?["sender_pays"]?.integerValue
            #expect(left == 0 || (isOpen && left == pays), "\(id): \(postings)")
        }
        #expect(open < transfers.count, "most were not on the wire")
        let executions = await router.executions()
        #expect(executions.allSatisfy { $0 == 1 }, "nothing was executed twice: \(executions)")
        #expect((12 - 2 * open...12).contains(executions.count), "\(executions)")
    }

    /// What a transfer's postings leave in suspense.
    private static func left(of id: String, _ postings: [JSONValue]) -> Int64 {
        let suspense = JSONValue.string("suspense:\(id)")
        return postings.reduce(0) { sum, posting in
            let units = posting["amount"]?.integerValue ?? 0
            if posting["credit"] == suspense { return sum + units }
            return posting["debit"] == suspense ? sum - units : sum
        }
    }
}
