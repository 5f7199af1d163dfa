import Foundation
import Sandbox
import Testing

/// Messages for people: everybody's phone and mailbox in one.
@Suite struct InboxTests {
    private static let sms = #"{"to":"+22890112233","kind":"sms","text":"Your code is 123456"}"#
    private static let mail = #"{"id":"m1","to":"ama@shop.example","kind":"mail","subject":"Code","text":"a <b>\nc"}"#

    private func delete(_ target: String, _ sandbox: TestSandbox) async -> Wire.Reply? {
        await Wire.exchange(port: sandbox.port, "DELETE", target).reply
    }

    @Test func `what came is listed, newest first`() async throws {
        try await TestSandbox.run { sandbox in
            #expect(await sandbox.get("/_messages").reply?.text == #"{"messages":[]}"#)
            #expect(await sandbox.post("/_messages", json: Self.sms).reply?.status == 201)
            await sandbox.clock.advance(1_000)
            let taken = try #require(await sandbox.post("/_messages", json: Self.mail).reply)
            #expect(taken.status == 201 && taken.json["number"].int == 2)
            let list = try #require(await sandbox.get("/_messages").reply).json["messages"]
            #expect(list.count == 2 && list[0]["id"].string == "m1" && list[1]["id"].isNull)
            #expect(list[0]["kind"].string == "mail" && list[0]["subject"].string == "Code")
            #expect(list[0]["text"].string == "a <b>\nc" && list[0]["received_at"].string == "2026-01-01T00:00:01.000Z")
            #expect(list[1]["to"].string == "+22890112233" && list[1]["subject"].isNull)
            #expect(await sandbox.get("/_messages?to=%2B22890112233").reply?.json["messages"].count == 1)
            #expect(await sandbox.get("/_messages?to=nobody").reply?.json["messages"].count == 0)
            #expect(await sandbox.get("/_messages?to=%zz").reply?.status == 400)
            #expect(await sandbox.get("/_messages/1").reply?.status == 404)
            #expect(await delete("/_messages", sandbox)?.text == #"{"messages":[]}"#)
            // A number is not used again.
            #expect(await sandbox.post("/_messages", json: Self.sms).reply?.json["number"].int == 3)
        }
    }

