// swift-format-ignore-file
/// The guide in front of the reference; here its first chapters. `{{url}}` is the router's address; ``GuideFacts`` are lists that
/// follow from code.
enum Guide {
    /// Anchors and titles of the chapters, in order.
    static let chapters: [(anchor: String, title: String)] = [
        ("first", "A first payment"), ("follow", "Following a payment"), ("actions", "What the payer has to do"),
        ("statuses", "Status and certainty"), ("amounts", "Amounts"), ("hosted", "The hosted page"),
        ("checkout", "A button: checkout.js"), ("refunds", "Refunds"), ("paying-out", "Payouts"),
        ("holds", "Hold and capture"), ("idempotency", "Idempotency"), ("errors", "Errors"),
        ("receive", "Receiving webhooks"), ("sandbox", "Practising"), ("routing", "Routing"), ("live", "Going live"),
        ("tolerant", "Reading tolerantly"),
    ]

    static let text =
        paying + GuidePages.text + GuideMoney.text + GuideSafety.text + GuideRunning.text + GuideSafety.tolerance

    private static let paying = #"""
        <section>
        <h2 id="first">A first payment</h2>
        <p>Calls carry a key of your app: <code>Authorization: Bearer sk_...</code>. A router started with <code>payrouter serve --sandbox</code> accepts <code>sk_sandbox_demo</code>. Secret keys belong on servers only. <a href="#keys">Which calls need which key</a> is told below.</p>
        <pre tabindex="0"><code>curl -i {{url}}/v1/payments \
          -H 'Authorization: Bearer sk_sandbox_demo' \
          -H 'Idempotency-Key: 0e3f9a52-7c0e-4b8a-9e64-2f0b6a1c8d37' \
          -H 'Content-Type: application/json' \
          -d '{"amount":5000,"currency":"XOF","channel":"tmoney","customer":{"phone":"+22890000001"}}'</code></pre>
        <p>The answer is <code>201</code> with the payment, and its path in <code>Location</code>. <code>202</code> means: stored, but the operator has not answered within 8 seconds; go on in the same way. With the header <code>Prefer: respond-async</code> you always get <code>202</code>, at once.</p>
        <p>Which channels you may offer, with limits, fees and what the payer will have to do, tells <code>GET /v1/channels?currency=XOF&amp;amount=5000&amp;phone=%2B22890000001</code>. Leave <code>channel</code> out and the router chooses by its rules; <code>POST /v1/routes/explain</code> with the same body tells how, without paying.</p>
        </section>
        <section>
        <h2 id="follow">Following a payment</h2>
        <pre tabindex="0"><code>curl '{{url}}/v1/payments/pay_...?wait=20' -H 'Authorization: Bearer sk_sandbox_demo'</code></pre>
        <p>The answer comes when something has changed, or after 20 seconds (at most 30). Ask again until <code>status</code> is <code>succeeded</code>, <code>failed</code> or <code>cancelled</code>; these three never change. A payment with <code>"capture": false</code> rests at <code>authorized</code> until you <a href="#holds">capture or cancel</a> it. Or let a <a href="#receive">webhook</a> tell you. A payer who comes back to your <code>return_urls</code> proves nothing: read the payment.</p>
        <p>Was the answer to your create call lost? Send it again with the same key, or look with <code>GET /v1/payments?idempotency_key=...</code>.</p>
        <p><code>POST /v1/payments/{id}/cancel</code> records the wish to cancel. A page that the operator can end is ended there first; a payer who was faster has paid. What else an operator already works on is never called cancelled; the payment ends as the operator says.</p>
        <h3 id="keys">Which calls need which key</h3>
        {{keys}}
        </section>
        <section>
        <h2 id="actions">What the payer has to do</h2>
        <p>While <code>status</code> is <code>awaiting_customer</code>, <code>next_action</code> tells. Its list <code>also</code>, if present, holds alternatives, or a code field beside a QR code.</p>
        <div class="scroll" tabindex="0"><table>
        <thead><tr><th scope="col">type</th><th scope="col">what to do</th></tr></thead>
        <tbody>
        <tr><th scope="row"><code>approve_on_phone</code></th><td>Tell the payer to approve on their phone.</td></tr>
        <tr><th scope="row"><code>redirect</code></th><td>Open <code>url</code> in the payer's browser.</td></tr>
        <tr><th scope="row"><code>show_qr</code></th><td>Show the picture at <code>svg_url</code> or <code>png_url</code>; both work without a key. <code>content</code> is what it holds.</td></tr>
        <tr><th scope="row"><code>submit_form</code></th><td>Have the payer's browser post <code>fields</code> to <code>url</code>.</td></tr>
        <tr><th scope="row"><code>enter_code</code></th><td>Ask the payer for the code, then send <code>{"code":"..."}</code> from your server to <code>confirm_url</code> with a new <code>Idempotency-Key</code>. A refused code may be typed again; three wrong ones in all end the payment.</td></tr>
        <tr><th scope="row"><code>wait</code></th><td>Nothing.</td></tr>
        </tbody></table></div>
        </section>
        <section>
        <h2 id="statuses">Status and certainty</h2>
        <div class="scroll" tabindex="0"><table>
        <thead><tr><th scope="col">status</th><th scope="col">what it means</th><th scope="col">what to do</th></tr></thead>
        <tbody>
        <tr><th scope="row"><code>processing</code></th><td>The router or an operator is at work.</td><td>Wait.</td></tr>
        <tr><th scope="row"><code>awaiting_customer</code></th><td>The payer has to act.</td><td>Show <code>next_action</code>.</td></tr>
        <tr><th scope="row"><code>awaiting_acceptance</code></th><td>A browser began it; <a href="#checkout">your server has to accept the amount</a>.</td><td>Compare it with your order and accept it, or leave it to lapse.</td></tr>
        <tr><th scope="row"><code>authorized</code></th><td>Reserved, not collected.</td><td>Capture it, or cancel.</td></tr>
        <tr><th scope="row"><code>succeeded</code></th><td>Collected. Final.</td><td>Deliver.</td></tr>
        <tr><th scope="row"><code>failed</code></th><td>Not collected, and never will be. Final.</td><td><code>failure</code> says why; a new payment needs a new key.</td></tr>
        <tr><th scope="row"><code>cancelled</code></th><td>Given up before anything was executed. Final.</td><td>Nothing.</td></tr>
        <tr><th scope="row"><code>under_review</code></th><td>Nobody can say yet; a person has to look, and checks go on.</td><td>Do not deliver, and do not collect again.</td></tr>
        </tbody></table></div>
        <p><code>certainty</code> is <code>confirmed</code> when the router knows where the money is. <code>unknown</code> means that a request may or may not have been executed. <strong>Unknown is not failed</strong>: never collect again because of it. The router goes on asking and tells you what it finds.</p>
        <p>Every payment explains itself: <code>route</code> says why a provider was chosen, <code>attempts</code> and <code>timeline</code> say what happened.</p>
        </section>
        <section>
        <h2 id="amounts">Amounts</h2>
        <p>An amount is an integer of the currency's minor unit. Numbers with a fraction or an exponent, and numbers in quotes, are refused.</p>
        <div class="scroll" tabindex="0"><table>
        <thead><tr><th scope="col">price</th><th scope="col">amount</th><th scope="col">currency</th></tr></thead>
        <tbody>
        <tr><th scope="row">5 000 CFA francs</th><td><code>5000</code></td><td><code>XOF</code>, no minor unit</td></tr>
        <tr><th scope="row">1.250 Tunisian dinars</th><td><code>1250</code></td><td><code>TND</code>, three digits</td></tr>
        <tr><th scope="row">9.99 US dollars</th><td><code>999</code></td><td><code>USD</code>, two digits</td></tr>
        </tbody></table></div>
        <p>Times are RFC 3339 in UTC. Durations are whole seconds.</p>
        </section>

        """#
}
