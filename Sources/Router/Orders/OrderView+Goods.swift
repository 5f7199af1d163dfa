/// What a biller handed over, for the app that paid, and for nobody else: no event, list or person's command shows it.
extension OrderView {
    /// The goods of a payout that has succeeded; nothing where there are none.
    package func writeGoods(_ aggregate: OrderAggregate, to writer: inout JSONObjectWriter) {
        guard aggregate.order.kind == .payout else { return }
        writer.object("goods", aggregate.goods) { writer, goods in
            writer.field("kind", "token")
            writer.field("value", goods.reveal())
        }
    }
}
