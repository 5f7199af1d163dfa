import Pages

/// The pages and pictures that browsers get from the host, by template: `pay.notice` is `Resources/pay/notice.mustache`.
enum HostPage: String, CaseIterable {
    case payment = "pay.payment"
    case notice = "pay.notice"
    case checkout = "pay.checkout"
    case returned = "pay.returned"
    case docs = "docs.page"
    case problem = "docs.problem"
    case code = "qr.code"
    case picture = "qr.picture"

    /// The page with its values.
    func rendered(_ model: PageModel = [:]) -> String {
        switch Self.templates {
        case .success(let templates): templates.render(self, model)
        case .failure(let fault): fatalError("built into this program, and cannot be used: \(fault)")
        }
    }

    /// Parsed once.
    ///
    /// The templates are part of the program: one that cannot be used is a fault of the build, which tests find and which
    /// ends a router's start (``DocsAPI``).
    static let templates = Result { () throws(TemplateFault) in try PageTemplates<HostPage>(texts) }

    /// Every template, by its name.
    static let texts: [(name: String, text: String)] =
        templates("pay", Resources.Pay.all) + templates("docs", Resources.Docs.all)
        + templates("guide", Resources.Docs.Guide.all) + templates("qr", Resources.Qr.all)

    private static func templates(
        _ folder: String, _ files: [(name: String, text: String)]
    ) -> [(name: String, text: String)] {
        let ending = ".mustache"
        return files.filter { $0.name.hasSuffix(ending) }.map {
            ("\(folder).\($0.name.dropLast(ending.count))", $0.text)
        }
    }
}
