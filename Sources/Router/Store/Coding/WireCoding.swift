/// Requests, notifications and what payers are asked to do, as records.
package enum WireCoding {
    static func write(_ writer: inout JSONObjectWriter, _ request: WireRequest) {
        writer.field("method", request.method.rawValue)
        writer.field("url", request.url)
        writer.list("headers", request.headers, header)
        writer.octets("body", hexadecimal: "body_hex", request.body)
    }

    static func request(_ reader: RecordReader) throws(RecordFault) -> WireRequest {
        WireRequest(
            try reader.word("method"), try reader.text("url"), headers: try reader.list("headers", header),
            body: try reader.octets("body", hexadecimal: "body_hex"))
    }

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

    static func header(_ writer: inout JSONObjectWriter, _ header: WireRequest.Header) {
        writer.field("name", header.name)
        writer.field("value", header.value)
    }

    static func header(_ reader: RecordReader) throws(RecordFault) -> WireRequest.Header {
        WireRequest.Header(try reader.text("name"), try reader.text("value"))
    }

    static func write(_ writer: inout JSONObjectWriter, _ action: CustomerAction) {
        switch action {
        case .approveOnPhone(let hint):
            writer.field("type", "approve_on_phone")
            writer.field("hint", hint)
        case .redirect(let url):
            writer.field("type", "redirect")
            writer.field("url", url)
        case .showQR(let content):
            writer.field("type", "show_qr")
            writer.field("content", content)
        case .submitForm(let url, let fields):
            writer.field("type", "submit_form")
            writer.field("url", url)
            writer.list("fields", fields, header)
        case .enterCode(let length):
            writer.field("type", "enter_code")
            writer.field("length", length.map(Int64.init))
        case .wait: writer.field("type", "wait")
        }
    }

    static func action(_ reader: RecordReader) throws(RecordFault) -> CustomerAction {
        switch try reader.text("type") {
        case "approve_on_phone": return .approveOnPhone(hint: try reader.optionalText("hint"))
        case "redirect": return .redirect(url: try reader.text("url"))
        case "show_qr": return .showQR(content: try reader.text("content"))
        case "submit_form":
            return .submitForm(url: try reader.text("url"), fields: try reader.list("fields", header))
        case "enter_code": return .enterCode(length: try reader.optionalInteger("length").map(Int.init))
        case "wait": return .wait
        case let other: throw RecordFault("an action of unknown type \(other)")
        }
    }
}
