import Router
import RouterTestKit
import Testing

@testable import Host
@testable import Webhooks

@Suite struct EndpointRulesTests {
    @Test func `five days of nothing but failures disable`() {
        var endpoint = Sample.endpoint()
        _ = endpoint.record(.failed, at: .start)
        #expect(endpoint.failingSince == .start)
        let almost = Moment.start.adding(milliseconds: 5 * 86_400_000 - 1)
        let unchanged = endpoint.record(.slowDown(retryAfterSeconds: 1), at: almost)
        #expect(!unchanged)
        #expect(endpoint.isEnabled)
        let changed = endpoint.record(.failed, at: almost.adding(milliseconds: 1))
        #expect(changed)
        #expect(!endpoint.isEnabled)
        #expect(endpoint.disabledReason == "nothing could be delivered for 5 days")
    }

    @Test func `a success in between starts the count again`() {
        var endpoint = Sample.endpoint()
        _ = endpoint.record(.failed, at: .start)
        _ = endpoint.record(.delivered, at: .start.adding(seconds: 4 * 86_400))
        #expect(endpoint.failingSince == nil)
        _ = endpoint.record(.failed, at: .start.adding(seconds: 6 * 86_400))
        #expect(endpoint.isEnabled)
    }

    @Test func `gone disables at once and enabling forgets`() {
        var endpoint = Sample.endpoint()
        _ = endpoint.record(.disableEndpoint, at: .start)
        #expect(!endpoint.isEnabled)
        #expect(endpoint.disabledReason == "the endpoint answered 410 Gone")
        endpoint.enable()
        #expect(endpoint == Sample.endpoint())
    }

    @Test func `stopping and usual success change nothing`() {
        var endpoint = Sample.endpoint()
        let changed = [DeliveryVerdict.interrupted, .notNow, .delivered].map { endpoint.record($0, at: .start) }
        #expect(changed == [false, false, false])
        #expect(endpoint == Sample.endpoint())
    }

    @Test func `the old secret signs until the overlap ends`() {
        var endpoint = Sample.endpoint()
        endpoint.rotate(to: Sample.newSecret, overlapSeconds: 60, at: .start)
        #expect(endpoint.secretsInForce(at: .start) == [Sample.newSecret, Sample.secret])
        #expect(endpoint.secretsInForce(at: .start.adding(milliseconds: 59_999)).count == 2)
        #expect(endpoint.secretsInForce(at: .start.adding(seconds: 60)) == [Sample.newSecret])
    }

    @Test func `rotating twice within the overlap keeps both until each ends`() {
        var endpoint = Sample.endpoint()
        endpoint.rotate(to: Sample.newSecret, overlapSeconds: 60, at: .start)
        let third = WebhookSecret.make(from: SeededRandom())
        endpoint.rotate(to: third, overlapSeconds: 60, at: .start.adding(seconds: 20))
        #expect(endpoint.secretsInForce(at: .start.adding(seconds: 20)) == [third, Sample.newSecret, Sample.secret])
        #expect(endpoint.secretsInForce(at: .start.adding(milliseconds: 59_999)).count == 3)
        #expect(endpoint.secretsInForce(at: .start.adding(seconds: 60)) == [third, Sample.newSecret])
        #expect(endpoint.secretsInForce(at: .start.adding(milliseconds: 79_999)) == [third, Sample.newSecret])
        #expect(endpoint.secretsInForce(at: .start.adding(seconds: 80)) == [third])
        #expect(endpoint.oldSecretsExpireAt == Moment.start.adding(seconds: 80))
    }

    @Test func `a shorter overlap shortens all and no overlap keeps one`() {
        var endpoint = Sample.endpoint()
        endpoint.rotate(to: Sample.newSecret, overlapSeconds: 600, at: .start)
        let third = WebhookSecret.make(from: SeededRandom())
        endpoint.rotate(to: third, overlapSeconds: 10, at: .start)
        #expect(endpoint.secretsInForce(at: .start) == [third, Sample.newSecret, Sample.secret])
        #expect(endpoint.secretsInForce(at: .start.adding(seconds: 10)) == [third])
        endpoint.rotate(to: Sample.secret, overlapSeconds: 0, at: .start)
        #expect(endpoint.secrets == [Sample.secret])
        #expect(endpoint.oldSecretsExpireAt == nil)
    }

    @Test func `what ended before is not kept`() {
        var endpoint = Sample.endpoint()
        endpoint.rotate(to: Sample.newSecret, overlapSeconds: 60, at: .start)
        let third = WebhookSecret.make(from: SeededRandom())
        endpoint.rotate(to: third, overlapSeconds: 60, at: .start.adding(seconds: 60))
        #expect(endpoint.secrets == [third, Sample.newSecret])
    }

    @Test func `a rotation of an earlier release is read as it was`() {
        var endpoint = Sample.endpoint()
        endpoint.secrets = [Sample.newSecret, Sample.secret]
        endpoint.oldSecretsExpireAt = .start.adding(seconds: 60)
        #expect(endpoint.secretsInForce(at: .start) == [Sample.newSecret, Sample.secret])
        #expect(endpoint.secretsInForce(at: .start.adding(seconds: 60)) == [Sample.newSecret])
        let third = WebhookSecret.make(from: SeededRandom())
        endpoint.rotate(to: third, overlapSeconds: 600, at: .start.adding(seconds: 30))
        #expect(endpoint.secretsInForce(at: .start.adding(seconds: 30)) == [third, Sample.newSecret, Sample.secret])
        #expect(endpoint.secretsInForce(at: .start.adding(seconds: 60)) == [third, Sample.newSecret])
    }

    @Test func `what is stored comes back`() throws {
        var endpoint = Sample.endpoint()
        endpoint.rotate(to: Sample.newSecret, overlapSeconds: 60, at: .start)
        endpoint.rotate(to: WebhookSecret.make(from: SeededRandom()), overlapSeconds: 60, at: .start.adding(seconds: 7))
        let read = try WebhookCoding.endpoint(
            id: endpoint.id, app: endpoint.app, environment: endpoint.environment, isEnabled: endpoint.isEnabled,
            createdAt: endpoint.createdAt, record: WebhookCoding.record(endpoint),
            secretRecord: WebhookCoding.secretRecord(endpoint))
        #expect(read == endpoint)
    }

    @Test func `changes at the same time are not lost`() async throws {
        let store = ShelfStore()
        try await store.insert(Sample.endpoint())
        let register = EndpointRegister(store: store)
        let id = Sample.endpoint().id
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    _ = try await register.change(id) { endpoint in
                        endpoint.types.append("\(number)")
                        return true
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await store.endpoint(id)?.types.count == 200)
        #expect(try await register.change(WebhookEndpointID(at: .start, from: SeededRandom())) { _ in true } == nil)
    }
}
