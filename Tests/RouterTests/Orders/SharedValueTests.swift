import RouterTestKit
import Testing

@testable import Router

/// Orders and identifiers are cheap to hand on, and a copy is a copy.
@Suite struct SharedValueTests {
    @Test func `a copy of an order with its attempts is one reference`() {
        #expect(MemoryLayout<OrderAggregate>.size == MemoryLayout<Int>.size)
        #expect(MemoryLayout<Order>.size == 2 * MemoryLayout<Int>.size)
    }

    @Test func `identifiers are sixteen bytes, those of orders with their kind beside them`() {
        #expect(MemoryLayout<AttemptID>.size == 16)
        #expect(MemoryLayout<OrderID>.size == 17)
    }

    @Test func `what is changed in a copy stays as it was in the other`() {
        let first = OrderAggregate(stored: Sample.order(), attempts: [Sample.attempt(.pending)])
        var second = first
        second.requestCancel(at: .start + 5)
        _ = second.change(Sample.attemptID(1)) { $0.checks = 7 }
        #expect(second.order.cancelRequestedAt == .start + 5 && second.attempts[0].checks == 7)
        #expect(first.order.cancelRequestedAt == nil && first.attempts[0].checks == 0)
        #expect(first != second && first.isDirty == false && second.isDirty)
        var order = first.order
        order.status = .failed
        #expect(first.order.status == .processing)
    }

    @Test func `equal contents are equal, held once or twice`() {
        let (one, other) = (CopyOnWrite([1, 2]), CopyOnWrite([1, 2]))
        #expect(one == other && one.hashValue == other.hashValue)
        var changed = one
        changed.value.append(3)
        #expect(changed != one && one.value == [1, 2])
    }
}
