/// Notifications as JSON records.
package enum CallbackCoding {
    /// A notification as a record; it may hold secrets and must be sealed.
    package static func record(_ callback: InboundCallback) -> [UInt8] {
        JSONObjectWriter.object { writer in
            writer.field("method", callback.method)
            writer.field("path", callback.pathRest)
            writer.field("query", callback.query)
            writer.list("headers", callback.headers, header)
            writer.octets("body", hexadecimal: "body_hex", callback.body)
            writer.field("peer", callback.peer)
        }
    }

    /// Reads ``record(_:)``.
    package static func callback(_ record: [UInt8]) throws(RecordFault) -> InboundCallback {
        let reader = try RecordReader(record)
        return InboundCallback(
            method: try reader.text("method"), pathRest: try reader.text("path"), query: try reader.text("query"),
            headers: try reader.list("headers", header), body: try reader.octets("body", hexadecimal: "body_hex"),
            peer: try reader.text("peer"))
    }

    private static func header(_ writer: inout JSONObjectWriter, _ header: WireRequest.Header) {
        writer.field("name", header.name)
        writer.field("value", header.value)
    }

    private static func header(_ reader: RecordReader) throws(RecordFault) -> WireRequest.Header {
        WireRequest.Header(try reader.text("name"), try reader.text("value"))
    }
}
