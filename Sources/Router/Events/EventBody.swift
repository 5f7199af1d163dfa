/// The JSON an app receives for an event, in the shape Standard Webhooks recommends.
///
/// One release, and one address of the installation, write an event the same whenever it is asked for.
package struct EventBody: Sendable {
    private let view: OrderView

    /// Writes events of orders as `view` shows these.
    package init(_ view: OrderView) { self.view = view }

    /// The bytes that are delivered; of an event about a bill once it was read (``BillStore/withBill(_:)``).
    package func bytes(_ event: Event) -> [UInt8] {
        guard case .order(let aggregate) = event.content else { return written(event) }
        return JSONObjectWriter.object { writer in
            writer.field("type", event.type)
            writer.field("timestamp", event.at.description)
            writer.field("sequence", event.sequence)
            writeData(event, aggregate, to: &writer)
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
            writeData(event, aggregate, to: &writer)
        } else {
            let body = try? StrictJSON.parse(written(event), maximumDepth: 64)
            writer.field("data", body?["data"] ?? .null)
        }
    }

    /// The order as it was or, where a bill is told of, the bill.
    private func writeData(_ event: Event, _ aggregate: OrderAggregate, to writer: inout JSONObjectWriter) {
        guard event.tellsBill else { return writer.nullable("data", aggregate) { view.write($1, to: &$0) } }
        writer.field("data", event.bill.map { BillView(publicURL: view.publicURL).json($0) } ?? .null)
    }

    private func written(_ event: Event) -> [UInt8] {
        if case .written(let bytes) = event.content { bytes } else { [] }
    }
}

extension Event {
    /// Whether it tells of a bill, and not of its order.
    var tellsBill: Bool { type == EventType.billPaid }
}

extension BillStore {
    /// An event with the bill that it tells of; others are as they were.
    ///
    /// A bill that is paid never changes again, so that it is what it was in the moment of the event.
    package func withBill(_ event: Event) async throws(StoreFailure) -> Event {
        guard event.tellsBill, case .order(let aggregate) = event.content, let id = aggregate.order.request.bill
        else { return event }
        var event = event
        event.bill = try await bill(id)
        return event
    }

    /// The same for a page of events.
    package func withBills(_ events: [Event]) async throws(StoreFailure) -> [Event] {
        guard events.contains(where: \.tellsBill) else { return events }
        var read: [Event] = []
        for event in events { read.append(try await withBill(event)) }
        return read
    }
}
