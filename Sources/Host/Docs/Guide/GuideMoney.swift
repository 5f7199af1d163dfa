// swift-format-ignore-file
/// Guides for money that goes back, out, or is held.
enum GuideMoney {
    static let text = #"""
        <section>
        <h2 id="refunds">Refunds</h2>
        <p>Give back all of what was collected, or a part, as often as something is left:</p>
        <pre tabindex="0"><code>curl {{url}}/v1/payments/pay_.../refunds \
          -H 'Authorization: Bearer sk_sandbox_demo' \
          -H 'Idempotency-Key: 7d0c2a4e-51b9-4f7e-8a51-2f0b6a1c8d37' \
          -H 'Content-Type: application/json' \
          -d '{"amount":1000,"reason":"one item came back"}'</code></pre>
        <p>Without <code>amount</code> everything that is left goes back. The answer is a refund with a life of its own: <code>processing</code>, then <code>succeeded</code> or <code>failed</code>, or <code>under_review</code>. Follow it like a payment, or let a <a href="#receive">webhook</a> tell you:</p>
        <pre tabindex="0"><code>curl '{{url}}/v1/refunds/re_...?wait=20' -H 'Authorization: Bearer sk_sandbox_demo'</code></pre>
        <ul>
        <li>The payment stays <code>succeeded</code>; its <code>amount_refunded</code> and <code>amount_refundable</code> say what is gone and what is left. Refunds asked for at the same time never exceed what was collected.</li>
        <li>A refund whose end is not known holds its amount until it is. It is never made a second time by the router; do not make it a second time either.</li>
        <li><code>method</code> says how: <code>refund</code> where the operator has refunds, <code>payout</code> where the money is paid out to the payer's wallet instead.</li>
        <li>What the operator cannot do (a part, a second time, too late) is refused before anything is sent, as <a href="problems/not_supported"><code>not_supported</code></a>; more than is left as <a href="problems/amount_too_large"><code>amount_too_large</code></a>.</li>
        <li>Money that is only <a href="#holds">held</a> is not refunded but released.</li>
        </ul>
        </section>
        <section>
        <h2 id="paying-out">Payouts</h2>
        <p>Pay out to a customer's wallet. Give your order number: one <code>reference</code> and payee is one payout, whatever the key.</p>
        <pre tabindex="0"><code>curl {{url}}/v1/payouts \
          -H 'Authorization: Bearer sk_sandbox_demo' \
          -H 'Idempotency-Key: 9b41f0c2-6e1d-4f0a-b2b8-2f0b6a1c8d37' \
          -H 'Content-Type: application/json' \
          -d '{"amount":5000,"currency":"XOF","channel":"tmoney","party":{"phone":"+22890000001"},"reference":"payout-17"}'</code></pre>
        <pre tabindex="0"><code>curl '{{url}}/v1/payouts/po_...?wait=20' -H 'Authorization: Bearer sk_sandbox_demo'</code></pre>
        <ul>
        <li><code>payout_routing</code> in <code>providers.json</code> chooses the provider; what is known of your balance there counts.</li>
        <li>A payout that may have been executed is never tried elsewhere, and <code>under_review</code> is not <code>failed</code>: do not pay again. The same order number and payee are refused as <a href="problems/possible_duplicate"><code>possible_duplicate</code></a> until the earlier one certainly did nothing.</li>
        <li>To pay once more on purpose, name the succeeded payout in <code>repeat_of</code>, with a new key.</li>
        <li>What your operators hold for you:
        <pre tabindex="0"><code>curl {{url}}/v1/balances -H 'Authorization: Bearer sk_sandbox_demo'</code></pre></li>
        <li>Whether a number is a customer at all, where the operator can be asked:
        <pre tabindex="0"><code>curl '{{url}}/v1/parties/%2B237670000001?channel=mtn-momo' -H 'Authorization: Bearer sk_sandbox_demo'</code></pre></li>
        </ul>
        </section>
        <section>
        <h2 id="holds">Hold and capture</h2>
        <p>Some operators can reserve money before they collect it. Cards and Flouci's page can; asked of another, the payment is refused before anything is sent. Ask for it with <code>"capture": false</code>:</p>
        <pre tabindex="0"><code>curl {{url}}/v1/payments \
          -H 'Authorization: Bearer sk_sandbox_demo' \
          -H 'Idempotency-Key: 3c9d5b10-2a77-4d0b-9f0e-2f0b6a1c8d37' \
          -H 'Content-Type: application/json' \
          -d '{"amount":5000,"currency":"USD","channel":"card","source":{"token":"tok_visa"},"capture":false}'</code></pre>
        <p>Once it is reserved, <code>status</code> is <code>authorized</code>. It is no end: nothing is collected until you capture, and nothing afterwards if you do not. Collect all of it, or less where the operator allows that; the rest is released. A payment is captured once.</p>
        <pre tabindex="0"><code>curl {{url}}/v1/payments/pay_.../capture \
          -H 'Authorization: Bearer sk_sandbox_demo' \
          -H 'Idempotency-Key: 5f2e8d31-0c64-4c39-8b7d-2f0b6a1c8d37' \
          -H 'Content-Type: application/json' \
          -d '{"amount":4000}'</code></pre>
        <p>Or let it go. Then the payment is <code>cancelled</code> once the operator has released the money:</p>
        <pre tabindex="0"><code>curl -X POST {{url}}/v1/payments/pay_.../cancel -H 'Authorization: Bearer sk_sandbox_demo'</code></pre>
        <p>An operator releases by itself what is not captured in its time; the payment is then <code>failed</code> with <code>authorization_expired</code>.</p>
        </section>

        """#
}
