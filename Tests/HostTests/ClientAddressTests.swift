import Router
import RouterTestKit
import Synchronization
import Testing
import WebText

@testable import Host

/// Whose address counts behind reverse proxies, and what strangers can write into headers.
@Suite("Client addresses")
struct ClientAddressTests {
    private static let proxies = ["127.0.0.1", "10.1.0.0/16", "2001:db8:1::/48"]

    private func client(
        _ peer: String, _ headers: [(String, String)] = [], proxies: [String] = Self.proxies,
        alarm: @escaping @Sendable (Alarm, String) -> Void = { _, _ in }
    ) throws -> String {
        let ranges = try proxies.map { try #require(NetworkRange($0)) }
        let request = APIRequest(
            method: "GET", path: "/", headers: headers.map { (name: $0.0, value: $0.1) }, peer: peer,
            id: RequestID(known: "req_01JD3K0000RRRRRRRRRRRRRRRR"))
        return ClientAddresses(proxies: ranges, alarm: alarm).client(of: request)
    }

    private func forwarded(_ lines: String...) throws -> String {
        try client("127.0.0.1", lines.map { ("x-forwarded-for", $0) })
    }

    @Test
    func `the peer itself, in one spelling`() throws {
        let rows = [
            ("203.0.113.7", "203.0.113.7"), ("::ffff:203.0.113.7", "203.0.113.7"), ("2001:DB8::7", "2001:db8::7"),
            ("127.0.0.1", "127.0.0.1"), ("", ""), ("unix", ""),
        ]
        for (peer, expected) in rows { #expect(try client(peer) == expected) }
    }

    @Test
    func `from the right the first that is no proxy`() throws {
        #expect(try forwarded("203.0.113.7") == "203.0.113.7")
        #expect(try forwarded("198.51.100.66, 203.0.113.7") == "203.0.113.7", "what a client writes stands left")
        #expect(try forwarded("127.0.0.1, 203.0.113.7") == "203.0.113.7")
        #expect(try forwarded("203.0.113.7, 10.1.2.3") == "203.0.113.7")
        #expect(try forwarded("203.0.113.7,10.1.2.3 ,\t127.0.0.1") == "203.0.113.7")
        #expect(try forwarded("198.51.100.66", "203.0.113.7, 10.1.2.3") == "203.0.113.7", "lines are joined")
        #expect(try forwarded("203.0.113.7", "10.1.2.3") == "203.0.113.7")
        #expect(try forwarded("::ffff:203.0.113.7, ::ffff:10.1.2.3") == "203.0.113.7")
        #expect(try forwarded("2001:DB8:2::9, 2001:db8:1::5") == "2001:db8:2::9")
    }

    @Test
    func `all are proxies: the leftmost`() throws {
        #expect(try forwarded("10.1.0.9, 10.1.0.8") == "10.1.0.9")
        #expect(try forwarded("127.0.0.1") == "127.0.0.1")
    }

    @Test
    func `ports and brackets`() throws {
        #expect(try forwarded("203.0.113.7:51000") == "203.0.113.7")
        #expect(try forwarded("[2001:db8:2::9]:443, 10.1.2.3:80") == "2001:db8:2::9")
        #expect(try forwarded("[2001:db8:2::9]") == "2001:db8:2::9")
    }

    @Test(arguments: [
        "unknown", "203.0.113.7, unknown", "203.0.113.7, unknown, 10.1.2.3", "127.0.0.1, _hidden, 127.0.0.1", "",
        "203.0.113.7,", "203.0.113.7,,10.1.2.3", "\"203.0.113.7\"", "203.0.113.7:", "203.0.113.7:port",
        "203.0.113.7:123456", "2001:db8:2::9:x", "[203.0.113.7]", "[2001:db8:2::9", "fe80::1%eth0", "203.0.113",
        "203.0.113.7 10.1.2.3", "for=203.0.113.7", "203.0.113.07",
    ])
    func `what cannot be read ends the walk, and nobody is known`(_ line: String) throws {
        #expect(try forwarded(line) == "")
    }

    @Test
    func `to the right of what cannot be read a client is known`() throws {
        #expect(try forwarded("unknown, 203.0.113.7") == "203.0.113.7")
    }

    @Test
    func `a proxy that forwards in another header speaks for nobody known`() throws {
        let alarms = Mutex<[String]>([])
        for header in [("forwarded", "for=203.0.113.7"), ("x-real-ip", "203.0.113.7")] {
            let found = try client("127.0.0.1", [header]) { alarm, _ in alarms.withLock { $0.append(alarm.rawValue) } }
            #expect(found == "")
        }
        #expect(alarms.withLock { $0 } == ["forwarding_unread", "forwarding_unread"])
        #expect(
            try client("127.0.0.1", [("x-real-ip", "10.9.9.9"), ("x-forwarded-for", "203.0.113.7")]) == "203.0.113.7")
    }

    @Test
    func `whoever is no proxy is not believed, and told about once`() throws {
        let alarms = Mutex<[String]>([])
        let finder = ClientAddresses(proxies: NetworkRange.loopback) { alarm, detail in
            alarms.withLock { $0.append("\(alarm.rawValue): \(detail)") }
        }
        for header in ["x-forwarded-for", "forwarded", "x-real-ip"] {
            for peer in ["203.0.113.7", "203.0.113.8"] {
                let request = APIRequest(
                    method: "GET", path: "/", headers: [(header, "127.0.0.1")], peer: peer,
                    id: RequestID(known: "req_01JD3K0000RRRRRRRRRRRRRRRR"))
                #expect(finder.client(of: request) == peer)
            }
        }
        let told = alarms.withLock { $0 }
        #expect(told.count == 1)
        #expect(told.first?.hasPrefix("untrusted_forwarding: 203.0.113.0/24 ") == true, "\(told)")
        for number in 0..<100 {
            let request = APIRequest(
                method: "GET", path: "/", headers: [("forwarded", "for=x")], peer: "203.0.\(number).1",
                id: RequestID(known: "req_01JD3K0000RRRRRRRRRRRRRRRR"))
            _ = finder.client(of: request)
        }
        #expect(alarms.withLock { $0.count } == 16, "bounded")
    }

    @Test
    func `without proxies nothing is forwarded`() throws {
        #expect(try client("127.0.0.1", [("x-forwarded-for", "203.0.113.7")], proxies: []) == "127.0.0.1")
    }
}
