import People
import Router
import Testing

@testable import Host

/// Every route of the console with every role at both listeners, out of the route table, so that no new route escapes.
@Suite("Routes and roles of the console") struct ConsoleMatrixTests {
    /// Who asks: nobody, somebody without roles, each role, and a developer who is support, too.
    private static let visitors: [(name: String?, roles: [AccountRole])] =
        [(nil, []), ("plain", [])] + AccountRole.allCases.map { ($0.rawValue, [$0]) }
        + [("both", [.developer, .support])]

    @Test func `whoever may not is refused, and whoever may is not`() async throws {
        let router = try await RunningRouter()
        for visitor in Self.visitors {
            guard let name = visitor.name else { continue }
            await router.addUser(name, visitor.roles.isEmpty ? [.developer] : visitor.roles)
            if visitor.roles.isEmpty { _ = await router.admin("POST", "/users/\(name)/roles", ["roles": []]) }
        }
        var seen = 0
        for inside in [false, true] {
            let dispatcher = inside ? router.host.admin : router.host.dispatcher
            for entry in dispatcher.routes.entries {
                guard case .console(let right) = entry.access else { continue }
                for visitor in Self.visitors {
                    let answer = try await Self.answer(router, entry, visitor, inside: inside)
                    let expected = Self.expected(right, visitor, inside: inside)
                    #expect(
                        expected.contains(answer),
                        "\(entry.method) \(entry.template) (\(right)) of \(visitor.name ?? "nobody"), inside \(inside): \(answer)"
                    )
                    seen += 1
                }
            }
        }
        #expect(seen > 200)
        await router.stop()
    }

    enum Outcome: Hashable {
        /// Sent to sign in.
        case signIn
        case status(Int)
    }

    /// One request by a fresh session, with a form's token and origin: nothing but the right is in question.
    private static func answer(
        _ router: RunningRouter, _ entry: RouteTable.Entry, _ visitor: (name: String?, roles: [AccountRole]),
        inside: Bool
    ) async throws -> Outcome {
        let people = router.host.people.people
        let browser = TestBrowser(router, inside: inside)
        var token = ""
        if let name = visitor.name, let known = try await people.account(called: name) {
            // What an earlier form changed is taken back: somebody became a developer, or was signed out everywhere.
            _ = try await people.change(known.id) { account in
                account.roles = Set(visitor.roles)
                return true
            }
            let account = try #require(try await people.account(called: name))
            let cookie = try await people.beginSession(account, .console)
            browser[cookie: PageCookie.Place.console.session] = cookie
            token = people.codes.formToken(session: cookie)
        }
        let path = entry.template.split(separator: "/").map { $0.hasPrefix("{") ? "none" : String($0) }
            .joined(separator: "/")
        let page =
            entry.method == "GET"
            ? await browser.get("/" + path)
            : await browser.send(
                entry.method, "/" + path, [("form", token)],
                [("origin", router.host.engine.settings.publicURL)])
        return page.status == 303 && page.location.hasPrefix("/console/signin?next=") ? .signIn : .status(page.status)
    }

    private static func expected(
        _ right: ConsoleRight, _ visitor: (name: String?, roles: [AccountRole]), inside: Bool
    ) -> Set<Outcome> {
        let roles = ConsoleGate.counting(
            Set(visitor.roles), at: inside ? .admins : .callers(staff: false), withSecondFactor: false)
        if right.isForStaff, !inside { return [.status(404)] }
        if right.isGranted(to: visitor.name == nil ? nil : roles) {
            // What is asked for does not exist, or lacks what a form has to say; nobody is refused for who they are.
            return [
                .status(200), .status(201), .status(303), .status(400), .status(404), .status(422), .status(401),
                .status(409), .status(429),
            ]
        }
        return visitor.name == nil ? [.signIn] : [.status(403)]
    }

    @Test func `another developer's app does not exist on any route`() async throws {
        let router = try await RunningRouter()
        for name in ["anna", "ben"] { await router.addUser(name, [.developer]) }
        let (anna, ben) = (await router.consoleBrowser("anna"), await router.consoleBrowser("ben"))
        let id = try await anna.makeApp("Shop")
        #expect(await anna.get("/console/apps/\(id)").status == 200)
        var seen = 0
        for entry in router.host.dispatcher.routes.entries where entry.template.hasPrefix("/console/apps/{id}") {
            let path = entry.template.replacing("{id}", with: id)
            let fields = [
                ("form", ben.consoleToken(router)), ("prefix", "x"), ("phone", "+22890112233"), ("name", "Mine"),
            ]
            let allowed = entry.method == "GET" ? [] : fields
            let page =
                entry.method == "GET"
                ? await ben.get(path)
                : await ben.send("POST", path, allowed, [("origin", router.host.engine.settings.publicURL)])
            #expect([400, 404].contains(page.status), "\(entry.method) \(path): \(page.status)")
            #expect(!page.text.contains("Shop"))
            seen += 1
        }
        #expect(seen >= 7)
        #expect(try await router.host.store.app(#require(AppID(id)))?.name == "Shop")
        #expect(try await ben.makeApp("Shop") != id, "the name is free for another owner")
        await router.stop()
    }
}

extension TestBrowser {
    /// What forms of its session repeat.
    func consoleToken(_ router: RunningRouter) -> String {
        router.host.people.people.codes.formToken(session: self[cookie: PageCookie.Place.console.session] ?? "")
    }

    /// Makes an app with the form.
    ///
    /// - Returns: Its identifier.
    func makeApp(_ name: String) async throws -> String {
        let page = await get("/console/apps/new")
        let made = await submit("/console/apps", page.fields(1), typing: ["name": name, "about": "", "phone": ""])
        #expect(made.status == 201)
        return String(try #require(made.text.firstMatch(of: /(app_[0-9A-Z]{26})/)).1)
    }
}
