/// The JSON an app receives for an event, in the shape Standard Webhooks recommends.
package enum EventBody {
    /// The exact bytes, made once and never again.
    package static func make(
        type: String, sequence: Int64, file: PaymentFile, publicURL: String, at now: Moment
    ) -> [UInt8] {
        let value: JSONValue = [
            "type": .string(type),
            "timestamp": .string(now.description),
            "sequence": JSONValue(sequence),
            "data": PaymentView(publicURL: publicURL).json(file),
        ]
        return value.serialized()
    }
}