    @Test(arguments: [
        ("no", "body:"), ("{}", "to: missing"),
        (#"{"to":"+22890112233","kind":"fax","text":"x"}"#, "kind: one of sms, mail"),
        (#"{"to":"90112233","kind":"sms","text":"x"}"#, "to: a number"),
        (#"{"to":"+22890112233\r\n","kind":"sms","text":"x"}"#, "to: a number"),
        (#"{"to":"+22890112233","kind":"mail","text":"x"}"#, "to: an address"),
        (#"{"to":"a@b@c.example","kind":"mail","text":"x"}"#, "to: an address"),
        (#"{"to":"+22890112233","kind":"sms","subject":"s","text":"x"}"#, "subject: for"),
        (#"{"to":"+22890112233","kind":"sms","text":""}"#, "text: must not"),
        (#"{"to":"+22890112233","kind":"sms","text":1}"#, "text: wrong type"),
    ])
    func `mistakes are named`(_ body: String, _ complaint: String) async throws {
        try await TestSandbox.run { sandbox in
            let reply = try #require(await sandbox.post("/_messages", json: body).reply)
            #expect(reply.status == 400 && reply.json["error"].string?.hasPrefix(complaint) == true, "\(reply.text)")
            #expect(await sandbox.get("/_messages").reply?.json["messages"].count == 0)
        }
    }

    @Test func `a killed sandbox still has them`() async throws {
        try await withTemporaryFolder { folder in
            let copy = folder + "-killed"
            defer { try? FileManager.default.removeItem(atPath: copy) }
            try await TestSandbox.run(folder: folder) { sandbox in
                _ = await sandbox.post("/_messages", json: Self.sms)
                _ = await delete("/_messages", sandbox)
                _ = await sandbox.post("/_messages", json: Self.mail)
                try FileManager.default.copyItem(atPath: folder, toPath: copy)
            }
            try await TestSandbox.run(folder: copy) { sandbox in
                let list = try #require(await sandbox.get("/_messages").reply).json["messages"]
                #expect(list.count == 1 && list[0]["number"].int == 2 && list[0]["text"].string == "a <b>\nc")
                #expect(await sandbox.post("/_messages", json: Self.sms).reply?.json["number"].int == 3)
            }
        }
    }

    @Test func `the newest thousand are kept`() async throws {
        try await TestSandbox.run { sandbox in
            for _ in 1...1_003 { _ = await sandbox.post("/_messages", json: Self.sms) }
            let list = try #require(await sandbox.get("/_messages").reply).json["messages"]
            #expect(list.count == 1_000 && list[0]["number"].int == 1_003 && list[999]["number"].int == 4)
        }
    }

    @Test func `the page shows what came, as text only`() async throws {
        try await TestSandbox.run { sandbox in
            #expect(await sandbox.get("/_inbox").reply?.text.contains("None yet.") == true)
            _ = await sandbox.post("/_messages", json: Self.sms)
            _ = await sandbox.post("/_messages", json: Self.mail)
            let page = try #require(await sandbox.get("/_inbox").reply)
            #expect(page.status == 200 && page.text.contains("a &lt;b&gt;\nc") && page.text.contains("123456"))
            #expect(page.text.contains("href=\"http://127.0.0.1:\(sandbox.port)/_inbox?to=%2B22890112233\""))
            let one = try #require(await sandbox.get("/_inbox?to=%2B22890112233").reply).text
            #expect(one.contains("123456") && !one.contains("ama@shop.example"))
        }
    }

    @Test func `the gateway can be down for a while`() async throws {
        try await TestSandbox.run { sandbox in
            let fault = #"{"operator":"messages","fault":"status","status":503,"count":2}"#
            let set = try #require(await sandbox.post("/_faults", json: fault, method: "PUT").reply)
            #expect(set.json["faults"][0]["operation"].string == "deliver" && set.json["faults"][0]["count"].int == 2)
            // Looking is not disturbed.
            #expect(await sandbox.get("/_messages").reply?.status == 200)
            for status in [503, 503, 201] {
                #expect(await sandbox.post("/_messages", json: Self.sms).reply?.status == status)
            }
            for (body, isKept) in [("drop_before", false), ("drop_after", true)] {
                let before = try #require(await sandbox.get("/_messages").reply?.json["messages"].count)
                let fault = #"{"operator":"messages","operation":"deliver","fault":"\#(body)","count":1}"#
                #expect(await sandbox.post("/_faults", json: fault, method: "PUT").reply?.status == 200)
                #expect(await sandbox.post("/_messages", json: Self.sms).isDropped)
                #expect(await sandbox.get("/_messages").reply?.json["messages"].count == before + (isKept ? 1 : 0))
            }
            _ = await sandbox.post("/_faults", json: fault, method: "PUT")
            #expect(await delete("/_faults?operator=messages", sandbox)?.json["faults"].count == 0)
        }
    }

    @Test(arguments: [
        (
            #"{"operator":"messages","operation":"collect","count":1,"fault":"drop_before"}"#,
            "operation: one of deliver"
        ),
        (#"{"operator":"messages","count":1,"fault":"wrong_amount"}"#, "fault: one of drop_before, drop_after, delay,"),
        (#"{"operator":"tmoney","operation":"deliver","count":1,"fault":"delay"}"#, "operation: one of login,"),
        (#"{"operator":"tmoney","count":1,"fault":"drop_before"}"#, "operation: missing"),
    ])
    func `a fault that messages cannot have is told`(_ body: String, _ complaint: String) async throws {
        try await TestSandbox.run { sandbox in
            let reply = try #require(await sandbox.post("/_faults", json: body, method: "PUT").reply)
            #expect(reply.status == 400 && reply.json["error"].string?.hasPrefix(complaint) == true, "\(reply.text)")
        }
    }
}
