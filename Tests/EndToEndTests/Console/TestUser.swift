import Router

@testable import Host

/// Accounts of staff and developers, made as the command line makes them.
extension RunningRouter {
    /// Makes an account with a password, as its owner would with the link.
    ///
    /// - Returns: What `payrouter users create` prints.
    @discardableResult
    func addUser(_ name: String, _ roles: [AccountRole], person: String? = nil) async -> JSONValue {
        var body: JSONObject = JSONObject([
            .init("name", .string("The \(name)")), .init("email", .string("\(name)@example.com")),
            .init("username", .string(name)), .init("roles", .array(roles.map { .string($0.rawValue) })),
        ])
        if let person { body["person"] = .string(person) }
        let made = await admin("POST", "/users", .object(body)).json
        let link = made["password_link"]?.stringValue ?? ""
        let browser = TestBrowser(self)
        let way = String(link.dropFirst(host.engine.settings.publicURL.utf8.count))
        let page = await browser.get(way)
        _ = await browser.submit("/console/reset", page.fields(), typing: ["password": TestHolder.password])
        return made
    }

    /// A browser that is signed in to the console.
    func consoleBrowser(_ name: String, inside: Bool = false) async -> TestBrowser {
        let browser = TestBrowser(self, inside: inside)
        _ = await browser.signInToConsole(name)
        return browser
    }
}
