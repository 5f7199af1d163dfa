import Router
import Testing

@testable import Host

@Suite("Choosing names of metadata")
struct MetadataIndexAPITests {
    /// Holds one index, whatever is chosen.
    private struct Fixed: MetadataIndexStore, TimeSource {
        var index: MetadataIndex
        func metadataIndex(of app: AppID) async throws(StoreFailure) -> MetadataIndex { index }
        func setMetadataIndex(_ names: [String], of app: AppID, from start: Moment) async throws(StoreFailure) {}
        func indexOlderMetadata(limit: Int) async throws(StoreFailure) -> Bool { false }
        var now: Moment { Moment(milliseconds: 0) }
        func sleep(until moment: Moment) async {}
    }

    private let app = AppID(at: Moment(milliseconds: 0), from: SystemRandom())

    private func refusal(_ index: MetadataIndex, _ names: [String]) async -> ProblemCode? {
        let store = Fixed(index: index)
        let body: JSONValue = ["names": .array(names.map(JSONValue.string))]
        let request = APIRequest(
            method: "PUT", path: "/v1/metadata_index", headers: [("content-type", "application/json")],
            body: body.serialized(), id: RequestID(at: store.now, from: SystemRandom()))
        do throws(Problem) {
            _ = try await MetadataIndexAPI(store: store, time: store).choose(request, app)
            return nil
        } catch { return error.code }
    }

    @Test
    func `who changes names faster than they are forgotten has to wait; the same names again are always taken`() async {
        let leaving = (0..<12).map { "old\($0)" }
        let chosen = (0..<8).map { "now\($0)" }
        let index = MetadataIndex(names: chosen.map { MetadataIndex.Name($0) }, leaving: leaving)
        #expect(await refusal(index, chosen) == nil)
        #expect(await refusal(index, Array(chosen.dropFirst(4)) + ["new"]) == nil, "sixteen may leave at once")
        #expect(await refusal(index, Array(chosen.dropFirst(5))) == .limitReached)
        #expect(await refusal(index, chosen.dropLast() + ["old1"]) == nil, "one that is leaving may come back")
    }

    @Test
    func `names are those that metadata can have, each once, at most eight`() async {
        let wrong = [["a", "a"], [""], [String(repeating: "x", count: 41)], (0...8).map { "n\($0)" }]
        for names in wrong { #expect(await refusal(MetadataIndex(), names) == .invalidRequest, "\(names)") }
        for names in [[], ["with [brackets] and ü"], [String(repeating: "x", count: 40)], (0..<8).map { "n\($0)" }] {
            #expect(await refusal(MetadataIndex(), names) == nil, "\(names)")
        }
    }

    @Test
    func `an answer that is complete for several names is as old as the youngest of them`() {
        let (early, late) = (Moment(milliseconds: 1_000), Moment(milliseconds: 2_000))
        let index = MetadataIndex(names: [
            MetadataIndex.Name("a", completeFrom: [.payment: early]),
            MetadataIndex.Name("b", completeFrom: [.payment: late, .refund: early]), MetadataIndex.Name("c"),
        ])
        let (a, b, c) = (MetadataTerm("a", ""), MetadataTerm("b", ""), MetadataTerm("c", ""))
        #expect(index.completeFrom([a], .payment) == early)
        #expect(index.completeFrom([a, b, c], .payment) == late)
        #expect(index.completeFrom([a, b], .refund) == early)
        #expect(index.completeFrom([c], .payment) == nil)
        #expect(index.completeFrom([a, b, c], .payout) == nil)
    }
}
