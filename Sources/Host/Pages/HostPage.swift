import Pages

/// The pages and pictures that browsers get from the host, by template: `pay.notice` is `Resources/pay/notice.mustache`.
enum HostPage: String, EmbeddedPage {
    case payment = "pay.payment"
    case notice = "pay.notice"
    case wallet = "pay.wallet"
    case counter = "pay.counter"
    case bill = "pay.bill"
    case holder = "holders.page"
    case console = "console.page"
    case checkout = "pay.checkout"
    case returned = "pay.returned"
    case docs = "docs.page"
    case problem = "docs.problem"
    case code = "qr.code"
    case picture = "qr.picture"

    /// Parsed once.
    ///
    /// The templates are part of the program: one that cannot be used is a fault of the build, which tests find and which
    /// ends a router's start (``DocsAPI``).
    static let templates = Result { () throws(TemplateFault) in try PageTemplates<HostPage>(texts) }

    /// Every template, by its name.
    static let texts: [(name: String, text: String)] =
        TemplateFiles.named("pay", Resources.Pay.all) + TemplateFiles.named("holders", Resources.Holders.all)
        + TemplateFiles.named("pages", Resources.Pages.all) + TemplateFiles.named("console", Resources.Console.all)
        + TemplateFiles.named("docs", Resources.Docs.all)
        + TemplateFiles.named("guide", Resources.Docs.Guide.all) + TemplateFiles.named("qr", Resources.Qr.all)
}
