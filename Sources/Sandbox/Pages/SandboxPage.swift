import Pages

/// What the sandbox shows as HTML, by template: `card.field` is `Resources/card/field.mustache`.
enum SandboxPage: String, EmbeddedPage {
    case start = "pages.start"
    case phone = "pages.phone"
    case menu = "pages.menu"
    case inbox = "pages.inbox"
    case message = "pages.message"
    case cardField = "card.field"
    case cardSession = "card.session"
    case wallet = "tmoney-online.wallet"
    /// What broken servers send instead of an answer.
    case maintenance = "faults.maintenance"
    case heading = "faults.heading"
    case paragraph = "faults.paragraph"

    /// The page with one text in its place.
    func rendered(text: String) -> String { rendered(["text": .text(text)]) }

    /// A model with what every page for people needs.
    static func framed(_ title: String, _ model: PageModel = [:]) -> PageModel {
        model.with(["title": .text(title), "style": .verbatim(Resources.Pages.pageCSS)])
    }

    /// Parsed once.
    ///
    /// The templates are part of the program: one that cannot be used is a fault of the build, which tests find and which
    /// ends a sandbox's start (``SandboxRuntime``).
    static let templates = Result { () throws(TemplateFault) in try PageTemplates<SandboxPage>(texts) }

    /// Every template, by its name.
    static let texts: [(name: String, text: String)] =
        TemplateFiles.named("pages", Resources.Pages.all) + TemplateFiles.named("card", Resources.Card.all)
        + TemplateFiles.named("tmoney-online", Resources.TmoneyOnline.all)
        + TemplateFiles.named("faults", Resources.Faults.all)
}

extension Answer {
    /// A page for people.
    static func page(_ page: SandboxPage, _ title: String, _ model: PageModel = [:], status: Int = 200) -> Answer {
        .html(page.rendered(SandboxPage.framed(title, model)), status: status)
    }

    /// An error of a server that answers with a heading at most.
    static func serverError(_ heading: String? = nil) -> Answer {
        let body = heading.map { SandboxPage.heading.rendered(text: $0) } ?? ""
        return Answer(status: 500, contentType: "text/html", body: Array(body.utf8))
    }
}
