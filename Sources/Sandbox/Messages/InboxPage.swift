import Pages

/// `/_inbox`: the messages as a person reads them, newest first.
struct InboxPage: Sendable {
    var messages: [SandboxMessage]
    /// Whose they are; `nil` for everybody's.
    var recipient: String?
    /// The sandbox's address.
    var base: String

    /// The page.
    var answer: Answer { .page(.inbox, "Messages", model) }

    /// What `pages/inbox.mustache` is filled with.
    var model: PageModel {
        ["base": .text(base), "recipient": .text(recipient), "messages": .list(messages.map(model))]
    }

    private func model(_ message: SandboxMessage) -> PageModel {
        [
            "kind": .text(message.kind == .sms ? "SMS" : "Mail"), "to": .text(message.to),
            "link": .text(Links.adding(["to": message.to], to: base + "/_inbox")),
            "at": .text(Timestamps.plain(message.receivedAt)), "subject": .text(message.subject),
            "text": .text(message.text),
        ]
    }
}
