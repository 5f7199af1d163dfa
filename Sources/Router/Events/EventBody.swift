/// The JSON an app receives for an event, in the shape Standard Webhooks recommends.
package enum EventBody {
    /// The exact bytes, made once and never again.
    package static func make(
        type: String, sequence: Int64, aggregate: OrderAggregate, view: OrderView, at now: Moment
    ) -> [UInt8] {
        JSONObjectWriter.object { writer in
            writer.field("type", type)
            writer.field("timestamp", now.description)
            writer.field("sequence", sequence)
            writer.nullable("data", aggregate) { view.write($1, to: &$0) }
        }
    }
}
