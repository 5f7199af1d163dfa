import BenchKit
import Foundation
import Glibc
import Host
import Router
import RouterTestKit
import Webhooks

/// Times the small pieces that a payment consists of; `./bench --micro` runs it.
@main
enum MicroBenchmarks {
    static func main() async throws {
        if CommandLine.arguments.dropFirst().first == "--reload" { return try await ReloadBenchmark.run() }
        let folder = NSTemporaryDirectory() + "micro-benchmarks-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let router = try await BenchRouter(.tmoney, folder: folder)
        let id = try await router.pay(.tmoney, number: 0)
        guard let aggregate = try await router.stored(id) else { throw StartFailure("the payment is gone") }
        await router.close()
        for figure in try figures(aggregate, Stopwatch(batches: 21, nanoseconds: 10_000_000)) {
            let name = figure.name.padding(toLength: 52, withPad: " ", startingAt: 0)
            print(name, text(figure.median).leftPadded(10), "ns   ±", text(figure.spread * 50).leftPadded(2), "%")
        }
    }

    private static func text(_ value: Double) -> String { String(Int(value.rounded())) }

    private static func figures(_ aggregate: OrderAggregate, _ watch: Stopwatch) throws -> [Stopwatch.Figure] {
        guard let master = MasterKey(bytes: (1...32).map { UInt8($0 &* 7) }) else { return [] }
        let order = aggregate.order
        let request = APIRequest(
            method: "POST", path: "/v1/payments", headers: [("content-type", "application/json")],
            body: Array(BenchProviders.Kind.tmoney.body().utf8), id: order.requestID)
        let configuration = try BenchProviders.configuration(.tmoney)
        let providers = Dictionary(uniqueKeysWithValues: configuration.providers.map { ($0.id, $0) })
        let facts = RouteFacts(
            order.request, .payment, order: order.id, app: order.app, environment: order.environment,
            at: order.createdAt)
        let stored = StoredOrder(aggregate)
        let sealer = Sealer(.derived(from: master))
        let pages = HostedPages(.derived(from: master))
        let view = OrderView(publicURL: "https://pay.example", pages: pages)
        let told = Event(aggregate, sequence: 2, type: "payment.awaiting_customer", at: order.createdAt)
        let event = EventBody(view).bytes(told)
        guard let sealed = sealer.seal(event),
            let signer = WebhookSigner([WebhookSecret.make(from: FixedRandom())])
        else { return [] }
        // Every end is another one, so that no link is remembered.
        var end = order.createdAt
        return [
            try watch.time("parse and check the body of a payment") {
                try PaymentBody.checked(request, channels: ["tmoney"])
            },
            watch.time("decide a route") {
                configuration.routing.decide(facts) { providers[$0]?.facts(at: order.createdAt) }
            },
            watch.time("encode an order, \(stored.bytes.count) bytes") { StoredOrder.bytes(aggregate) },
            try watch.time("decode an order") { try stored.aggregate() },
            watch.time("seal \(event.count) bytes") { sealer.seal(event) },
            watch.time("open \(event.count) bytes") { sealer.open(sealed) },
            watch.time("the body of an event, \(event.count) bytes") {
                EventBody(view).bytes(told)
            },
            watch.time("sign a webhook of \(event.count) bytes") {
                signer.signature(id: "evt_01M7Y8G2S83KY03KAYDH4HV201", seconds: 1_795_000_000, body: event)
            },
            watch.time("sign a link to a payment's page") {
                end = end.adding(seconds: 1)
                return pages.token(order.id, until: end)
            },
            try watch.time("read a phone number") { try MSISDN(parsing: "+228 90 11 22 33") },
        ]
    }
}

extension String {
    /// The text at the right of so many columns.
    fileprivate func leftPadded(_ width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
