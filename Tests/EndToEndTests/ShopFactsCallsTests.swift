import Foundation
import Router
import Testing

@testable import Host

/// What a shop says of its payment reaches the operator whole, or the caller hears why not.
@Suite("A shop's words at the operators", .timeLimit(.minutes(10)))
struct ShopFactsCallsTests {
    private static func text(_ count: Int) -> String { String(repeating: "é", count: count) }

    @Test
    func `a description is told its limit by the channels, kept whole up to it and refused beyond`() async throws {
        let router = try await RunningRouter()
        let listed = await router.call("GET", "/v1/channels").json["data"]?.arrayValue ?? []
        func provider(_ channel: String) -> JSONValue? {
            listed.first { $0["channel"]?.stringValue == channel }?["providers"]?.arrayValue?.first
        }
        #expect(provider("mtn-momo")?["description_max_length"] == 160)
        #expect(provider("tmoney")?["description_max_length"] == 250)
        #expect(provider("tmoney-online")?["order_number_in_description"] == true)
        func payment(_ text: String, reference: String? = nil) -> JSONValue {
            [
                "amount": 5_000, "currency": "XAF", "channel": "mtn-momo", "description": .string(text),
                "reference": JSONValue(reference), "customer": ["phone": "+237670000001"],
            ]
        }
        let refused = await router.create(payment(Self.text(161)).withoutNulls)
        #expect(refused.status == 400 && refused.json["code"] == "invalid_request" && refused.json["limit"] == 160)
        #expect(refused.json["errors"]?.arrayValue?.first?["pointer"] == "/description")
        #expect(refused.json["errors"]?.arrayValue?.first?["code"] == "too_long")
        #expect(await router.create(payment(Self.text(160)).withoutNulls).status < 300)
        #expect(await router.create(payment(Self.text(251)).withoutNulls).status == 400)
        let explained = await router.call("POST", "/v1/routes/explain", payment(Self.text(161)).withoutNulls).json
        let why = explained["candidates"]?.arrayValue?.first?["why_not"]?.arrayValue?.first?.stringValue ?? ""
        #expect(why == "takes a description of at most 160 characters", "\(explained.jsonText)")
        await router.stop()
    }

    @Test
    func `TMoney Online's form has the order number before the text, and the app's name`() async throws {
        let router = try await RunningRouter()
        func fields(_ text: String, _ reference: String) async -> (Int, JSONValue?) {
            let made = await router.create([
                "amount": 5_000, "currency": "XOF", "channel": "tmoney-online", "description": .string(text),
                "reference": .string(reference),
            ])
            return (made.status, made.json["next_action"]?["fields"])
        }
        let (status, form) = await fields(Self.text(248), "CMD-17")
        #expect(status == 201 && form?["description"]?.stringValue == "CMD-17 " + Self.text(248))
        #expect(form?["brand"]?.stringValue == "demo")
        let reference = form?["purchaseref"]?.stringValue ?? ""
        #expect(!reference.isEmpty && !reference.contains("CMD"))
        let (refused, _) = await fields(Self.text(249), "CMD-18")
        #expect(refused == 400)
        await router.stop()
    }
}
