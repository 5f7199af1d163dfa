import WebText

/// One order at either of the gateway's interfaces; kept in the journal.
struct KsherOrder: Codable, Sendable {
    /// How it stands.
    enum State: String, Codable, Sendable, Hashable {
        case open
        case paid
        case failed
        case closed
    }

    /// Money given back.
    struct Refund: Codable, Sendable, Hashable {
        var number: String
        var amount: Int64
    }

    /// The partner's number.
    var reference: String
    /// `redirect`, `cscanb` or `bscanc`.
    var flow: String
    /// The wallets the payer may choose.
    var wallets: [String]
    /// What the partner asked for, in satang.
    var amount: Int64
    /// What the operator tells and executes.
    var toldAmount: Int64
    /// Counts orders, for the operator's own numbers.
    var number: Int
    var createdAt: Int64
    /// When it closes if nobody pays.
    var expiresAt: Int64
    var state = State.open
    /// The wallet used; empty until it is paid.
    var wallet = ""
    var hasTooLittle = false
    var successURL = ""
    var failURL = ""
    var notifyURL: String?
    /// The partner's own text, told again with every answer about the order.
    var note: String?
    /// The sub-merchant it belongs to.
    var mid: String?
    var refunds: [Refund] = []
    /// What happens at ``due``.
    var plan: State?
    /// How long the plan waits once somebody has opened the order's link, in milliseconds.
    var after: Int64?
    /// When the plan happens; `nil` until somebody opens the link, where the order has one.
    var due: Int64?
    var callbacks = CallbackStyle.once
    /// Questions that still fail.
    var failingChecks = 0
    /// Answers about it are signed with a foreign key.
    var isForged = false
    /// Nobody has the link, so nobody can pay.
    var isLost = false

    /// Whether somebody has to open its link first; a barcode is charged without one.
    var hasLink: Bool { flow != "bscanc" }

    /// The operator's own number, which no other order has, whatever folder it is kept in; orders of earlier versions
    /// have none on file.
    var gatewayNumber: String?

    /// The operator's own number.
    var gatewayID: String { gatewayNumber ?? "9002024013110150\(1_000_000 + number)" }
    /// The operator's own number of a refund, by its place.
    func refundID(_ index: Int) -> String { "R\(gatewayID)\(index + 1)" }
    /// The number of its payment, which only an order's page gives it.
    var paymentID: String { flow == "redirect" ? "2303\(1_000_000_000 + number)" : reference }
    var refunded: Int64 { refunds.reduce(0) { $0 + $1.amount } }

    /// How it stands now: an order that nobody paid in time is closed.
    func state(now: Int64) -> State { state == .open && now >= expiresAt ? .closed : state }
}

/// A picture for a QR order: a PNG of one white pixel with the payer's address in its text.
///
/// The real operator draws a code. What matters here is that the partner can show it; the address is under `/pay/`.
enum KsherPicture {
    /// The picture as a data address.
    static func dataURL(_ text: String) -> String {
        var png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        png += chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
        png += chunk("tEXt", Array("Description".utf8) + [0] + Array(text.utf8))
        // One row: no filter, one white pixel; stored without compression.
        png += chunk("IDAT", [0x78, 0x01, 0x01, 2, 0, 0xFD, 0xFF, 0, 0xFF] + adler)
        png += chunk("IEND", [])
        return "data:image/png;base64," + Base64.encode(png)
    }

    /// Adler-32 of the two bytes of the row: a = 1 + 0 + 255, b = 1 + 256.
    private static let adler: [UInt8] = [0x01, 0x01, 0x01, 0x00]

    private static func chunk(_ name: String, _ content: some Collection<UInt8>) -> [UInt8] {
        let body = Array(name.utf8) + content
        return bigEndian(UInt32(content.count)) + body + bigEndian(crc(body))
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32(24 - 8 * $0)) }
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var value: UInt32 = .max
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
        }
        return ~value
    }
}
