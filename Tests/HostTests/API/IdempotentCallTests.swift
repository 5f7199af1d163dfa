import Router
import RouterTestKit
import Testing

@testable import Host

/// Every call with an idempotency key tells its faults in one order.
@Suite("Keyed calls") struct IdempotentCallTests {
    /// A call that makes something.
    enum Call: CaseIterable, Sendable {
        case payment, payout, transfer, refund, capture, confirm, accept

        var isAboutPayment: Bool { ![.payment, .payout, .transfer].contains(self) }

        func path(_ id: OrderID) -> String {
            switch self {
            case .payment: "/v1/payments"
            case .payout: "/v1/payouts"
            case .transfer: "/v1/transfers"
            case .refund: "/v1/payments/\(id)/refunds"
            case .capture: "/v1/payments/\(id)/capture"
            case .confirm: "/v1/payments/\(id)/confirm"
            case .accept: "/v1/payments/\(id)/accept"
            }
        }

        func operation(_ id: OrderID) -> KeyedOperation {
            switch self {
            case .payment: .create(.payment)
            case .payout: .create(.payout)
            case .transfer: .create(.transfer)
            case .refund: .follow(.refund, of: id)
            case .capture: .follow(.capture, of: id)
            case .confirm: .confirm(id)
            case .accept: .accept(id)
            }
        }

        private static let wallets = ("wal_01JD3K0000PPPPPPPPPPPPPPPP", "wal_01JD3K0000PPPPPPPPPPPPPPPA")

        /// A body that is well-formed, and that the bench refuses: it has no provider, and its payment waits for nothing.
        var body: String {
            switch self {
            case .payment: #"{"amount":5000,"currency":"XOF"}"#
            case .payout: #"{"amount":5000,"currency":"XOF","party":{"phone":"+22890112233"}}"#
            case .transfer:
                #"{"from":{"wallet":"\#(Self.wallets.0)"},"to":{"wallet":"\#(Self.wallets.1)"},"amount":5,"currency":"XOF"}"#
            case .refund, .capture: #"{"amount":100}"#
            case .confirm: #"{"code":"1234"}"#
            case .accept: #"{"amount":4999,"currency":"XOF"}"#
            }
        }

        /// A body that is JSON, and refused whatever the payment is.
        var refusedBody: String {
            switch self {
            case .payment, .payout: #"{"amount":-1,"currency":"XOF","party":{}}"#
            case .transfer: #"{"from":{},"to":{},"amount":-1,"currency":"XOF"}"#
            case .refund, .capture: #"{"amount":-1}"#
            case .confirm: #"{"code":"1234","amount":-1,"currency":"XOF"}"#
            case .accept: #"{"amount":-1,"currency":"XOF"}"#
            }
        }

        /// What says that the state or routing does not allow it.
        var refusal: String {
            switch self {
            case .payment, .payout: "no_eligible_provider"
            // They are nobody's.
            case .transfer: "wallet_unusable"
            case .refund, .capture: "payment_state_conflict"
            case .confirm: "payment_not_confirmable"
            case .accept: "acceptance_mismatch"
            }
        }
    }

    /// The faults, first the one that speaks first.
    enum Fault: Int, CaseIterable, Sendable {
        case badKey, unreadableBody, storeDown, keyOfAnother, refusedBody, notFound, refused

        func code(_ call: Call) -> String {
            switch self {
            case .badKey: "idempotency_key_invalid"
            case .unreadableBody: "invalid_json"
            case .storeDown: "unavailable"
            case .keyOfAnother: "idempotency_key_reused"
            case .refusedBody: "invalid_request"
            case .notFound: "not_found"
            case .refused: call.refusal
            }
        }

        func exists(for call: Call) -> Bool { self != .notFound || call.isAboutPayment }
    }

    struct Pair: Sendable, CustomTestStringConvertible {
        var call: Call
        var first: Fault
        var second: Fault
        var testDescription: String { "\(call): \(first) before \(second)" }
    }

    static let pairs: [Pair] = Call.allCases.flatMap { call in
        Fault.allCases.flatMap { first in
            Fault.allCases.filter { $0.rawValue >= first.rawValue }.map { Pair(call: call, first: first, second: $0) }
        }
        .filter { $0.first.exists(for: call) && $0.second.exists(for: call) }
    }

    private static let key = "0e3f9a52-7c0e-4b8a-9e64-2f0b6a1c8d37"

    @Test(arguments: pairs)
    func `of two faults the same one speaks first, whichever call it is`(_ pair: Pair) async throws {
        let call = pair.call
        let faults = [pair.first, pair.second]
        let bench = try await CallBench()
        let nobodys = OrderID(.payment, at: Moment(milliseconds: 1_700_000_000_000), from: SystemRandom())
        let payment = try await bench.payment()
        let id = faults.contains(.notFound) ? nobodys : payment
        if faults.contains(.keyOfAnother) {
            let key = IdempotencyRecord.Key(
                call.operation(id), app: CallBench.app, environment: .sandbox, key: Self.key)
            try await bench.payment(key: key, fingerprint: [1])
        }
        if faults.contains(.storeDown) { bench.breakStore() }
        let body =
            faults.contains(.unreadableBody) ? "{" : faults.contains(.refusedBody) ? call.refusedBody : call.body
        let reply = await bench.call(call.path(id), body, key: faults.contains(.badKey) ? "short" : Self.key)
        #expect(reply.code == pair.first.code(call), "\(reply.json)")
        if pair.first == .storeDown { #expect(reply.status == 503) }
    }

    @Test(arguments: Call.allCases)
    func `what was accepted once is answered by what it made, whatever is refused today`(_ call: Call) async throws {
        for body in [call.body, call.refusedBody] {
            let bench = try await CallBench()
            let payment = try await bench.payment()
            let key = IdempotencyRecord.Key(
                call.operation(payment), app: CallBench.app, environment: .sandbox, key: Self.key)
            let made = try await bench.payment(
                key: key, fingerprint: try bench.fingerprint(call.path(payment), body))
            let reply = await bench.call(call.path(payment), body, key: Self.key)
            #expect(reply.status < 300 && reply.isReplayed, "\(reply.json)")
            // A capture is answered with its payment.
            #expect(reply.json["id"]?.stringValue == (call == .capture ? payment : made).text)
            // A router that takes nothing on still knows what it took.
            bench.engine.stopAdmitting()
            #expect(await bench.call(call.path(payment), body, key: Self.key).isReplayed)
            bench.breakStore()
            let deaf = await bench.call(call.path(payment), body, key: Self.key)
            #expect(deaf.status == 503 && deaf.json["outcome"] == "unknown")
        }
    }

    @Test(arguments: Call.allCases)
    func `a router that takes nothing on says so, and that nothing was done`(_ call: Call) async throws {
        let bench = try await CallBench()
        let payment = try await bench.payment()
        bench.engine.stopAdmitting()
        let reply = await bench.call(call.path(payment), call.body, key: Self.key)
        #expect(reply.status == 503 && reply.json["outcome"] == "not_executed", "\(reply.json)")
    }

    @Test
    func `another app's keys and payments are not there`() async throws {
        let bench = try await CallBench()
        let payment = try await bench.payment()
        let others = AppID(known: "app_01M7Y8G2S83KY03KAYDH4HV202")
        for call in Call.allCases {
            let key = IdempotencyRecord.Key(call.operation(payment), app: others, environment: .sandbox, key: Self.key)
            try await bench.payment(key: key, fingerprint: [1])
            #expect(await bench.call(call.path(payment), call.body, key: Self.key).code == call.refusal)
        }
    }
}
