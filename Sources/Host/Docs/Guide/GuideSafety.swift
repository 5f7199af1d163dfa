// swift-format-ignore-file
/// The rest of the guide: sending again, errors, webhooks, the sandbox.
enum GuideSafety {
    static let text = #"""
        <section>
        <h2 id="idempotency">Idempotency: sending again safely</h2>
        <p>Calls that may move money need the header <code>Idempotency-Key</code> ({{keyed}}): 16 to 255 characters, best a fresh UUID for each thing you want done once. Both spellings are one and the same key:</p>
        <pre tabindex="0"><code>Idempotency-Key: 0e3f9a52-7c0e-4b8a-9e64-2f0b6a1c8d37
        Idempotency-Key: "0e3f9a52-7c0e-4b8a-9e64-2f0b6a1c8d37"</code></pre>
        <ul>
        <li>Same key, same body: nothing is done again. You get the payment <strong>as it is now</strong>, not a copy of the first answer, with the first answer's status, <code>Idempotent-Replayed: true</code> and the first request's name in <code>Original-Request-Id</code>. Two bodies are the same if they are the same JSON; spaces and the order of members do not count.</li>
        <li>Same key, other body: refused with <a href="problems/idempotency_key_reused"><code>idempotency_key_reused</code></a>, and nothing happens.</li>
        <li>A request that was refused before anything was stored (any <code>400</code>, <code>401</code>, <code>403</code>, <code>422</code>, <code>503</code>) leaves the key free.</li>
        <li>Where several things are wrong, every call with a key says the same one first: the key cannot be used; the body is no JSON object, or holds a card number; the store does not answer (<code>503</code>, and nobody knows what the key was used for: send the same again); the key was used before; the body is refused; what the path names does not exist; its state, its order number or the routing does not allow it. So what was accepted once is found again, even if the same request would be refused today.</li>
        <li>A payment that failed is an answer like any other: the key stays with it. Use a new key for a new try.</li>
        <li>Keys are remembered as long as the payment, and belong to your app and environment.</li>
        </ul>
        <p>So when an answer is lost, send the very same request again with the same key, as often as you like.</p>
        <h3 id="order-numbers">Order numbers: the same thing under another key</h3>
        <p>A key that was lost must not pay twice. So give your order number in <code>reference</code>; asking for it again with a new key is refused with <a href="problems/possible_duplicate"><code>possible_duplicate</code></a>, which names the earlier order:</p>
        <ul>
        <li>A payment, while one of the same order number, amount and currency is open: send the payer back to the <code>hosted_url</code> of the answer. Two payments that both name a phone, and different ones, do not exclude each other.</li>
        <li>A payout, as soon as one of the same order number and payee is not certainly dead, whatever the amounts; a succeeded one keeps others out for good.</li>
        <li>To do it once more on purpose, name the earlier one in <code>repeat_of</code>: a payout once it has succeeded, a payment while it is <code>under_review</code>. Each can be repeated once.</li>
        </ul>
        </section>
        <section>
        <h2 id="errors">Errors</h2>
        <p>A request that is refused is answered with <code>application/problem+json</code> (RFC 9457). Decide by <code>code</code>, never by <code>detail</code>. <code>outcome</code> says what happened to money: <code>not_executed</code>, <code>unknown</code> or <code>executed</code>. Where <code>retryable</code> is true, send the same request with the same key after <code>Retry-After</code> seconds. <code>errors</code> points to faulty members. Quote <code>request_id</code>, the same as the header <code>Request-Id</code>, when you ask for help.</p>
        <p>A payment that the payer, the payer's bank or an operator refuses is no error. It is a payment with <code>status</code> <code>failed</code> and a <code>failure</code>.</p>
        {{problems}}
        <h3 id="limits">How much you may ask</h3>
        <p>An app may make 5000 calls a second and have 2048 under way at once, unless its router allows more. Answers to calls with a key say so in <code>RateLimit-Policy</code>, and what is left in <code>RateLimit</code> (<code>"default";r=4999;t=1</code>: 4999 more now, all of them again in a second). Beyond, calls are refused with <a href="problems/rate_limited"><code>rate_limited</code></a> before anything is done; wait <code>Retry-After</code> seconds and send the same request again. Calls without a key count against the address they come from, and never against your app.</p>
        </section>
        <section>
        <h2 id="receive">Receiving webhooks</h2>
        <p>Register an address with <code>POST /v1/webhook_endpoints</code> and keep the <code>secret</code> of the answer; it is shown once. Each event comes as a POST with the body <code>{"type":"payment.succeeded","timestamp":"...","sequence":3,"data":{...}}</code>, with the order as it was at that moment. <code>data</code> is the order itself: a payment, payout, refund, capture or void. These types exist; an endpoint without <code>types</code> gets all:</p>
        {{events}}
        <p>Deliveries follow <em>Standard Webhooks</em>, so its libraries can check them. Without a library, over the raw bytes and before parsing:</p>
        <pre tabindex="0"><code>import base64, hashlib, hmac, time

