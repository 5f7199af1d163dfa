import Router
import Testing

@testable import Host

/// What lists and figures are narrowed down to: what is not known is refused, and never taken for everything.
@Suite("Filters of the console", .timeLimit(.minutes(10))) struct ConsoleFilterTests {
    @Test func `what is not known is refused, says what would be right, and stays in the form`() async throws {
        let router = try await RunningRouter()
        await router.addUser("root", [.admin])
        let admin = await router.consoleBrowser("root", inside: true)
        let today = SnapshotDay(router.host.time.now)
        let faults = [
            ("status=zzz", "awaiting_customer"), ("kind=zzz", "payout"), ("environment=zzz", "sandbox"),
            ("app=zzz", "the identifier of an app"), ("from=2026-11-30&amp;to=2026-11-01", "is after the last"),
            ("from=yesterday", "2026-11-30"),
            ("to=9999-12-31", "too far in the future"),
            ("after=zzz", "after must be"),
        ].map { ($0.0.replacing("&amp;", with: "&"), $0.1) }
        for (query, hint) in faults {
            for path in ["/console/orders", "/console/orders.csv", "/console/orders-with-numbers.csv"] {
                let page = await admin.get("\(path)?\(query)")
                #expect(page.status == 400 && page.text.contains(hint), "\(path)?\(query): \(page.status)")
            }
        }
        let kept = await admin.get("/console/orders?status=zzz&from=2026-11-02")
        #expect(kept.text.contains("value=\"2026-11-02\"") && kept.text.contains("action=\"/console/orders\""))
        #expect(await admin.get("/console/orders.csv?text=x").status == 400, "a table is not made of what a text finds")
        #expect(await admin.get("/console/orders?text=x").text.contains("/console/orders.csv") == false)
        #expect(await admin.get("/console/audit?app=zzz").status == 400)
        let empty = await admin.get("/console/orders?status=&kind=&from=&to=&text=")
        #expect(empty.status == 200, "empty fields ask nothing")
        #expect(await admin.get("/console/orders?from=\(today)&to=\(today.advanced(by: 30))").status == 200)
        await router.stop()
    }

    @Test func `figures refuse a span that is not one, and keep what was typed`() async throws {
        let router = try await RunningRouter()
        await router.addUser("root", [.admin])
        let admin = await router.consoleBrowser("root", inside: true)
        let today = SnapshotDay(router.host.time.now)
        for (query, hint) in [
            ("app=zzz", "an app of the list"), ("environment=zzz", "sandbox"),
            ("from=\(today)&to=\(today.advanced(by: -1))", "is after the last"),
            ("from=\(today.advanced(by: -3_660))&to=\(today)", "at most 3660"), ("from=1970-01-01", "at most 3660"),
            ("to=9999-12-31", "too far in the future"), ("from=\(today.advanced(by: 3))", "is after the last"),
        ] {
            let page = await admin.get("/console/figures?\(query)")
            #expect(page.status == 400 && page.text.contains(hint), "\(query): \(page.status)")
        }
        let kept = await admin.get("/console/figures?from=2001-02-03&to=oops")
        #expect(kept.text.contains("value=\"2001-02-03\"") && kept.text.contains("value=\"oops\""))
        #expect(await admin.get("/console/figures?from=\(today.advanced(by: -3_659))").status == 200)
        await router.stop()
    }

    @Test func `the documentation is where everybody reaches the router, and too long a form is answered by a page`()
        async throws
    {
        let router = try await RunningRouter()
        await router.addUser("root", [.admin])
        let admin = await router.consoleBrowser("root", inside: true)
        let page = await admin.get("/console/apps/new")
        #expect(page.text.contains("href=\"\(router.host.engine.settings.publicURL)/docs\""))
        let about = String(repeating: "a", count: 20_000)
        let form = [("form", admin.consoleToken(router)), ("name", "Shop"), ("about", about)]
        let headers = [(name: "origin", value: router.host.engine.settings.publicURL), ("content-length", "20100")]
        let long = await admin.send("POST", "/console/apps", form, headers)
        #expect(long.status == 413 && long.header("content-type")?.hasPrefix("text/html") == true, "\(long.status)")
        #expect(long.text.contains("16 kB") && long.text.contains("action=\"/console/signout\""))
        await router.stop()
    }

    @Test func `a refused form shows again what was typed, and names that nobody sees are refused`() async throws {
        let router = try await RunningRouter()
        await router.addUser("anna", [.developer])
        let anna = await router.consoleBrowser("anna")
        let app = try await anna.makeApp("Shop")
        let about = String(repeating: "words ", count: 80)
        let form = [("form", anna.consoleToken(router))]
        for name in [
            "\u{3164}", "\u{115F}\u{1160}", "\u{FFA0}", "\u{2800}\u{2800}", "\u{34F}", "Shop\u{3164}",
            "\u{FE0F}",
        ] {
            let refused = await anna.submit(
                "/console/apps/\(app)/change", form, typing: ["name": name, "about": about, "phone": "+22890112233"])
            #expect(refused.status == 400, "\(name.unicodeScalars.map(\.value))")
            #expect(refused.text.contains(about.trimmed) && refused.text.contains("+22890112233"))
        }
        let made = await anna.submit(
            "/console/webhooks", form,
            typing: ["app": app, "environment": "sandbox", "url": "http://127.0.0.1:9/x", "events": ""])
        #expect(made.status == 201)
        let id = try #require(try await router.host.store.endpoints(app: AppID(app)).first?.id.text)
        let refused = await anna.submit(
            "/console/webhooks/\(id)/change", form, typing: ["url": "ftp://typed.example/x", "events": "payment.zzz"])
        #expect(refused.status >= 400 && refused.text.contains("ftp://typed.example/x"))
        #expect(refused.text.contains("payment.zzz"))
        let since = await anna.submit("/console/webhooks/\(id)/replay", form, typing: ["since": "2999-01-01"])
        #expect(since.status == 400 && since.text.contains("future") && since.text.contains("2999-01-01"))
        await router.stop()
    }
}
