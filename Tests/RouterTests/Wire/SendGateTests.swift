import Foundation
import Router
import Synchronization
import Testing

@Suite struct SendGateTests {
    @Test func `opens once`() {
        let gate = SendGate { true }
        #expect(!gate.isOpen)
        #expect(gate.tryOpen())
        #expect(gate.isOpen)
        #expect(!gate.tryOpen())
        #expect(gate.isOpen)
    }

    @Test func `stays shut when it may not open`() {
        let gate = SendGate { false }
        #expect(!gate.tryOpen())
        #expect(!gate.isOpen)
        #expect(gate.shut())
    }

    @Test func `is not asked again after a refusal`() {
        let allowed = Mutex(false)
        let gate = SendGate { allowed.withLock { $0 } }
        #expect(!gate.tryOpen())
        allowed.withLock { $0 = true }
        #expect(!gate.tryOpen(), "a refused transmission must never leave later")
        #expect(!gate.isOpen)
    }

    @Test func `never opens once shut`() {
        let gate = SendGate { true }
        #expect(gate.shut())
        #expect(gate.shut())
        #expect(!gate.tryOpen())
        #expect(!gate.isOpen)
    }

    @Test func `cannot be shut once open`() {
        let gate = SendGate { true }
        #expect(gate.tryOpen())
        #expect(!gate.shut())
        #expect(gate.isOpen)
    }

    @Test func `opens once under eight threads`() {
        for _ in 0..<300 {
            let asked = Mutex(0)
            let gate = SendGate {
                asked.withLock { $0 += 1 }
                return true
            }
            let opened = Mutex(0)
            DispatchQueue.concurrentPerform(iterations: 8) { _ in
                if gate.tryOpen() { opened.withLock { $0 += 1 } }
            }
            #expect(opened.withLock { $0 } == 1)
            #expect(asked.withLock { $0 } == 1)
        }
    }

    @Test func `opening and shutting agree under threads`() {
        for _ in 0..<300 {
            let gate = SendGate { true }
            let opened = Mutex(0)
            let shut = Mutex(0)
            DispatchQueue.concurrentPerform(iterations: 8) { number in
                if number.isMultiple(of: 2) {
                    if gate.tryOpen() { opened.withLock { $0 += 1 } }
                } else if gate.shut() {
                    shut.withLock { $0 += 1 }
                }
            }
            let (openings, shuttings) = (opened.withLock { $0 }, shut.withLock { $0 })
            #expect(openings == 1 && shuttings == 0 || openings == 0 && shuttings == 4)
            #expect(gate.isOpen == (openings == 1))
        }
    }
}

@Suite struct WireValueTests {
    @Test(arguments: ["content-type", "Content-Type", "CONTENT-TYPE"])
    func `headers are found whatever their case`(_ name: String) {
        let reply = WireReply(status: 200, headers: [.init("content-type", "a"), .init("Content-Type", "b")])
        #expect(reply.header(name) == "a")
        #expect(reply.header("etag") == nil)
        let callback = InboundCallback(method: "POST", headers: [.init("content-type", "a")])
        #expect(callback.header(name) == "a")
    }

    @Test func `failures and scopes print on one line`() {
        #expect(TransportFailure(.tls).description == "tls")
        #expect(TransportFailure(.nameLookup, "no such host").description == "name_lookup: no such host")
        #expect(ConnectionScope(owner: "webhooks").description == "webhooks")
        #expect(ConnectionScope(owner: "alpha", credential: "k1").description == "alpha/k1")
        #expect(StoreFailure(.diskFull).description == "disk_full")
        #expect(StoreFailure(.busy, "later").description == "busy: later")
    }
}
