/// The JSON an app receives for an event, in the shape Standard Webhooks recommends.
///
/// One release, and one address of the installation, write an event the same whenever it is asked for.
package struct EventBody: Sendable {
    private let view: OrderView

    /// Writes events of orders as `view` shows these.
    package init(_ view: OrderView) { self.view = view }

    /// The bytes that are delivered.
    package func bytes(_ event: Event) -> [UInt8] {
        guard case .order(let aggregate) = event.content else { return written(event) }
        return JSONObjectWriter.object { writer in
            writer.field("type", event.type)
            writer.field("timestamp", event.at.description)
            writer.field("sequence", event.sequence)
            writer.nullable("data", aggregate) { view.write($1, to: &$0) }
        }
    }

    /// The members of an event as listed: its name beside the very object that is delivered.
    package func write(_ event: Event, to writer: inout JSONObjectWriter) {
        writer.field("id", event.id.text)
        writer.field("object", "event")
        writer.field("type", event.type)
        writer.field("order", event.order.text)
        writer.field("sequence", event.sequence)
        writer.field("created_at", event.at.description)
        if case .order(let aggregate) = event.content {
            writer.nullable("data", aggregate) { view.write($1, to: &$0) }
        } else {
            let body = try? StrictJSON.parse(written(event), maximumDepth: 64)
            writer.field("data", body?["data"] ?? .null)
        }
    }

    private func written(_ event: Event) -> [UInt8] {
        if case .written(let bytes) = event.content { bytes } else { [] }
    }
}
