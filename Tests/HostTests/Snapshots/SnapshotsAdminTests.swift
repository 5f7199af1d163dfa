import Router
import RouterTestKit
import Testing

@testable import Host

@Suite("Snapshots on the control socket")
struct SnapshotsAdminTests {
    private struct Deaf: EngineObserver { func record(_ event: EngineEvent) {} }

    private let store = MemoryStore()
    private let time = TestTime()
    private let routes: RouteTable
    private let run: SnapshotRun

    init() {
        var routes = RouteTable()
        let admin = SnapshotsAdmin(store: store, time: time, observer: Deaf())
        admin.register(in: &routes)
        (self.routes, run) = (routes, admin.run)
    }

    private func call(_ method: String, _ path: String, _ query: String = "") async throws -> JSONValue {
        guard case .found(let entry, _) = routes.match(method: method, path: path) else { return "no route" }
        let request = APIRequest(
            method: method, path: path, query: query, headers: [], body: [],
            id: RequestID(at: time.now, from: SystemRandom()))
        let body: [UInt8]
        do throws(Problem) { body = try await entry.handler(request, CallBench.caller).body } catch {
            return .string(error.detail)
        }
        return try StrictJSON.parse(body)
    }

    private func fold(_ days: Int) async throws -> AppID {
        var maker = SnapshotMaker(seed: 1, from: SnapshotDay(time.now))
        let app = AppID(at: time.now, from: FixedRandom())
        for day in 0..<days {
            maker.day = SnapshotDay(time.now).advanced(by: Int64(-day))
            maker.pay(Money(Int64(day + 1), .xof), to: app)
        }
        _ = try await store.fold(maker.batch(0..<maker.steps.count), into: 1, after: 0)
        return app
    }

    @Test func `rows are listed by day, page by page`() async throws {
        _ = try await fold(40)
        let list = try await call("GET", "/snapshots", "limit=100")
        #expect(list["data"]?.arrayValue?.count == 30, "the last thirty days, unless others are asked for")
        #expect(list["folded_to"]?.stringValue == time.now.description)
        let first = try #require(list["data"]?.arrayValue?.first)
        #expect(first["gross"] == 30 && first["accepted"] == 1 && first["kind"] == "payment")
        var (seen, cursor): ([JSONValue], String?) = ([], nil)
        repeat {
            let page = try await call("GET", "/snapshots", "limit=7" + (cursor.map { "&after=\($0)" } ?? ""))
            seen += page["data"]?.arrayValue ?? []
            cursor = page["next_cursor"]?.stringValue
        } while cursor != nil && seen.count < 100
        #expect(seen == list["data"]?.arrayValue)
        let day = SnapshotDay(time.now).advanced(by: -35)
        let one = try await call("GET", "/snapshots", "from=\(day)&to=\(day)")
        #expect(one["data"]?.arrayValue?.count == 1)
        #expect(try await call("GET", "/snapshots", "environment=production")["data"] == [])
        #expect(try await call("GET", "/snapshots", "from=30.11.2026").stringValue?.contains("a day such as") == true)
        #expect(try await call("GET", "/snapshots", "after=00").stringValue?.contains("next_cursor") == true)
    }

    @Test func `comparing and rebuilding are begun and asked about`() async throws {
        for (work, member) in [("comparison", "findings"), ("rebuilding", "unit")] {
            let path = "/snapshots/\(work)"
            #expect(try await call("GET", path)["state"] == "none")
            #expect(try await call("POST", path)["object"] == .string("snapshot_\(work)"))
            await run.ended()
            let state = try await call("GET", path)
            #expect(state["state"] == "done", "\(state)")
            #expect(state[member] != nil)
        }
    }

    @Test func `people read what differs`() throws {
        var comparison: [String] = []
        let result: JSONValue = [
            "object": "snapshot_comparison", "rows": 3, "units": 9, "orders": 2, "unreadable": 1, "omitted": 4,
            "findings": [["source": "ledger", "place": "here", "found": "gross 1", "expected": "gross 2"]],
        ]
        comparison = SnapshotsText.comparison(result, "data")
        #expect(
            comparison == [
                "data: compared 3 rows with 9 steps and the postings of 2 orders",
                "data: 1 steps cannot be read and are in no row",
                "error: here: gross 1; by the ledger it would be: gross 2", "... and 4 more", "data: 5 differences",
            ])
        let row = SnapshotsText.row([
            "day": "2026-11-30", "app": "app_1", "kind": "payment", "channel": "", "currency": "TND", "accepted": 2,
            "succeeded": 1, "failed": 0, "gross": 1250, "refunds": 0,
            "payouts": .number("99999999999999999999"), "fees": 5,
        ])
        #expect(row.contains("1.250") && row.contains("-") && row.contains("99999999999999999999"))
    }
}
