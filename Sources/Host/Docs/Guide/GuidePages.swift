// swift-format-ignore-file
/// Guides for what payers see: the hosted page, and the script that opens it on a shop's page.
enum GuidePages {
    static let text = #"""
        <section>
        <h2 id="hosted">The hosted page</h2>
        <p>Let the payer choose the way to pay on a page of the router. Begin the payment with <code>"hosted": true</code>; nothing is sent to any operator before the payer has chosen:</p>
        <pre tabindex="0"><code>curl {{url}}/v1/payments \
          -H 'Authorization: Bearer sk_sandbox_demo' \
          -H 'Idempotency-Key: 1e6b0f7a-93c5-4e7b-a1d4-2f0b6a1c8d37' \
          -H 'Content-Type: application/json' \
          -d '{"amount":5000,"currency":"XOF","hosted":true,"reference":"order-1042","description":"Two tickets","language":"fr","return_urls":{"success":"https://shop.example/thanks","failure":"https://shop.example/sorry"}}'</code></pre>
        <p>Send the payer's browser to <code>hosted_url</code>, or put it into a message. The link holds a token: who has it may see and do what the payer may, and nothing else, until a day after the payment's deadline. The page follows the payment by itself, works without scripts, and leads back to <code>return_urls</code>. Coming back proves nothing: <a href="#follow">read the payment</a>.</p>
        <p>Every payment that a server begins has a <code>hosted_url</code>; for one whose channel is chosen already, the page shows what the payer has to do next.</p>
        </section>
        <section>
        <h2 id="checkout">A button on your page: checkout.js</h2>
        <p>One line, where the button should stand. It needs no framework and no other file:</p>
        <pre tabindex="0"><code>&lt;form method="post" action="/order/1042/paid"&gt;
          &lt;script src&#61;"{{url}}/checkout.js" data-key="pk_sandbox_demo" data-amount="5000" data-currency="XOF"
            data-reference="order-1042" data-accept="/order/1042/accept"&gt;&lt;/script&gt;
        &lt;/form&gt;</code></pre>
        <p>The script puts a button there (class <code>payrouter-button</code>, for your style sheet) and opens the payment's page in a dialog. Whoever opens your page can change the amount in it, so the payment becomes <code>awaiting_acceptance</code>, and <strong>nothing is taken before your server has accepted it</strong>:</p>
        <pre tabindex="0"><code>curl {{url}}/v1/payments/pay_.../accept \
          -H 'Authorization: Bearer sk_sandbox_demo' \
          -H 'Idempotency-Key: 4a1f7c0e-9d52-4b8a-8e64-2f0b6a1c8d37' \
          -H 'Content-Type: application/json' \
          -d '{"amount":5000,"currency":"XOF"}'</code></pre>
        <p>Send what your own order costs, never what the browser says. Another amount or currency is refused as <a href="problems/acceptance_mismatch"><code>acceptance_mismatch</code></a>, and nothing moves. Your server hears of the payment in one of three ways:</p>
        <ul>
        <li><code>data-accept</code>: the script posts <code>payment_id</code> and <code>payment_status</code> to this address of yours, and the dialog stays open and follows the payment.</li>
        <li>Without it the script submits your form with the hidden fields <code>payment_id</code> and <code>payment_status</code>; after accepting, send the payer on to <code>hosted_url</code>.</li>
        <li>The event <code>payment.awaiting_acceptance</code>, for payers who left your page.</li>
        </ul>
        <p>Where a code is typed, <code>payment_code</code> comes along; send it to <code>POST /v1/payments/{id}/confirm</code> with <code>amount</code> and <code>currency</code>, which accepts and sends it. Where money can be held, it is held meanwhile, and collected when you accept. What you do not accept by <code>acceptance.accept_by</code> lapses: <code>failed</code> with <code>not_accepted</code>.</p>
        <p>Or begin the payment on your server with <code>"hosted": true</code> and give the script its <code>hosted_url</code> as <code>data-payment</code>: what your secret key began needs no acceptance. An id alone opens nothing.</p>
        <h3 id="checkout-attributes">Attributes of the script</h3>
        <div class="scroll" tabindex="0"><table>
        <thead><tr><th scope="col">attribute</th><th scope="col">what it is</th></tr></thead>
        <tbody>
        <tr><th scope="row"><code>data-key</code></th><td>Your app's publishable key (<code>pk_...</code>). Needed, unless <code>data-payment</code> is given. A secret key never stands in a page.</td></tr>
        <tr><th scope="row"><code>data-amount</code></th><td>Minor units. Needed with <code>data-key</code>.</td></tr>
        <tr><th scope="row"><code>data-currency</code></th><td>ISO 4217 code. Needed with <code>data-key</code>.</td></tr>
        <tr><th scope="row"><code>data-reference</code></th><td>Your order number.</td></tr>
        <tr><th scope="row"><code>data-description</code></th><td>What is paid for.</td></tr>
        <tr><th scope="row"><code>data-channel</code></th><td>One channel; otherwise the payer chooses.</td></tr>
        <tr><th scope="row"><code>data-payment</code></th><td>The <code>hosted_url</code> of a payment that your server began. Key, amount and the rest then count for nothing.</td></tr>
        <tr><th scope="row"><code>data-accept</code></th><td>The address of your server that the script posts to when the payment waits for your acceptance.</td></tr>
        <tr><th scope="row"><code>data-submit</code></th><td><code>false</code> leaves your form alone: you listen to the event instead.</td></tr>
        <tr><th scope="row"><code>data-lang</code></th><td>The page's language; otherwise the browser's.</td></tr>
        <tr><th scope="row"><code>data-label</code></th><td>The button's text, and the dialog's name; <code>Pay</code> if left out.</td></tr>
        <tr><th scope="row"><code>data-close</code></th><td>What a screen reader calls the button that closes the dialog; <code>Close</code> if left out.</td></tr>
        </tbody></table></div>
        <h3 id="checkout-event">The event</h3>
        <p>Each time the payment changes while the dialog is open, the script tag dispatches <code>payrouter</code>, which bubbles:</p>
        <pre tabindex="0"><code>document.addEventListener('payrouter', function (event) {
          console.log(event.detail.payment, event.detail.status, event.detail.final);
        });</code></pre>
        <div class="scroll" tabindex="0"><table>
        <thead><tr><th scope="col">member of <code>detail</code></th><th scope="col">what it is</th></tr></thead>
        <tbody>
        <tr><th scope="row"><code>payment</code></th><td>The payment's id.</td></tr>
        <tr><th scope="row"><code>status</code></th><td>Its <a href="#statuses">status</a>.</td></tr>
        <tr><th scope="row"><code>final</code></th><td>Whether it has ended. The dialog then closes by itself.</td></tr>
        <tr><th scope="row"><code>ready</code></th><td>Whether everything that the payer has to give is there, and your acceptance is what is missing.</td></tr>
        <tr><th scope="row"><code>code</code></th><td>The code that the payer typed, where there is one.</td></tr>
        </tbody></table></div>
        <h3 id="checkout-form">What your form gets</h3>
        <p>When the dialog closes, the form around the script gets the hidden fields <code>payment_id</code>, <code>payment_status</code> and, where a code was typed, <code>payment_code</code>. It is submitted once the payment has ended, or, without <code>data-accept</code>, once it waits for your acceptance. These fields come from a browser and prove nothing: read the payment with your secret key.</p>
        <p>A page with a Content Security Policy needs <code>script-src {{url}}</code> and <code>frame-src {{url}}</code>. Closing the dialog and pressing the button again opens the same payment.</p>
        </section>

        """#
}
