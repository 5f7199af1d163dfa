import WebText

/// Requests and what payers are asked to do, as records.
enum WireCoding {
    static func write(_ writer: inout PackedWriter, _ request: WireRequest) {
        writer.field(.method, request.method.rawValue)
        writer.field(.url, request.url)
        writer.list(.headers, request.headers, header)
        if !request.body.isEmpty { writer.field(.body, octets: request.body) }
    }

    static func request(_ reader: PackedReader) throws(RecordFault) -> WireRequest {
        WireRequest(
            try reader.word(.method), try reader.text(.url), headers: try reader.list(.headers, header),
            body: try body(reader))
    }

    /// Older records have bytes that are no text as digits.
    private static func body(_ reader: PackedReader) throws(RecordFault) -> [UInt8] {
        guard let digits = try reader.optionalText(.bodyHex) else { return try reader.octets(.body) }
        guard let bytes = Hex.bytes(digits) else { throw RecordFault("body_hex is missing or wrong") }
        return bytes
    }

    static func header(_ writer: inout PackedWriter, _ header: WireRequest.Header) {
        writer.field(.name, header.name)
        writer.field(.value, header.value)
    }

    static func header(_ reader: PackedReader) throws(RecordFault) -> WireRequest.Header {
        WireRequest.Header(try reader.text(.name), try reader.text(.value))
    }

    static func write(_ writer: inout PackedWriter, _ action: CustomerAction) {
        switch action {
        case .approveOnPhone(let hint):
            writer.field(.type, "approve_on_phone")
            writer.field(.hint, hint)
        case .redirect(let url):
            writer.field(.type, "redirect")
            writer.field(.url, url)
        case .showQR(let content):
            writer.field(.type, "show_qr")
            writer.field(.content, content)
        case .submitForm(let url, let fields):
            writer.field(.type, "submit_form")
            writer.field(.url, url)
            writer.list(.fields, fields, header)
        case .enterCode(let length):
            writer.field(.type, "enter_code")
            writer.field(.length, length.map(Int64.init))
        case .wait: writer.field(.type, "wait")
        }
    }

    static func action(_ reader: PackedReader) throws(RecordFault) -> CustomerAction {
        switch try reader.text(.type) {
        case "approve_on_phone": return .approveOnPhone(hint: try reader.optionalText(.hint))
        case "redirect": return .redirect(url: try reader.text(.url))
        case "show_qr": return .showQR(content: try reader.text(.content))
        case "submit_form":
            return .submitForm(url: try reader.text(.url), fields: try reader.list(.fields, header))
        case "enter_code": return .enterCode(length: try reader.optionalInteger(.length).map(Int.init))
        case "wait": return .wait
        case let other: throw RecordFault("an action of unknown type \(other)")
        }
    }
}
