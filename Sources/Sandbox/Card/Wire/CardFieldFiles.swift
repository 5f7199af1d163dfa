/// The field in which a payer types a card, as a shop's page shows it: a script for the shop, and a page in a frame.
///
/// The frame's page is this operator's own, so that the shop's page, its server and the router never see a number; what
/// comes out is a token.
enum CardFieldFiles {
    /// The file at a path below `/card`; `nil` if there is none.
    static func answer(_ path: String) -> Answer? {
        switch path {
        case "/fields.js": script(shopScript)
        case "/fields/frame.js": script(frameScript)
        case "/fields": page
        default: nil
        }
    }

    private static func script(_ text: String) -> Answer {
        Answer(
            status: 200, headers: [.init(name: "X-Content-Type-Options", value: "nosniff")],
            contentType: "text/javascript; charset=utf-8", body: Array(text.utf8))
    }

    private static var page: Answer {
        var answer = Answer.html(
            HTMLPage.render(
                title: "Card",
                """
                <form id="card" novalidate>
                <p><label>Card number<br><input name="number" inputmode="numeric" autocomplete="off" required></label></p>
                <p><label>Month <input name="exp_month" inputmode="numeric" size="2" autocomplete="off" required></label>
                <label>Year <input name="exp_year" inputmode="numeric" size="4" autocomplete="off" required></label>
                <label>Code <input name="cvc" inputmode="numeric" size="4" autocomplete="off"></label></p>
                <p role="alert" id="error"></p><p id="done"></p>
                <button>Use this card</button></form>
                <p>Test numbers only: 4242 4242 4242 4242 pays, 4000 0000 0000 0002 is declined. Any other is refused.</p>
                <script src="fields/frame.js"></script>
                """))
        answer.headers = [
            .init(
                name: "Content-Security-Policy",
                value: "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; "
                    + "form-action 'none'; base-uri 'none'"),
            .init(name: "Cache-Control", value: "no-store"), .init(name: "Referrer-Policy", value: "no-referrer"),
            .init(name: "X-Content-Type-Options", value: "nosniff"),
        ]
        return answer
    }

    /// For the shop's page: `<script src=".../card/fields.js" data-key="pk_test_...">` inside a form puts the field there
    /// and the token into the form; `SandboxCard.mount(element, {key, onToken, onError})` does it by hand.
    ///
    /// The names that the first release had (`PracticeCard`) work on.
    private static let shopScript = """
        (function () {
          'use strict';
          var script = document.currentScript;
          var base = new URL('fields', script.src);
          function mount(place, options) {
            var url = new URL(base);
            url.search = new URLSearchParams({ key: options.key, origin: location.origin });
            var frame = document.createElement('iframe');
            frame.title = 'Card';
            frame.src = url;
            frame.style.cssText = 'border:0;width:100%;height:24rem';
            place.appendChild(frame);
            addEventListener('message', function (event) {
              if (event.origin !== base.origin || event.source !== frame.contentWindow || !event.data) return;
              if (event.data.type === 'sandbox-card-token' && options.onToken) options.onToken(event.data.token, event.data.card);
              if (event.data.type === 'sandbox-card-error' && options.onError) options.onError(event.data.message);
            });
            return frame;
          }
          window.SandboxCard = { mount: mount };
          window.PracticeCard = window.SandboxCard;
          if (!script.dataset.key) return;
          var place = document.createElement('div');
          script.after(place);
          mount(place, {
            key: script.dataset.key,
            onToken: function (token) {
              var form = place.closest('form');
              if (!form) return;
              var field = form.querySelector('input[data-sandbox-card], input[data-practice-card]') || document.createElement('input');
              field.type = 'hidden';
              field.name = script.dataset.name || 'card_token';
              field.value = token;
              field.dataset.sandboxCard = '';
              field.dataset.practiceCard = '';
              form.appendChild(field);
              form.requestSubmit();
            }
          });
        })();

        """

    /// For the frame: asks this operator for the token and hands it to the page around, and to no other.
    private static let frameScript = """
        (function () {
          'use strict';
          var query = new URLSearchParams(location.search);
          var origin = query.get('origin') || '';
          var form = document.getElementById('card');
          function say(id, text) { document.getElementById(id).textContent = text; }
          function tell(what, message) {
            if (parent === window || !/^https?:\\/\\//.test(origin)) return;
            // Under its name of the first release, too, for pages that frame this one by themselves.
            ['sandbox-card-', 'practice-card-'].forEach(function (name) {
              parent.postMessage(Object.assign({ type: name + what }, message), origin);
            });
          }
          form.addEventListener('submit', function (event) {
            event.preventDefault();
            var button = form.querySelector('button');
            var body = new URLSearchParams();
            ['number', 'exp_month', 'exp_year', 'cvc'].forEach(function (name) {
              var value = form.elements[name].value.trim();
              if (value) body.append('card[' + name + ']', value);
            });
            button.disabled = true;
            say('error', '');
            fetch('v1/tokens', {
              method: 'POST', body: body, headers: { Authorization: 'Bearer ' + (query.get('key') || '') }
            }).then(function (reply) { return reply.json(); }).then(function (answer) {
              button.disabled = false;
              if (answer.error) throw new Error(answer.error.message);
              form.reset();
              say('done', answer.card.brand + ' ' + answer.card.last4 + (parent === window ? ': ' + answer.id : ''));
              tell('token', { token: answer.id, card: { brand: answer.card.brand, last4: answer.card.last4 } });
            }).catch(function (error) {
              button.disabled = false;
              say('error', error.message);
              tell('error', { message: error.message });
            });
          });
        })();

        """
}
