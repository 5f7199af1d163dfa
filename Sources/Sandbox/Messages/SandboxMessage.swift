import WebText

/// A message that a router handed over for somebody, as the inbox keeps it.
struct SandboxMessage: Codable, Sendable, Hashable {
    /// The ways a message can go.
    enum Kind: String, Codable, Sendable, Hashable, CaseIterable { case sms, mail }

    /// Counts up from 1; never used twice.
    var number: Int64
    /// What a repeat is recognised by, in the router's words; `nil` if it gave none.
    var id: String?
    /// A phone number with plus, or a mail address.
    var to: String
    var kind: Kind
    /// Of a mail.
    var subject: String?
    var text: String
    /// Milliseconds since 1970.
    var receivedAt: Int64

    /// As `/_messages` shows it.
    var json: JSONValue {
        [
            "number": .number(number), "id": .optional(id), "to": .text(to), "kind": .text(kind.rawValue),
            "subject": .optional(subject), "text": .text(text),
            "received_at": .text(RFC3339.text(milliseconds: receivedAt)),
        ]
    }
}
