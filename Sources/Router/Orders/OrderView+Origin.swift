/// Where an order comes from, as callers see it.
extension OrderView {
    /// The bill that a payment pays, and the holder who began the order.
    ///
    /// Both are missing where there is neither: an order without `initiated_by` was begun with an app's key.
    func writeOrigin(_ request: OrderRequest, to writer: inout JSONObjectWriter) {
        writer.field("bill", request.bill?.text)
        writer.object("initiated_by", request.initiator) { writer, holder in
            writer.field("type", "holder")
            writer.field("account", holder.text)
        }
    }
}
