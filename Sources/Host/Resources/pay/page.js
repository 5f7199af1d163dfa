// Follows a payment by server-sent events, or by reading the page anew where no stream is to be had, counts down, forwards
// forms, and tells an embedding shop the end.
(function() {
  'use strict';
  var main = document.querySelector('main');
  if (!main) return;
  var embedded = window.parent !== window;

  function tell(code) {
    var s = main.dataset;
    if (!embedded || !s.payment) return;
    var m = {
      source: 'payrouter',
      payment: s.payment,
      status: s.status,
      final: s.final === '1',
      ready: s.ready === '1' || !!code
    };
    if (code) m.code = code;
    window.parent.postMessage(m, '*')
  }

  function hand(f) {
    var n = main.querySelector('[data-handed]');
    tell(f.elements.code.value.trim());
    f.hidden = true;
    if (n) {
      n.hidden = false;
      n.tabIndex = -1;
      n.focus()
    }
  }

  function left() {
    document.querySelectorAll('time[data-end]').forEach(function(t) {
      var s = Math.max(0, Math.round((Number(t.dataset.end) - Date.now()) / 1000));
      t.textContent = Math.floor(s / 60) + ':' + String(s % 60).padStart(2, '0')
    })
  }

  function forward() {
    var f = main.querySelector('form[data-forward]');
    if (!f) return;
    var k = 'payrouter:' + main.dataset.payment + ':' + f.dataset.forward;
    try {
      if (sessionStorage.getItem(k)) return;
      sessionStorage.setItem(k, '1')
    } catch (e) {
      return
    }
    f.submit()
  }

  function need() {
    var c = main.querySelector('input[name=channel]:checked'),
      p = main.querySelector('[data-phone-field]');
    if (p) p.hidden = !!(c && c.dataset.phone === '0')
  }

  function dress() {
    left();
    need();
    tell();
    forward();
    main.querySelectorAll('form').forEach(function(f) {
      f.addEventListener('submit', function(e) {
        if (embedded && f.hasAttribute('data-hand')) {
          e.preventDefault();
          return hand(f)
        }
        if (f.dataset.sent) {
          e.preventDefault();
          return
        }
        f.dataset.sent = '1'
      })
    })
  }
  document.addEventListener('change', function(e) {
    if (e.target.name === 'channel') need()
  });
  setInterval(left, 1000);
  dress();
  var busy = false;

  function refresh() {
    if (busy) return;
    busy = true;
    fetch(location.pathname + location.search, {
        headers: {
          accept: 'text/html'
        }
      }).then(function(r) {
        return r.text()
      }).then(function(h) {
        var n = new DOMParser().parseFromString(h, 'text/html').querySelector('main');
        if (n && n.dataset.mark !== main.dataset.mark) {
          main.replaceWith(n);
          main = n;
          dress();
          var t = main.querySelector('h1');
          if (t) {
            t.tabIndex = -1;
            t.focus()
          }
        }
      })
      .catch(function() {}).then(function() {
        busy = false
      })
  }

  function poll() {
    if (main.dataset.final !== '1') setTimeout(function() {
      refresh();
      poll()
    }, 4000 + Math.random() * 3000)
  }
  if (main.dataset.mark && main.dataset.final !== '1' && !window.EventSource) poll();
  if (main.dataset.mark && main.dataset.final !== '1' && window.EventSource) {
    var s = new EventSource(location.pathname + '/events' + location.search);
    s.addEventListener('error', function() {
      if (s.readyState === 2) poll()
    });
    s.addEventListener('mark', function(e) {
      if (e.data !== main.dataset.mark) refresh();
      if (main.dataset.final === '1') s.close()
    });
    s.addEventListener('end', function() {
      s.close();
      refresh()
    })
  }
  window.addEventListener('pageshow', function(e) {
    if (e.persisted) refresh()
  });
})();
