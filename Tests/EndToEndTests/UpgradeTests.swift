import Foundation
import Host
import Router
import RouterTestKit
import SQLiteStore
import Testing
import WebText

/// The data folder of the first release: opened, checked, and driven on.
@Suite(.timeLimit(.minutes(10))) struct UpgradeTests {
    private static func open(_ path: String, copies: Bool = true) async throws -> SQLiteStore {
        let digits = try String(contentsOfFile: path + "/master.key", encoding: .utf8)
        let bytes = try #require(Hex.bytes(digits.trimmingCharacters(in: .whitespacesAndNewlines)))
        var options = SQLiteStore.Options()
        options.copiesBeforeUpgrade = copies
        return try await SQLiteStore.open(
            path: path + "/payrouter.sqlite", master: try #require(MasterKey(bytes: bytes)), options: options)
    }

    @Test func `the folder is copied brought up and sound`() async throws {
        let (path, notes) = try FirstRelease.folder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let store = try await Self.open(path)
        #expect(FileManager.default.fileExists(atPath: path + "/payrouter.sqlite.before-003-reviews"))
        #expect(try await store.fullCheck() == [])
        for (name, id) in notes {
            let aggregate = try await store.orderAggregate(try #require(OrderID(id)))
            #expect(aggregate != nil, "\(name)")
        }
        // Reviews of orders that are final can be found now.
        var query = OrderQuery(app: nil, environment: nil, limit: 100)
        query.kind = nil
        query.review = .reason(.discrepancy)
        let disputed = try await store.list(query).map(\.id.text)
        #expect(Set(disputed) == Set(["late_success", "refund_contradicted"].compactMap { notes[$0] }))
        await store.close()
        // A second opening finds nothing left to do.
        let again = try await Self.open(path)
        #expect(try await again.fullCheck() == [])
        await again.close()
    }

    /// Lists by time look for identifiers of that time.
    @Test func `orders of before were made when their identifiers say`() async throws {
        let (path, _) = try FirstRelease.folder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let store = try await Self.open(path)
        var query = OrderQuery(app: nil, environment: nil, limit: 100)
        query.kind = nil
        let orders = try await store.list(query)
        #expect(!orders.isEmpty)
        for order in orders { #expect(order.id.madeAt == order.createdAt, "\(order.id)") }
        await store.close()
    }

    /// Its hash was made with what the older program derived from the master key.
    @Test func `an API key of before opens the upgraded folder`() async throws {
        let (path, _) = try FirstRelease.folder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let digits = try String(contentsOfFile: path + "/master.key", encoding: .utf8)
        let bytes = try #require(Hex.bytes(digits.trimmingCharacters(in: .whitespacesAndNewlines)))
        let derived = DataKeys.derived(from: try #require(MasterKey(bytes: bytes)))
        let store = try await Self.open(path)
        for purpose in DataKeys.Purpose.allCases { #expect(store.dataKeys[purpose] == derived[purpose], "\(purpose)") }
        let app = try #require(try await store.apps().first)
        let made = KeyRing(derived, store: store, time: HostClock())
            .make(.secret, app: app.id, environment: .sandbox, at: HostClock().now, random: SystemRandom())
        try await store.insert(made.record)
        await store.close()
        let router = try await RunningRouter(folder: path)
        #expect(await router.call("GET", "/v1/payments", key: made.text).status == 200)
        let record = try #require(try await router.host.store.fact("data_keys"))
        await router.stop()
        for secret in [record, Hex.text(bytes), made.text] { #expect(!router.logs.text.contains(secret)) }
    }

    @Test func `without a copy none is made`() async throws {
        let (path, _) = try FirstRelease.folder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let store = try await Self.open(path, copies: false)
        #expect(!FileManager.default.fileExists(atPath: path + "/payrouter.sqlite.before-003-reviews"))
        await store.close()
    }

    /// A late success of before is known with its amount, so that it can be given back.
    @Test func `what was disputed is still disputed`() async throws {
        let (path, notes) = try FirstRelease.folder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let store = try await Self.open(path)
        let late = try #require(try await store.orderAggregate(OrderID(known: notes["late_success"] ?? "")))
        #expect(late.order.status == .failed && late.order.isDisputed)
        #expect(late.order.refundable == Money(5_000, .xof))
        let refund = try #require(try await store.orderAggregate(OrderID(known: notes["refund_contradicted"] ?? "")))
        #expect(refund.order.status == .succeeded && refund.order.isDisputed)
        await store.close()
    }

    /// A process that died within the step over all attempts: the next one goes on where it was.
    @Test func `a step that was cut short goes on`() async throws {
        let (path, notes) = try FirstRelease.folder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let store = try await Self.open(path)
        let some = try await store.unkeyedProofs(after: 0, limit: 1)
        let first = try #require(some.first)
        #expect(first.order.text == notes["same_reference_1"])
        let scope = ProofScope(kind: "tmoney", account: "demo", isUnique: false)
        _ = try await store.keyProofs([(first.number, scope.key(first.operation, first.operatorReference))])
        try await store.setFact("settlements_keyed", String(first.number))
        await store.close()
        let router = try await RunningRouter(folder: path)
        let later = await router.call("GET", "/v1/payments/\(notes["same_reference_2"] ?? "")").json
        #expect(later["review"]?["reason"] == "repeated_reference")
        #expect(
            try await router.host.store.unkeyedProofs(after: 0, limit: 100).map(\.order.text) == [
                notes["same_reference_2"]
            ])
        await router.stop()
    }

    /// The whole router, with its sandbox operators, goes on with what the first release left.
    @Test func `the folder is driven on`() async throws {
        let (path, notes) = try FirstRelease.folder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let router = try await RunningRouter(folder: path)
        func order(_ name: String) async -> JSONValue {
            let id = notes[name] ?? ""
            let kind = id.hasPrefix("po_") ? "payouts" : id.hasPrefix("re_") ? "refunds" : "payments"
            return await router.call("GET", "/v1/\(kind)/\(id)").json
        }
        for name in ["unknown_at_a_provider_that_will_be_gone", "pending_at_a_provider_that_will_be_gone"] {
            let gone = await order(name)
            #expect(gone["status"] == "under_review", "\(name)")
            #expect(gone["review"]?["reason"] == "provider_missing", "\(name)")
        }
        #expect(router.host.engine.missingProviders == ["flooz-old": 2])
        // The first of two attempts that share an operator's reference keeps it; people look at the second.
        let (first, second) = (await order("same_reference_1"), await order("same_reference_2"))
        #expect(first["review"] == .null && first["certainty"] == "confirmed")
        #expect(second["status"] == "succeeded" && second["certainty"] == "disputed")
        #expect(second["review"]?["reason"] == "repeated_reference")
        let late = await order("late_success")
        #expect(late["amount_refundable"] == 5_000 && late["certainty"] == "disputed")
        // Final states are what they were.
        for (name, status) in [
            ("succeeded", "succeeded"), ("failed", "failed"), ("cancelled", "cancelled"), ("refunded", "succeeded"),
            ("held", "authorized"), ("captured_in_part", "succeeded"), ("released", "cancelled"),
            ("payout", "succeeded"), ("payout_failed", "failed"), ("conflict", "under_review"),
        ] {
            #expect(await order(name)["status"] == .string(status), "\(name)")
        }
        // Two people end what nobody can be asked about.
        let (anna, ben) = (await router.addPerson("anna"), await router.addPerson("ben"))
        let open = notes["open_payout_of_one_order_number_1"] ?? ""
        #expect(
            await router.sign(open, "executed", as: "anna", token: anna, reference: "PG-1").json["resolved"] == false)
        #expect(await router.sign(open, "executed", as: "ben", token: ben, reference: "PG-1").json["resolved"] == true)
        #expect(await order("open_payout_of_one_order_number_1")["status"] == "succeeded")
        await router.stop()
        // Nothing is redone at the next start.
        let again = try await RunningRouter(folder: path)
        #expect(await again.call("GET", "/v1/payouts/\(open)").json["status"] == "succeeded")
        await again.stop()
    }
}
