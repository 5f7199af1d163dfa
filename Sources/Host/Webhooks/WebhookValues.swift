import Router
import Webhooks

/// An endpoint as its owner and the platform's people see it; its secrets are absent.
struct WebhookStanding: Sendable, Hashable {
    enum State: Sendable, Hashable {
        case working
        case failing(since: Moment)
        /// By the router, for this reason.
        case disabled(String)
        /// By its owner.
        case off
    }

    let id: WebhookEndpointID
    let app: AppID
    let environment: PayEnvironment
    /// The whole address; what stands behind its question mark may be a secret of the shop's.
    let url: String
    /// Which events it wants; empty for all.
    let types: [String]
    let state: State
    let createdAt: Moment
    /// How many secrets sign, and until when the older ones do.
    let secrets: Int
    let oldSecretsEnd: Moment?
    /// Events of a replay that were not tried yet, and when it began.
    let replaying: Int
    let replayedAt: Moment?

    init(_ endpoint: WebhookEndpoint, replaying: Int, at now: Moment) {
        id = endpoint.id
        app = endpoint.app
        environment = endpoint.environment
        url = endpoint.url
        types = endpoint.types
        createdAt = endpoint.createdAt
        if endpoint.isEnabled {
            state = endpoint.failingSince.map { .failing(since: $0) } ?? .working
        } else {
            state = endpoint.disabledReason.map { .disabled($0) } ?? .off
        }
        secrets = endpoint.secretsInForce(at: now).count
        oldSecretsEnd = endpoint.oldSecretsExpireAt.flatMap { now < $0 && endpoint.secrets.count > 1 ? $0 : nil }
        self.replaying = replaying
        replayedAt = endpoint.replayedAt
    }
}

/// One event at one endpoint, with what was sent and what was answered.
struct WebhookDeliveryDetail: Sendable, Hashable {
    let endpoint: WebhookEndpointID
    let event: EventID
    let type: String
    let order: OrderID
    let sequence: Int64
    let state: Delivery.State
    let tries: [Delivery.Try]
    let dueAt: Moment?
    /// The body as it is sent, with what opens something or names somebody masked.
    let body: JSONValue

    init(_ delivery: Delivery, body: [UInt8]) {
        endpoint = delivery.endpoint
        event = delivery.event.id
        type = delivery.event.type
        order = delivery.event.order
        sequence = delivery.event.sequence
        state = delivery.state
        tries = delivery.tries
        dueAt = delivery.state == .pending ? delivery.dueAt : nil
        self.body = EventRedaction.shown(body)
    }
}

/// What people may see of the body of an event, which the router wrote itself.
enum EventRedaction {
    /// Members that open something, or name somebody; phone numbers are masked where the body is written.
    private static let masked: Set<String> = [
        "accept_url", "app_link", "confirm_url", "content", "email", "fields", "hosted_url", "name", "png_url",
        "svg_url",
        "url",
    ]

    static func shown(_ body: [UInt8]) -> JSONValue {
        (try? StrictJSON.parse(body, maximumDepth: 64)).map(shown) ?? .null
    }

    private static func shown(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { member in
                        let isMasked = masked.contains(member.name) && member.value != .null
                        return .init(member.name, isMasked ? .string(Redaction.mask) : shown(member.value))
                    }))
        case .array(let elements): .array(elements.map(shown))
        case .null, .bool, .number, .string: value
        }
    }
}
