import Testing

@testable import Host

/// Who gets in when the house is full.
@Suite("Places at the door") struct DoorBookTests {
    private func full(_ total: Int, perAddress: Int = 100) -> DoorBook {
        var book = DoorBook(limits: .init(total: total, perAddress: perAddress))
        for id in 1...total { #expect(book.enter(id, from: .v4(UInt32(id))) == .enters) }
        return book
    }

    @Test
    func `a newcomer gets the place of the stranger who has waited longest`() {
        var book = full(3)
        book.serve(1)
        book.wait(1)
        #expect(book.enter(4, from: .v4(9)) == .replaces(2))
        #expect(book.enter(5, from: .v4(9)) == .replaces(3))
        #expect(book.enter(6, from: .v4(9)) == .replaces(1))
        #expect(book.count == 3)
    }

    @Test
    func `whoever is served keeps his place; if all are, nobody more is let in`() {
        var book = full(2)
        book.serve(1)
        #expect(book.enter(3, from: .v4(9)) == .replaces(2))
        book.serve(3)
        #expect(book.enter(4, from: .v4(9)) == .refused(.total))
        book.leave(1)
        #expect(book.enter(4, from: .v4(9)) == .enters)
    }

    @Test
    func `known connections give way only when no stranger waits`() {
        var book = full(3)
        book.recognise(1)
        book.recognise(2)
        #expect(book.knownCount == 2)
        #expect(book.enter(4, from: .v4(9)) == .replaces(3))
        book.serve(4)
        #expect(book.enter(5, from: .v4(9)) == .replaces(1))
        #expect(book.knownCount == 1)
    }

    @Test
    func `one address cannot take all places, and takes new ones from its own strangers only`() {
        var book = DoorBook(limits: .init(total: 10, perAddress: 2))
        #expect(book.enter(1, from: .v4(7)) == .enters)
        #expect(book.enter(2, from: .v4(7)) == .enters)
        #expect(book.enter(3, from: .v4(7)) == .replaces(1))
        #expect(book.enter(4, from: .v4(8)) == .enters)
        book.serve(2)
        book.serve(3)
        #expect(book.enter(5, from: .v4(7)) == .refused(.perAddress))
        #expect(book.enter(5, from: nil) == .enters)
        book.leave(2)
        #expect(book.enter(6, from: .v4(7)) == .enters)
    }

    /// Kind of step, connection.
    private struct Steps: Sequence, IteratorProtocol {
        var state: UInt64
        mutating func next() -> (Int, Int)? {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (Int(state >> 33) % 5, Int(state >> 40) % 60)
        }
    }

    @Test
    func `over random histories: never too many, nobody served is put out, and a waiting stranger is always found`() {
        for seed in 1...20 {
            var book = DoorBook(limits: .init(total: 12, perAddress: 5))
            var here: [Int: (group: Int, isServed: Bool, isKnown: Bool)] = [:]
            var next = 0
            for (kind, choice) in Steps(state: UInt64(seed)).prefix(3_000) {
                let id = here.isEmpty ? -1 : here.keys.sorted()[choice % here.count]
                switch kind {
                case 0, 1:
                    next += 1
                    let group = choice % 4
                    let ofGroup = here.values.filter { $0.group == group }.count
                    switch book.enter(next, from: .v4(UInt32(group))) {
                    case .enters:
                        #expect(here.count < 12 && ofGroup < 5)
                    case .replaces(let other):
                        let gone = here.removeValue(forKey: other)
                        #expect(gone?.isServed == false)
                        #expect(ofGroup < 5 || gone?.group == group)
                        let strangers = here.values.contains { !$0.isServed && !$0.isKnown }
                        if gone?.isKnown == true { #expect(!strangers) }
                    case .refused(.total):
                        #expect(here.count == 12 && here.values.allSatisfy(\.isServed))
                        continue
                    case .refused(.perAddress):
                        #expect(here.values.filter { $0.group == group }.allSatisfy { $0.isServed || $0.isKnown })
                        continue
                    }
                    here[next] = (group, false, false)
                case 2:
                    book.serve(id)
                    here[id]?.isServed = true
                case 3:
                    book.wait(id)
                    here[id]?.isServed = false
                default:
                    if choice % 2 == 0 {
                        book.leave(id)
                        here[id] = nil
                    } else {
                        book.recognise(id)
                        here[id]?.isKnown = true
                    }
                }
                #expect(book.count == here.count)
                #expect(book.knownCount == here.values.filter(\.isKnown).count)
            }
        }
    }
}
