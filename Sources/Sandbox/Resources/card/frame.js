// For the frame: asks this operator for the token and hands it to the page around, and to no other.
(function () {
  'use strict';
  var query = new URLSearchParams(location.search);
  var origin = query.get('origin') || '';
  var form = document.getElementById('card');
  function say(id, text) { document.getElementById(id).textContent = text; }
  function tell(what, message) {
    if (parent === window || !/^https?:\/\//.test(origin)) return;
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
