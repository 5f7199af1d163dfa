import Router
import Testing

@testable import Host

@Suite struct EndpointRulesTests {
    @Test func fiveDaysOfNothingButFailuresDisable() {
        var endpoint = Sample.endpoint()
        _ = endpoint.note(.failed, at: .start)
        #expect(endpoint.failingSince == .start)
        let almost = Moment.start.adding(milliseconds: 5 * 86_400_000 - 1)
        let unchanged = endpoint.note(.slowDown(retryAfterSeconds: 1), at: almost)
        #expect(!unchanged)
        #expect(endpoint.isEnabled)
        let changed = endpoint.note(.failed, at: almost.adding(milliseconds: 1))
        #expect(changed)
        #expect(!endpoint.isEnabled)
        #expect(endpoint.disabledReason == "nothing could be delivered for 5 days")
    }

    @Test func aSuccessInBetweenStartsTheCountAgain() {
        var endpoint = Sample.endpoint()
        _ = endpoint.note(.failed, at: .start)
        _ = endpoint.note(.delivered, at: .start.adding(seconds: 4 * 86_400))
        #expect(endpoint.failingSince == nil)
        _ = endpoint.note(.failed, at: .start.adding(seconds: 6 * 86_400))
        #expect(endpoint.isEnabled)
    }

    @Test func goneDisablesAtOnceAndEnablingForgets() {
        var endpoint = Sample.endpoint()
        _ = endpoint.note(.disableEndpoint, at: .start)
        #expect(!endpoint.isEnabled)
        #expect(endpoint.disabledReason == "the endpoint answered 410 Gone")
        endpoint.enable()
        #expect(endpoint == Sample.endpoint())
    }

    @Test func stoppingAndUsualSuccessChangeNothing() {
        var endpoint = Sample.endpoint()
        let changed = [DeliveryVerdict.interrupted, .notNow, .delivered].map { endpoint.note($0, at: .start) }
        #expect(changed == [false, false, false])
        #expect(endpoint == Sample.endpoint())
    }

    @Test func theOldSecretSignsUntilTheOverlapEnds() {
        var endpoint = Sample.endpoint()
        endpoint.rotate(to: Sample.newSecret, overlapSeconds: 60, at: .start)
        #expect(endpoint.secretsInForce(at: .start) == [Sample.newSecret, Sample.secret])
        #expect(endpoint.secretsInForce(at: .start.adding(milliseconds: 59_999)).count == 2)
        #expect(endpoint.secretsInForce(at: .start.adding(seconds: 60)) == [Sample.newSecret])
    }

    @Test func rotatingTwiceWithinTheOverlapKeepsBothUntilEachEnds() {
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

    @Test func aShorterOverlapShortensAllAndNoOverlapKeepsOne() {
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

    @Test func whatEndedBeforeIsNotKept() {
        var endpoint = Sample.endpoint()
        endpoint.rotate(to: Sample.newSecret, overlapSeconds: 60, at: .start)
        let third = WebhookSecret.make(from: SeededRandom())
        endpoint.rotate(to: third, overlapSeconds: 60, at: .start.adding(seconds: 60))
        #expect(endpoint.secrets == [third, Sample.newSecret])
    }

    @Test func aRotationOfAnEarlierReleaseIsReadAsItWas() {
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

    @Test func whatIsStoredComesBack() throws {
        var endpoint = Sample.endpoint()
        endpoint.rotate(to: Sample.newSecret, overlapSeconds: 60, at: .start)
        endpoint.rotate(to: WebhookSecret.make(from: SeededRandom()), overlapSeconds: 60, at: .start.adding(seconds: 7))
        let read = try WebhookCoding.endpoint(
            id: endpoint.id, app: endpoint.app, environment: endpoint.environment, isEnabled: endpoint.isEnabled,
            createdAt: endpoint.createdAt, record: WebhookCoding.record(endpoint),
            secretRecord: WebhookCoding.secretRecord(endpoint))
        #expect(read == endpoint)
    }

    @Test func changesAtTheSameTimeAreNotLost() async throws {
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
