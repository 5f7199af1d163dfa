import Pages
import WebText

/// A QR code that an operator gives as a picture only (`data:image/png;base64,...`).
struct GivenPicture {
    private let text: String
    private let bytes: [UInt8]

    /// Takes a PNG picture in a data address; `nil` for anything else.
    init?(_ content: String) {
        let prefix = "data:image/png;base64,"
        guard content.hasPrefix(prefix), content.utf8.count < 400_000 else { return nil }
        text = String(content.dropFirst(prefix.count))
        guard let bytes = Base64.decode(text), bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return nil }
        self.bytes = bytes
    }

    var pngAnswer: APIResponse { .bytes(bytes, type: "image/png") }

    /// The picture inside an SVG, for pages that ask for one.
    var svgAnswer: APIResponse {
        .bytes(Array(HostPage.picture.rendered(Self.model(text)).utf8), type: "image/svg+xml")
    }

    /// What `qr/picture.mustache` is filled with; base64 that could be decoded holds nothing that would have to be escaped.
    static func model(_ base64: String) -> PageModel { ["base64": .verbatim(base64)] }
}

extension QRCode {
    var svgAnswer: APIResponse { .bytes(Array(svg().utf8), type: "image/svg+xml") }
    var pngAnswer: APIResponse { .bytes(png(), type: "image/png") }
}
