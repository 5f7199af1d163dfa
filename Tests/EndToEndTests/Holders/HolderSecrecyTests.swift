import Testing

/// What a holder types on a page is nowhere in clear on the disk.
@Suite("What holders type", .timeLimit(.minutes(10))) struct HolderSecrecyTests {
    @Test func `numbers and texts of a page's order are sealed`() async throws {
        let router = try await RunningRouter()
        let ama = try await router.holder("ama", phone: "+22890170001", funds: 10_000)
        _ = try await router.holder("ben", phone: "+22890170002")
        let browser = TestBrowser(router)
        _ = await browser.signIn("ama")
        for (path, typed) in [
            ("/wallet/cashout", ["channel": "flooz", "phone": "+22896112233", "amount": "1000"]),
            ("/wallet/send", ["to": "+22890170002", "amount": "1000", "description": "a-word-for-ben"]),
        ] {
            let agree = await browser.submit(path, await browser.get(path).fields(), typing: typed)
            let code = try await router.code(to: ama.phone)
            let done = await browser.submit(path, agree.fields(), typing: ["code": code])
            #expect(done.status == 303, "\(done.text)")
        }
        try SealedFiles.expect(router.folder, ["22896112233", "22890170002", "a-word-for-ben"])
        await router.stop()
    }
}
