// Search without a server, and a menu that follows the reader. The index is made from the page's own headings, so nothing is
// there twice; without this script the page is whole. What is found is put in as text, never as markup.
(function() {
  'use strict';
  var box = document.querySelector('[role=search]'),
    field = document.getElementById('search'),
    found = document.getElementById('found'),
    count = document.getElementById('count'),
    menu = document.getElementById('menu'),
    narrow = window.matchMedia('(max-width:61.99rem)'),
    index = [];

  function plain(t) {
    return t.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '')
  }

  function add(to, title, place, text) {
    index.push({
      to: to,
      title: title,
      place: place,
      head: plain(title),
      all: plain(title + ' ' + text)
    })
  }
  var chapter = '';
  document.querySelectorAll('main h2,main h3').forEach(function(h) {
    if (h.tagName === 'H2') chapter = h.textContent;
    var part = h.parentElement,
      id = h.id || (part.tagName === 'SECTION' && part.id),
      text = '';
    if (!id) return;
    for (var n = h.nextElementSibling; n && !/^(H2|H3|SECTION)$/.test(n.tagName); n = n.nextElementSibling)
      if (n.className !== 'run') text += ' ' + n.textContent;
    add('#' + id, h.textContent, h.tagName === 'H2' ? '' : chapter, text)
  });
  document.querySelectorAll('#errors ~ .scroll tr').forEach(function(r) {
    var a = r.querySelector('a');
    if (a) add(a.getAttribute('href'), a.textContent, 'Errors', r.textContent)
  });

  function show() {
    var words = plain(field.value).split(/\s+/).filter(Boolean),
      hits = [];
    if (words.length) index.forEach(function(e, i) {
      var score = 0;
      for (var k = 0; k < words.length; k++) {
        var w = words[k];
        if (e.all.indexOf(w) < 0) return;
        score += e.head === w ? 9 : e.head.indexOf(w) === 0 ? 6 : e.head.indexOf(w) >= 0 ? 4 : 1
      }
      hits.push({
        e: e,
        s: score,
        i: i
      })
    });
    hits.sort(function(a, b) {
      return b.s - a.s || a.i - b.i
    });
    found.textContent = '';
    hits.slice(0, 15).forEach(function(h) {
      var li = document.createElement('li'),
        a = document.createElement('a');
      a.href = h.e.to;
      a.textContent = h.e.title;
      if (h.e.place) {
        var s = document.createElement('small');
        s.textContent = h.e.place;
        a.appendChild(s)
      }
      li.appendChild(a);
      found.appendChild(li)
    });
    count.textContent = !words.length ? '' : hits.length ? hits.length + (hits.length === 1 ? ' place' : ' places') :
      'Nothing found'
  }
  field.addEventListener('input', show);
  field.addEventListener('keydown', function(e) {
    var first = found.querySelector('a');
    if (e.key === 'Enter' && first) {
      e.preventDefault();
      first.click()
    }
    if (e.key === 'ArrowDown' && first) {
      e.preventDefault();
      first.focus()
    }
    if (e.key === 'Escape') {
      field.value = '';
      show()
    }
  });
  found.addEventListener('keydown', function(e) {
    var step = {
      ArrowDown: 1,
      ArrowUp: -1
    } [e.key];
    if (!step) return;
    e.preventDefault();
    var all = Array.prototype.slice.call(found.querySelectorAll('a')),
      at = all.indexOf(document.activeElement) + step;
    if (at < 0) field.focus();
    else if (all[at]) all[at].focus()
  });
  document.addEventListener('keydown', function(e) {
    if (e.key === '/' && !e.ctrlKey && !e.metaKey && !e.altKey && !/^(INPUT|SELECT|TEXTAREA)$/.test(document
        .activeElement.tagName)) {
      e.preventDefault();
      field.focus()
    }
  });

  function fit() {
    menu.open = !narrow.matches
  }
  narrow.addEventListener('change', fit);
  fit();
  menu.addEventListener('click', function(e) {
    if (narrow.matches && e.target.tagName === 'A') menu.open = false
  });
  var links = {};
  menu.querySelectorAll('a').forEach(function(a) {
    links[a.getAttribute('href').slice(1)] = a
  });
  if (window.IntersectionObserver) {
    var now = null,
      watch = new IntersectionObserver(function(all) {
        all.forEach(function(o) {
          if (!o.isIntersecting) return;
          var a = links[o.target.id];
          if (!a || a === now) return;
          if (now) now.removeAttribute('aria-current');
          a.setAttribute('aria-current', 'true');
          now = a;
          if (!narrow.matches) {
            var nav = menu.parentElement,
              r = a.getBoundingClientRect(),
              b = nav.getBoundingClientRect();
            if (r.top < b.top || r.bottom > b.bottom) nav.scrollTop += r.top - b.top - b.height / 3
          }
        })
      }, {
        rootMargin: '0px 0px -80% 0px'
      });
    Object.keys(links).forEach(function(id) {
      var t = document.getElementById(id);
      if (t) watch.observe(t)
    })
  }
  box.hidden = false;
})();
