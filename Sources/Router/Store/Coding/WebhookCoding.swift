/// What the stores keep of webhook endpoints and deliveries besides columns.
package enum WebhookCoding {
    /// What an endpoint wants and why it was disabled.
    package static func record(_ endpoint: WebhookEndpoint) -> [UInt8] {
        JSONObjectWriter.object { writer in
            writer.field("url", endpoint.url)
            writer.list("types", endpoint.types)
            writer.field("old_secrets_expire_at", endpoint.oldSecretsExpireAt)
            if !endpoint.oldSecretsExpiries.isEmpty {
                writer.list("old_secrets_expiries", endpoint.oldSecretsExpiries.map { String($0.milliseconds) })
            }
            writer.field("disabled_reason", endpoint.disabledReason)
            writer.field("failing_since", endpoint.failingSince)
            writer.field("replayed_at", endpoint.replayedAt)
        }
    }

    /// The signing secrets; must be sealed.
    package static func secretRecord(_ endpoint: WebhookEndpoint) -> [UInt8] {
        JSONObjectWriter.object { $0.list("secrets", endpoint.secrets.map { $0.reveal() }) }
    }

    /// Puts an endpoint together again.
    package static func endpoint(
        id: WebhookEndpointID, app: AppID, environment: PayEnvironment, isEnabled: Bool, createdAt: Moment,
        record: [UInt8], secretRecord: [UInt8]
    ) throws(RecordFault) -> WebhookEndpoint {
        let reader = try RecordReader(record)
        let secrets = try RecordReader(secretRecord).texts("secrets").map { Secret($0) }
        var endpoint = WebhookEndpoint(
            id: id, app: app, environment: environment, url: try reader.text("url"), types: try reader.texts("types"),
            secrets: secrets, isEnabled: isEnabled, createdAt: createdAt)
        endpoint.oldSecretsExpireAt = try reader.optionalMoment("old_secrets_expire_at")
        if reader.value("old_secrets_expiries") != nil {
            endpoint.oldSecretsExpiries = try reader.texts("old_secrets_expiries").compactMap { Int64($0) }
                .map { Moment(milliseconds: $0) }
        }
        endpoint.disabledReason = try reader.optionalText("disabled_reason")
        endpoint.failingSince = try reader.optionalMoment("failing_since")
        endpoint.replayedAt = try reader.optionalMoment("replayed_at")
        return endpoint
    }

    /// The tries of a delivery as they lie in its row.
    package static func tries(_ tries: [Delivery.Try]) -> [UInt8] {
        JSONObjectWriter.object { writer in
            writer.list("tries", tries) { writer, attempt in
                writer.field("at", attempt.at)
                writer.field("status", attempt.status.map(Int64.init))
                writer.field("detail", attempt.detail)
                writer.field("milliseconds", attempt.milliseconds)
            }
        }
    }

    /// Reads ``tries(_:)``.
    package static func tries(_ record: [UInt8]) throws(RecordFault) -> [Delivery.Try] {
        try RecordReader(record).list("tries") { reader throws(RecordFault) in
            Delivery.Try(
                at: try reader.moment("at"), status: try reader.optionalInteger("status").map(Int.init),
                detail: try reader.text("detail"), milliseconds: try reader.integer("milliseconds"))
        }
    }
}
