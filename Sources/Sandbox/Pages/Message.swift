import Pages

/// A few words for a payer, and the buttons that answer them: most pages are no more.
struct Message {
    var title: String
    /// One paragraph.
    var text: String?
    /// Whether its amount decides by itself, which the page then says.
    var isMagic = false
    var buttons: [Button] = []

    init(_ title: String, _ text: String? = nil, isMagic: Bool = false, buttons: [Button] = []) {
        (self.title, self.text, self.isMagic, self.buttons) = (title, text, isMagic, buttons)
    }

    /// A button that posts one decision to an address.
    struct Button {
        var label: String
        var decision: String
        var action: String

        var model: PageModel {
            ["label": .text(label), "decision": .text(decision), "action": .text(action)]
        }
    }

    /// What `pages/message.mustache` is filled with.
    var model: PageModel {
        ["text": .text(text), "isMagic": .flag(isMagic), "buttons": .list(buttons.map(\.model))]
    }

    /// The page.
    func answer(status: Int = 200) -> Answer { .page(.message, title, model, status: status) }
}
