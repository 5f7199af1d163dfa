// swift-format-ignore-file
/// Guides for whoever runs a router: where payments go, and what to do before real money does.
enum GuideRunning {
    static let text = #"""
        <section>
        <h2 id="routing">Routing</h2>
        <p>Rules in <code>providers.json</code> decide which provider gets a payment. They are read from the top; the first one whose conditions all hold and that has a provider which can take the payment decides. <code>otherwise</code> is for what no rule decides. Payouts have rules of the same form in <code>payout_routing</code>.</p>
        <pre tabindex="0"><code>"routing": {
          "rules": [
            {
              "name": "Togo phones",
              "when": { "currency": "XOF", "phone.country": "TG", "channel": "tmoney" },
              "use": { "strategy": "priority", "providers": ["tmoney-tg", "paygate-tg"] }
            }
          ],
          "failover": ["operator_unavailable", "not_sent"],
          "max_attempts": 3
        }</code></pre>
        <ul>
        <li>Conditions: <code>amount</code> (with <code>currency</code>), <code>currency</code>, <code>channel</code>, <code>phone.country</code>, <code>phone.operator</code>, <code>app</code>, <code>metadata</code>, <code>time</code>. <code>providers.schema.json</code> describes each, and editors that know JSON Schema complete them.</li>
        <li>Another provider is tried only after an attempt that <strong>certainly</strong> moved nothing, for a reason in <code>failover</code>. What may have been executed is asked about, never tried elsewhere; a payer's own refusal is final.</li>
        <li>A provider that cannot take the payment (currency, limits, phone, a token that is missing) is passed over, and the answer says why.</li>
        </ul>
        <p>Ask without paying, on the command line with <code>payrouter explain --amount 5000 --currency XOF --phone '+228 90 11 22 33'</code>, or:</p>
        <pre tabindex="0"><code>curl {{url}}/v1/routes/explain \
          -H 'Authorization: Bearer sk_sandbox_demo' \
          -H 'Content-Type: application/json' \
          -d '{"amount":5000,"currency":"XOF","channel":"tmoney","customer":{"phone":"+22890112233"}}'</code></pre>
        <p>Every payment keeps the decision that was made for it in <code>route</code>. After a change, <code>payrouter check</code> reports every fault of the file with its place; the router reads it when it starts.</p>
        </section>
        <section>
        <h2 id="live">Going live</h2>
        <ol>
        <li>Put the operator's provider into <code>providers.json</code> with <code>"environment": "production"</code>. Its secrets are <code>env:NAME</code> or <code>file:path</code>, never the value itself. A file for <code>serve --sandbox</code> has no production providers.</li>
        <li>Give the router its master key in <code>PAYROUTER_MASTER_KEY_FILE</code>, and keep a copy elsewhere: without it the stored data cannot be read. It is random (<code>openssl rand -hex 32</code>) and nobody else can read its file (<code>chmod 600</code>), nor the files of secrets, nor the data folder (<code>chmod 700</code>); in Kubernetes mount secrets with <code>defaultMode: 0400</code>.</li>
        <li>Put a reverse proxy with TLS in front, name it in <code>trusted_proxies</code>, and start with <code>payrouter serve --public-url https://pay.example</code>: operators' notifications and payers' pages use that address.</li>
        <li>Run <code>payrouter check</code>, then <code>payrouter providers test ID --public-url https://pay.example</code> for each provider. It moves no money. Go through the warnings: what a provider's manifest calls unverified has to be asked for at the operator.</li>
        <li>Make an app for each shop: <code>payrouter apps create "Shop A" --environment production</code>. It prints a secret key for the server and a publishable key for pages, once.</li>
        <li>Register the shop's webhook with the new key, and answer with <code>2xx</code> only after checking the signature:
        <pre tabindex="0"><code>curl {{url}}/v1/webhook_endpoints \
          -H 'Authorization: Bearer sk_sandbox_demo' \
          -H 'Content-Type: application/json' \
          -d '{"url":"https://shop.example/hooks/payments","types":["payment.succeeded","payment.failed","payment.under_review"]}'</code></pre></li>
        <li>Make one small payment of each kind of end (paid, refused, left alone, refunded) and compare it with the operator's own list.</li>
        <li>Add the people who may sign reviews (<code>payrouter people add NAME</code>), and look at <code>payrouter reviews list</code> every day: an order that is <code>under_review</code> waits for a person.</li>
        <li>Watch <code>/metrics</code>, which is at <code>http://127.0.0.1:8081</code> (<code>--admin-host</code>, <code>--admin-port</code>) and not at the port of callers, and <code>/health/ready</code>. Back up the data folder; never run two routers on one.</li>
        </ol>
        <h3 id="limits-set">Limits</h3>
        <p>What strangers may ask is counted by address (IPv6: by /64), what apps may ask by app; a stranger takes nothing from a shop, also behind the same address. <code>limits</code> in <code>providers.json</code> sets the numbers, and <code>providers.schema.json</code> lists them with what holds without it:</p>
        <pre tabindex="0"><code>"limits": {
          "app": { "per_second": 8000, "concurrent": 4096 },
          "pages": { "burst": 400, "requests": 100, "seconds": 1 },
          "checkout": { "burst": 60, "requests": 20, "seconds": 1 }
        }</code></pre>
        <p>Limits of apps can be raised only. Many payers of one mobile operator may share an address: raise <code>pages</code>, <code>checkout</code>, <code>phones</code> and <code>streams</code> where yours do. All of it needs the true addresses: behind a proxy that is not named in <code>trusted_proxies</code>, everybody is one. <code>payrouter_requests_limited_total</code> counts refusals by limit; the log names each network and app that was limited once.</p>
        <p>Does your shop treat <code>under_review</code> and a lost answer as failed? Practise both before: <a href="#sandbox">magic values</a> force them.</p>
        </section>

        """#
}
