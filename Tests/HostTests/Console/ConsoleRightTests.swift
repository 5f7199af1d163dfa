import Router
import Testing

@testable import Host

/// Who has which right, and where roles count.
@Suite("Rights in the console") struct ConsoleRightTests {
    /// The whole table, written down once more: a change of it has to be meant.
    private static let table: [ConsoleRight: Set<AccountRole>] = [
        .ownApps: [.developer, .admin], .read: [.developer, .support, .finance, .admin],
        .moveMoney: [.developer, .finance, .admin], .revealPhones: [.finance, .admin],
        .readPlatform: [.support, .finance, .admin], .signReviews: [.finance, .admin],
        .changeWebhooks: [.developer, .admin], .operate: [.admin], .administer: [.admin],
    ]

    @Test(arguments: ConsoleRight.allCases)
    func `a right is granted to exactly the roles that the table names`(_ right: ConsoleRight) {
        for role in AccountRole.allCases {
            let expected = Self.table[right].map { $0.contains(role) } ?? true
            #expect(right.isGranted(to: [role]) == expected, "\(right), \(role)")
        }
        #expect(right.isGranted(to: nil) == (right == .anybody))
        #expect(right.isGranted(to: []) == [.anybody, .signedIn].contains(right))
    }

    /// The roles with which a right is one over the apps of everybody.
    private static let overAll: [ConsoleRight: Set<AccountRole>] = [
        .ownApps: [.admin], .read: [.support, .finance, .admin], .moveMoney: [.finance, .admin],
        .changeWebhooks: [.admin],
    ]

    @Test(arguments: ConsoleRight.allCases)
    func `a right goes as far as the role that gives it, whatever other roles there are`(_ right: ConsoleRight) {
        for role in AccountRole.allCases {
            let whole = right.isForStaff ? Self.table[right] : Self.overAll[right]
            let reaches = whole?.contains(role) == true
            #expect(right.reachesAll([role]) == reaches, "\(right), \(role)")
            #expect(!reaches || right.isGranted(to: [role]), "\(right) reaches no further than it is granted: \(role)")
            for other in AccountRole.allCases {
                #expect(
                    right.reachesAll([role, other]) == (reaches || right.reachesAll([other])),
                    "\(right): \(role), \(other)")
            }
        }
        #expect(!right.reachesAll([]))
    }

    @Test(arguments: ConsoleRight.allCases)
    func `what no developer may do is for staff`(_ right: ConsoleRight) {
        #expect(right.isForStaff == !right.isGranted(to: [.developer]))
    }

    @Test func `at the callers' port roles of staff count with a second factor only, where they count at all`() {
        let all = Set(AccountRole.allCases)
        func counting(_ roles: Set<AccountRole>, _ listener: ConsoleGate.Listener, _ second: Bool) -> Set<AccountRole> {
            ConsoleGate.counting(roles, at: listener, withSecondFactor: second)
        }
        for second in [true, false] {
            #expect(counting(all, .admins, second) == all)
            #expect(counting(all, .callers(staff: false), second) == [.developer])
            #expect(counting([.admin], .callers(staff: false), second) == [.developer])
            #expect(counting([.finance, .support], .callers(staff: false), second) == [])
        }
        #expect(counting([.finance], .callers(staff: true), true) == [.finance])
        #expect(counting([.finance], .callers(staff: true), false) == [])
        #expect(counting([.admin], .callers(staff: true), false) == [.developer])
    }

    @Test func `a way on stays among the pages it came from`() {
        for good in ["/console", "/console/apps", "/console/apps?x=1", "/console?lang=fr", "/console/a/../.b"] {
            let isPlain = !good.contains("..")
            #expect(LocalAddress.checked(good, below: "/console") == (isPlain ? good : "/console"))
        }
        for bad in [
            nil, "", "/", "/wallet", "/consoles", "//evil.example", "/console//evil.example", "https://evil.example",
            "/console/../wallet", "/console/%2e%2e/wallet", "/console/%2E./x", "/console\\evil", "/console/\u{0}",
            "/console/\nx", "javascript:alert(1)", "/console/x y", "/console/./x",
        ] {
            #expect(LocalAddress.checked(bad, below: "/console") == "/console", "\(bad ?? "nil")")
        }
    }
}
