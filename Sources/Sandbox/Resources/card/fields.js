// For the shop's page. As `<script src=".../card/fields.js" data-key="pk_test_...">` inside a form it puts the field there and
// the token into the form; `SandboxCard.mount(element, {key, onToken, onError})` does it by hand. The names that the first
// release had (`PracticeCard`) work on.
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