        def is_genuine(secret, headers, body):
            key = base64.b64decode(secret.removeprefix("whsec_"))
            name, sent = headers["webhook-id"], headers["webhook-timestamp"]
            if abs(time.time() - int(sent)) &gt; 300:
                return False
            signed = f"{name}.{sent}.".encode() + body
            code = hmac.new(key, signed, hashlib.sha256).digest()
            right = b"v1," + base64.b64encode(code)
            given = headers["webhook-signature"].encode().split()
            return any(hmac.compare_digest(right, one) for one in given)</code></pre>
        <ul>
        <li>Answer any <code>2xx</code> within 15 seconds; work afterwards. Anything else, redirects too, is tried again, ten times over about 75 hours. <code>410</code> disables the endpoint.</li>
        <li>The same event may come twice: drop what you have seen by <code>webhook-id</code>.</li>
        <li>Events may overtake each other: <code>sequence</code> counts the events of one order (<code>data.id</code>) from 1: keep the highest per order and drop lower ones, or read the order.</li>
        <li>Missed something? <code>GET /v1/events</code> lists everything, and failed deliveries can be sent again.</li>
        </ul>
        </section>
        <section>
        <h2 id="sandbox">Practising in the sandbox</h2>
        <p>In the sandbox, magic values force every outcome by themselves within ten seconds; those of pages, forms and QR codes do so once the payer has opened what <code>next_action</code> shows. <code>payrouter test-values</code> lists them all, with <code>--json</code> as complete requests. Some of them:</p>
        <div class="scroll" tabindex="0"><table>
        <thead><tr><th scope="col">value</th><th scope="col">what happens</th></tr></thead>
        <tbody>
        <tr><th scope="row"><code>tmoney</code>, phone <code>+22890000001</code></th><td>succeeds</td></tr>
        <tr><th scope="row"><code>tmoney</code>, phone <code>+22890000003</code></th><td>fails: insufficient funds</td></tr>
        <tr><th scope="row"><code>tmoney</code>, phone <code>+22890000006</code></th><td>the operator's answer is lost, but the money moved: succeeds, after having been unknown</td></tr>
        <tr><th scope="row"><code>tmoney</code>, phone <code>+22890000011</code></th><td>succeeds late, after the payment expired</td></tr>
        <tr><th scope="row"><code>flouci</code>, amount <code>1001</code> TND</th><td>succeeds once its page is opened</td></tr>
        <tr><th scope="row"><code>flouci-code</code>, code <code>111111</code></th><td>succeeds</td></tr>
        <tr><th scope="row"><code>card</code>, token <code>tok_visa</code>, USD</th><td>succeeds</td></tr>
        </tbody></table></div>
        <p>Without a magic value, play the payer yourself: the sandbox operators' start page (<code>http://127.0.0.1:8090/</code>) shows the open prompts with buttons, each for two minutes, and <code>next_action.url</code> leads to the pages of operators that have pages.</p>
        <h3 id="practice-card">A card typed by the payer</h3>
        <p>A card number never reaches the router or the shop: the operator's own field, in a frame of the operator's origin, turns it into a one-time token, and the shop sends the token as <code>source.token</code>. The sandbox operator has such a field, for test numbers only. Put its script into the form that posts to your shop:</p>
        <pre><code>&lt;form method="post" action="/pay"&gt;
        &lt;script data-key="pk_test_sandbox"
        src="http://127.0.0.1:8090/card/fields.js"&gt;&lt;/script&gt;
        &lt;/form&gt;</code></pre>
        <p>The form is submitted with the token in <code>card_token</code>. <code>4242&nbsp;4242&nbsp;4242&nbsp;4242</code> pays, <code>4000&nbsp;0000&nbsp;0000&nbsp;0002</code> is declined; <code>payrouter test-values</code> lists all. A token is good once, for 15 minutes.</p>
        </section>
        """#

    static let tolerance = #"""
        <section>
        <h2 id="tolerant">Reading answers tolerantly</h2>
        <p>Requests are read strictly: a member the router does not know is refused with a pointer to it. Answers are for tolerant readers:</p>
        <ul>
        <li>ignore members you do not know;</li>
        <li>be ready for new values in every list of values: treat an unknown <code>status</code> like <code>processing</code>, an unknown <code>next_action</code> like <code>wait</code>, an unknown <code>failure.code</code> like <code>unspecified</code>;</li>
        <li>do not rely on the order of members, nor on the form of ids and cursors.</li>
        </ul>
        <p>Such additions are made without notice. Nothing is removed and no meaning changed below <code>/v1</code>.</p>
        </section>

        """#
}
