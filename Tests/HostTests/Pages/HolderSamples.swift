import Pages
import RouterTestKit

@testable import Host
@testable import Router

/// Holders' pages and bills with all that they can show.
enum HolderSamples {
    private static let planted = "<b>Ama</b> & \"17\""

    static func visit(_ language: PayLanguage, isSignedIn: Bool = true) throws -> HolderVisit {
        let account = Account(
            id: AccountID(known: "acc_01JD3K0000AAAAAAAAAAAAAAAA"), username: try Username("ama").orFail(),
            name: planted, passwordHash: "", createdAt: PaySamples.start)
        return HolderVisit(
            request: APIRequest(
                method: "GET", path: "/wallet/send", id: RequestID(known: "req_01JD3K0000RRRRRRRRRRRRRRRR")),
            language: language, account: isSignedIn ? account : nil)
    }

    /// A page with every part.
    static var whole: HolderPage {
        var page = HolderPage(heading: planted, mood: "good", error: planted, notice: planted, message: planted)
        page.add("label", planted, isAmount: true)
        page.add("label", planted)
        page.picture = ("https://pay.example/v1/wallets/1/qr.svg", planted)
        let kinds: [PageForm.Field.Kind] = [
            .text, .password, .newPassword, .phone, .email, .amount, .code, .username, .latin,
        ]
        var fields = kinds.map { PageForm.Field(name: "a", label: planted, value: planted, kind: $0) }
        fields += [
            .init(name: "b", label: "label", hint: planted, isRequired: false),
            .init(name: "c", label: "label", value: "x", options: [("x", planted), ("y", "Y")]),
        ]
        page.forms = [
            PageForm(
                action: "/wallet/send", heading: planted, hidden: [("form", planted)], fields: fields, submit: "Send"),
            PageForm(action: "/wallet/send", submit: planted, isQuiet: true),
        ]
        page.buttons = [.init(address: "/wallet", label: planted), .init(address: "/", label: "x", isQuiet: true)]
        let more = HolderPage.Button(address: "/wallet/history?after=3&x=\"", label: planted)
        page.lists = [
            .init(
                heading: planted, empty: planted,
                lines: [
                    .init(address: "/wallet/order/1", title: planted, amount: "+5", mood: "good", text: planted),
                    .init(title: planted, amount: "-5", text: planted),
                ], more: more),
            .init(heading: "none", empty: planted),
        ]
        return page
    }

    /// A bill's page: one that can be paid with a wallet or otherwise, one that can only be paid otherwise, one that cannot.
    static func bills(_ language: PayLanguage) -> [PageModel] {
        [(true, true), (true, false), (false, false)].map { isFree, hasHolders in
            BillPage.model(
                heading: planted, amount: "5", details: [("label", planted)], code: "ABCD-EFGH-JKMN", isFree: isFree,
                hasHolders: hasHolders, language)
        }
    }
}

extension Optional {
    /// What a sample is made of and cannot be missing.
    fileprivate func orFail() throws -> Wrapped {
        guard let self else { throw Problem(.notFound, "the sample cannot be made") }
        return self
    }
}
