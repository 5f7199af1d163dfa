// "Try it": sends a call of the reference from this page, and shows what came back. A key lies in its field and nowhere else:
// not in storage, not in an address, not in the line for curl. Everything shown is put in as text, never as markup.
(function() {
  'use strict';
  var base = new URL('./', document.baseURI),
    longest = 200000,
    fields = {
      key: document.getElementById('trying-key'),
      holder: document.getElementById('trying-holder')
    },
    variables = {
      key: 'PAYROUTER_KEY',
      holder: 'HOLDER_TOKEN'
    },
    shown = ['Request-Id', 'Original-Request-Id', 'Idempotent-Replayed', 'Location', 'Retry-After', 'RateLimit',
      'Content-Type'
    ],
    secret = 'This is a secret key of production: it moves real money, and has no place in a browser. It was not used. ' +
    'Make new keys if others may have seen it.';

  // A secret key of anything but the sandbox, wherever it stands.
  function isForbidden(text) {
    return /sk_(?!sandbox_)[a-z]+_/i.test(text)
  }

  function add(to, tag, text) {
    var e = document.createElement(tag);
    if (text !== undefined) e.textContent = text;
    to.appendChild(e);
    return e
  }

  function fresh() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, function(b) {
      return b.toString(16).padStart(2, '0')
    }).join('')
  }

  function quoted(text) {
    return "'" + text.replace(/'/g, "'\\''") + "'"
  }

  // JSON with a member on each line; the text between stays as it came, long numbers too.
  function indented(text) {
    try {
      JSON.parse(text)
    } catch (e) {
      return text
    }
    var out = '',
      margin = '\n';
    (text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) || []).forEach(function(part, i, all) {
      if (part === '{' || part === '[') {
        margin += '  ';
        out += part + (/^[}\]]$/.test(all[i + 1]) ? '' : margin)
      } else if (part === '}' || part === ']') {
        margin = margin.slice(0, -2);
        out += (/^[{[]$/.test(all[i - 1]) ? '' : margin) + part
      } else out += part === ',' ? part + margin : part === ':' ? ': ' : part
    });
    return out
  }

  // What a form asks for: where, with which headers and body.
  function read(details) {
    var path = details.dataset.path,
      query = [],
      headers = [],
      body = details.querySelector('textarea'),
      fault = '';
    details.querySelectorAll('[data-in]').forEach(function(field) {
      var name = field.dataset.name,
        value = field.value.trim();
      if (field.dataset.in === 'path') {
        if (!value) fault = name + ' is part of the address, and is needed.';
        if (/^\.{1,2}$/.test(value)) fault = name + ' cannot be dots alone: a browser takes them for another address.';
        path = path.replace('{' + name + '}', encodeURIComponent(value || name.toUpperCase()))
      } else if (!value) return;
      else if (field.dataset.in === 'header') {
        if (/[^\x20-\x7e]/.test(value)) fault = name + ' is a header: letters, digits and signs of ASCII only.';
        headers.push([name, value])
      } else {
        var at = value.indexOf('=');
        if (field.dataset.deep && at < 0) fault = name + ' is written as name=value.';
        else if (field.dataset.deep) {
          name += '[' + value.slice(0, at) + ']';
          value = value.slice(at + 1)
        }
        query.push(encodeURIComponent(name) + '=' + encodeURIComponent(value))
      }
    });
    return {
      method: details.dataset.method,
      access: details.dataset.access,
      url: base.href.replace(/\/$/, '') + path + (query.length ? '?' + query.join('&') : ''),
      headers: headers,
      body: body && body.value.trim() ? body.value : null,
      fault: fault
    }
  }

  // The same call for a shell, with the key in a variable of the shell's.
  function line(call) {
    var usual = call.body === null ? 'GET' : 'POST',
      words = ['curl -i ' + (call.method === usual ? '' : '-X ' + call.method + ' ') + quoted(call.url)];
    if (variables[call.access]) words.push('-H "Authorization: Bearer $' + variables[call.access] + '"');
    call.headers.forEach(function(h) {
      words.push('-H ' + quoted(h[0] + ': ' + h[1]))
    });
    if (call.body !== null) words.push("-H 'Content-Type: application/json'", '--data-raw ' + quoted(call.body));
    return words.join(' \\\n  ')
  }

  function say(place, text, address) {
    place.textContent = '';
    var p = add(place, 'p', text);
    p.className = 'fault';
    if (address) {
      var a = add(p, 'a', 'Type it at the top of the page.');
      a.href = '#' + address;
      a.addEventListener('click', function(e) {
        e.preventDefault();
        document.getElementById(address).focus()
      })
    }
  }

  function answered(place, response, bytes, took) {
    place.textContent = '';
    var type = response.headers.get('Content-Type') || '',
      line = add(place, 'p');
    add(line, 'strong', response.status + ' ' + response.statusText).className = 'status';
    add(line, 'span', ' in ' + Math.round(took) + ' ms');
    var list = add(place, 'dl');
    shown.forEach(function(name) {
      var value = response.headers.get(name);
      if (value === null) return;
      add(list, 'dt', name);
      add(list, 'dd', value)
    });
    if (!bytes.byteLength) {
      add(place, 'p', 'The answer has no body.');
      return
    }
    if (!/json|text|xml/.test(type)) {
      add(place, 'p', bytes.byteLength + ' bytes that are no text.');
      return
    }
    var text = new TextDecoder().decode(bytes),
      pre = document.createElement('pre');
    if (/json/.test(type)) text = indented(text);
    if (text.length > longest) add(place, 'p', 'The first ' + longest + ' of ' + text.length + ' characters:');
    pre.tabIndex = 0;
    add(pre, 'code', text.slice(0, longest));
    place.appendChild(pre)
  }

  function send(details, place) {
    var call = read(details),
      key = fields[call.access] ? fields[call.access].value.trim() : '',
      headers = {};
    if (call.fault) return say(place, call.fault);
    if (isForbidden(JSON.stringify(call) + key)) return say(place, secret);
    if (fields[call.access] && !key)
      return say(place, call.access === 'key' ? 'This call needs a key. ' : "This call needs a holder's token. ",
        fields[call.access].id);
    call.headers.forEach(function(h) {
      headers[h[0]] = h[1]
    });
    if (key) headers.Authorization = 'Bearer ' + key;
    if (call.body !== null) headers['Content-Type'] = 'application/json';
    if (place.dataset.waits) return;
    place.dataset.waits = '1';
    place.textContent = '';
    add(place, 'p', 'Sent; waiting for the answer.');
    var began = performance.now();
    // Cookies stay at home: what is tried is what the key may do.
    fetch(call.url, {
      method: call.method,
      headers: headers,
      body: call.body === null ? undefined : call.body,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout ? AbortSignal.timeout(60000) : undefined
    }).then(function(response) {
      var took = performance.now() - began;
      return response.arrayBuffer().then(function(bytes) {
        answered(place, response, bytes, took)
      })
    }).catch(function(e) {
      say(place, 'Not answered: ' + e.message + '. Whether the router got it is not known.')
    }).then(function() {
      delete place.dataset.waits
    })
  }

  function prepare(run) {
    var details = run.querySelector('details'),
      form = run.querySelector('form'),
      place = run.querySelector('.said'),
      curl = run.querySelector('.curl code'),
      copy = run.querySelector('.copy'),
      body = form.querySelector('textarea'),
      examples = form.querySelector('.examples'),
      texts = run.parentElement.querySelectorAll('pre.body');

    function show() {
      curl.textContent = line(read(details))
    }
    form.querySelectorAll('[data-fresh]').forEach(function(field) {
      var button = document.createElement('button');
      button.type = 'button';
      button.textContent = 'Another key';
      button.addEventListener('click', function() {
        field.value = fresh();
        show()
      });
      field.value = fresh();
      field.after(button)
    });
    if (examples) examples.addEventListener('change', function() {
      body.value = texts[+examples.value].textContent;
      show()
    });
    form.addEventListener('input', show);
    form.addEventListener('submit', function(e) {
      e.preventDefault();
      show();
      send(details, place)
    });
    copy.addEventListener('click', function() {
      var done = function() {
        copy.textContent = 'Copied'
      };
      setTimeout(function() {
        copy.textContent = 'Copy the line'
      }, 3000);
      // Without https there is no clipboard for scripts: the line is marked, so that it can be copied by hand.
      var mark = function() {
        getSelection().selectAllChildren(curl);
        copy.textContent = 'Marked'
      };
      if (navigator.clipboard) navigator.clipboard.writeText(curl.textContent).then(done, mark);
      else mark()
    });
    // The line as it stands is made for no form in particular; from here on it is this form's.
    details.addEventListener('toggle', function() {
      if (details.open) show()
    });
    details.hidden = copy.hidden = false
  }

  var said = document.getElementById('trying-said');
  Object.keys(fields).forEach(function(name) {
    fields[name].addEventListener('input', function() {
      var text = fields[name].value.trim();
      said.textContent = '';
      if (isForbidden(text)) {
        fields[name].value = '';
        said.textContent = secret
      } else if (/[^\x21-\x7e]/.test(text)) {
        fields[name].value = '';
        said.textContent = 'A key has letters, digits and signs only, and no spaces.'
      }
    })
  });
  // Whoever comes back to the page types them again.
  addEventListener('pagehide', function() {
    Object.keys(fields).forEach(function(name) {
      fields[name].value = ''
    })
  });
  document.querySelectorAll('.run').forEach(prepare);
  document.getElementById('trying').hidden = false;
})();
