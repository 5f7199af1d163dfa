// Puts a button where the tag stands, opens the hosted page in a dialog, asks the shop's server to accept the amount, and hands
// the end to the shop's form.
(function() {
  'use strict';
  var tag = document.currentScript;
  if (!tag) return;
  var data = tag.dataset,
    base = new URL(tag.src).origin,
    form = tag.closest('form');

  function nonce() {
    var b = new Uint8Array(16);
    crypto.getRandomValues(b);
    return Array.prototype.map.call(b, function(x) {
      return ('0' + x.toString(16)).slice(-2)
    }).join('')
  }

  function key() {
    var k = 'payrouter:' + location.pathname + ':' + [data.amount, data.currency, data.reference].join(':');
    try {
      var n = sessionStorage.getItem(k);
      if (!n) {
        n = nonce();
        sessionStorage.setItem(k, n)
      }
      return n
    } catch (e) {
      return nonce()
    }
  }

  function forget() {
    try {
      sessionStorage.removeItem('payrouter:' + location.pathname + ':' + [data.amount, data.currency, data.reference]
        .join(':'))
    } catch (e) {}
  }

  function given() {
    try {
      var u = new URL(data.payment);
      if (u.origin === base && /\/pay\/pay_[0-9A-Za-z]+$/.test(u.pathname)) {
        if (data.lang) u.searchParams.set('lang', data.lang);
        return u.href
      }
    } catch (e) {}
    console.error('payrouter: data-payment must be a hosted_url; an id alone opens nothing');
    return ''
  }

  function address() {
    if ('payment' in data) return given();
    var q = new URLSearchParams();
    q.set('key', data.key || '');
    q.set('amount', data.amount || '');
    q.set('currency', data.currency || '');
    q.set('nonce', key());
    ['reference', 'description', 'channel'].forEach(function(n) {
      if (data[n]) q.set(n, data[n])
    });
    if (data.lang) q.set('lang', data.lang);
    return base + '/checkout?' + q
  }
  var asked = '';

  function ask(m) {
    var q = new URLSearchParams();
    q.set('payment_id', m.payment);
    q.set('payment_status', m.status);
    if (m.code) q.set('payment_code', m.code);
    var t = q.toString();
    if (t === asked) return;
    asked = t;
    fetch(data.accept, {
      method: 'POST',
      body: q
    }).then(function(r) {
      if (!r.ok) asked = ''
    }).catch(function() {
      asked = ''
    })
  }

  function field(name, value) {
    if (!form) return;
    var f = form.querySelector('input[name="' + name + '"]');
    if (!f) {
      f = document.createElement('input');
      f.type = 'hidden';
      f.name = name;
      form.appendChild(f)
    }
    f.value = value
  }

  function open() {
    var to = address();
    if (!to) return;
    var d = document.createElement('dialog'),
      f = document.createElement('iframe'),
      x = document.createElement('button'),
      result = null;
    d.setAttribute('aria-label', data.label || 'Payment');
    d.style.cssText =
      'padding:0;border:0;border-radius:12px;width:min(100vw,30rem);height:min(100vh,44rem);max-width:100vw;max-height:100vh;overflow:hidden';
    f.src = to;
    f.title = data.label || 'Payment';
    f.allow = 'payment';
    f.style.cssText = 'border:0;width:100%;height:calc(100% - 3rem);display:block';
    x.type = 'button';
    x.textContent = '\u00D7';
    x.setAttribute('aria-label', data.close || 'Close');
    x.style.cssText =
      'display:block;margin-inline-start:auto;width:3rem;height:3rem;font-size:1.5rem;border:0;background:none;cursor:pointer';

    function hear(e) {
      if (e.origin !== base || e.source !== f.contentWindow || !e.data || e.data.source !== 'payrouter') return;
      result = e.data;
      tag.dispatchEvent(new CustomEvent('payrouter', {
        detail: e.data,
        bubbles: true
      }));
      if (e.data.final) {
        forget();
        setTimeout(function() {
          d.close()
        }, 1500)
      } else if (e.data.status === 'awaiting_acceptance') {
        if (data.accept) ask(e.data);
        else if (e.data.ready && form && data.submit !== 'false') d.close()
      }
    }

    function end() {
      window.removeEventListener('message', hear);
      d.remove();
      button.focus();
      if (result) {
        field('payment_id', result.payment);
        field('payment_status', result.status);
        if (result.code) field('payment_code', result.code);
        if ((result.final || (result.ready && !data.accept)) && form && data.submit !== 'false') {
          if (form.requestSubmit) form.requestSubmit();
          else form.submit()
        }
      }
    }
    window.addEventListener('message', hear);
    d.addEventListener('close', end);
    x.addEventListener('click', function() {
      d.close()
    });
    d.appendChild(x);
    d.appendChild(f);
    document.body.appendChild(d);
    d.showModal()
  }
  var button = document.createElement('button');
  button.type = 'button';
  button.className = 'payrouter-button';
  button.textContent = data.label || 'Pay';
  button.addEventListener('click', open);
  tag.parentNode.insertBefore(button, tag.nextSibling);
})();
