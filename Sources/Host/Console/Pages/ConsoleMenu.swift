import Pages
import Router

/// The menu of the console: what its visitor may look at.
enum ConsoleMenu {
    /// Address, text and right of each item.
    static let items: [(address: String, text: String, right: ConsoleRight)] = [
        ("/console", "home", .signedIn), ("/console/orders", "orders", .read),
        ("/console/figures", "figures", .read),
        ("/console/reviews", "reviews", .readPlatform), ("/console/providers", "providers", .readPlatform),
        ("/console/snapshots", "snapshots", .operate),
        ("/console/webhooks", "webhooks", .read),
        ("/console/apps", "apps", .ownApps),
        ("/console/audit", "audit", .read), ("/console/users", "users", .administer),
    ]

    /// The page of one's own account, which stands beside the menu.
    private static let account = "/console/account"

    /// `nil` where nobody is signed in.
    static func model(_ visit: ConsoleVisit, section: String) -> PageModel? {
        guard let visitor = visit.visitor.account else { return nil }
        return [
            "items": .list(
                items.filter { visit.visitor.may($0.right) }.map { item in
                    let isBelow = item.right != .signedIn && section.hasPrefix(item.address + "/")
                    let isCurrent = section == item.address || isBelow
                    return [
                        "address": .text(item.address), "label": .text(visit.texts[item.text]),
                        "isCurrent": .flag(isCurrent),
                    ]
                }),
            "who": .text(visitor.name), "token": .text(visit.visitor.formToken),
            "isAccount": .flag(section == Self.account),
        ]
    }
}
