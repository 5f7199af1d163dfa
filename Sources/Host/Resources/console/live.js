// Shows what changed of an order while its page is open. Where there is no stream, or no script, the page is read anew by hand.
(function() {
  'use strict';
  var main = document.querySelector('main[data-live]');
  if (!main || !window.EventSource) return;
  var source = new EventSource(main.dataset.live),
    said = document.getElementById('live'),
    busy = false,
    late = false;

  // Nobody's typing is thrown away, and nobody's place on the page.
  function typing() {
    var at = document.activeElement;
    return (main.contains(at) && at !== main) || Array.prototype.some.call(main.querySelectorAll('input, textarea'), function(f) {
      return f.value !== f.defaultValue
    })
  }

  function refresh() {
    late = busy || typing();
    if (late) return;
    busy = true;
    fetch(main.dataset.page, {
        headers: {
          accept: 'text/html'
        }
      }).then(function(r) {
        return r.text()
      }).then(function(h) {
        var n = new DOMParser().parseFromString(h, 'text/html').querySelector('main[data-live]');
        if (!n) return source.close();
        if (n.dataset.mark === main.dataset.mark) return;
        if (typing()) {
          late = true;
          return
        }
        main.replaceWith(n);
        main = n;
        var lead = main.querySelector('.lead');
        if (said && lead) said.textContent = lead.textContent
      })
      .catch(function() {}).then(function() {
        busy = false;
        if (late && !typing()) refresh()
      })
  }
  document.addEventListener('focusout', function() {
    if (late) setTimeout(refresh, 0)
  });
  source.addEventListener('mark', function(e) {
    if (e.data !== main.dataset.mark) refresh()
  });
  source.addEventListener('end', function() {
    source.close()
  })
})();
