import Router
import Testing

/// Whether an id still means the same account at the same operator.
@Suite struct OperatorScopeTests {
    private func scope(
        _ kind: String = "tmoney", _ account: String = "demo", _ endpoint: String = "own"
    ) -> OperatorScope {
        OperatorScope(kind: kind, account: account, endpoint: endpoint)
    }

    @Test func `what is stored is read again`() {
        for one in [scope(), scope("", "", ""), scope("mtn-momo", "mtncameroon/7f3c", "https://a.example/x")] {
            #expect(OperatorScope(one.text) == one)
        }
        for text in ["", "main", "2\u{1F}a\u{1F}b\u{1F}c", "1\u{1F}a\u{1F}b", "1\u{1F}a\u{1F}b\u{1F}c\u{1F}d"] {
            #expect(OperatorScope(text) == nil)
        }
    }

    @Test(arguments: [
        ("demo", "demo", OperatorScope.Likeness.same),
        ("sha256:aa", "sha256:aa", .same),
        // The secret that alone names the account was changed, or the account came to be named.
        ("sha256:aa", "sha256:bb", .unproven), ("sha256:aa", "acct_1", .unproven), ("acct_1", "sha256:aa", .unproven),
        ("sha256:aa/m1", "sha256:bb/m1", .unproven),
        ("demo", "other", .other("its account at the operator is another one")),
        ("sha256:aa/m1", "sha256:aa/m2", .other("its account at the operator is another one")),
        ("sha256:aa", "sha256:aa/m2", .other("its account at the operator is another one")),
        ("mtncameroon/7f", "mtnivorycoast/7f", .other("its account at the operator is another one")),
    ])
    func `accounts`(_ before: String, _ now: String, _ likeness: OperatorScope.Likeness) {
        #expect(scope("tmoney", before).likeness(of: scope("tmoney", now)) == likeness)
    }

    @Test func `kinds and addresses tell operators apart`() {
        #expect(scope().likeness(of: scope("flooz")) == .other("its kind was tmoney and is flooz"))
        let other = OperatorScope.Likeness.other("its address is another one")
        #expect(scope("a", "b", "own").likeness(of: scope("a", "b", "https://a.example")) == other)
        #expect(scope("a", "b", "sandbox").likeness(of: scope("a", "b", "http://127.0.0.1:1")) == other)
        // Where the sandbox runs is not known to commands that send nothing.
        #expect(scope("a", "b", "sandbox").likeness(of: scope("a", "b", "")) == .same)
        #expect(scope("a", "b", "").likeness(of: scope("a", "c", "x")) != .same)
    }

    @Test(arguments: [
        ("https://A.example/", "https://a.example"), ("HTTPS://a.example:443/Pay//", "https://a.example/Pay"),
        ("http://127.0.0.1:80", "http://127.0.0.1"), ("https://a.example:8443/x", "https://a.example:8443/x"),
        ("http://a.example:443", "http://a.example:443"),
    ])
    func `one address has one form`(_ address: String, _ plain: String) {
        #expect(OperatorScope.plain(address: address) == plain)
    }
}
