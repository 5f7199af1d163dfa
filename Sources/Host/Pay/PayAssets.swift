// swift-format-ignore-file
/// The style and the script of hosted pages: served from here, nothing from elsewhere.
enum PayAssets {
    /// Contrast is at least 4.5 to 1 in both schemes; nothing is wider than 320 pixels need.
    static let style = """
        :root{color-scheme:light dark;--text:#1b1f24;--soft:#4d5661;--back:#f3f5f7;--card:#fff;--line:#8a94a0;--main:#0a4fa8;--on:#fff;--good:#0b6b3a;--bad:#a32014}
        @media(prefers-color-scheme:dark){:root{--text:#e8ecf0;--soft:#b3bcc6;--back:#14171a;--card:#1f2429;--line:#7b8591;--main:#8ab8ff;--on:#0d1115;--good:#6fd39b;--bad:#ff9d90}}
        *{box-sizing:border-box}
        body{margin:0;padding:1rem;color:var(--text);background:var(--back);font:1.05rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
        main,footer{max-width:26rem;margin-inline:auto}
        main{background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:1.2rem}
        footer{padding:.8rem 0;color:var(--soft);font-size:.9rem}
        footer a{color:inherit;display:inline-block;padding:.4rem;margin-inline-end:.4rem}
        h1{font-size:1.35rem;line-height:1.25;margin:0 0 .6rem}
        dl{display:grid;grid-template-columns:auto 1fr;gap:.2rem .9rem;margin:0 0 1rem;align-items:baseline}
        dt{color:var(--soft)}dd{margin:0;text-align:end}
        .amount{font-size:1.25rem;font-weight:700}
        fieldset{border:0;margin:0 0 1rem;padding:0}.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        .choice{display:flex;align-items:center;gap:.7rem;min-height:2.9rem;padding:.4rem .8rem;margin-bottom:.4rem;border:1px solid var(--line);border-radius:.5rem;cursor:pointer}
        .choice input{width:1.25rem;height:1.25rem;accent-color:var(--main)}
        label.field{display:block;font-weight:600;margin-bottom:1rem}
        label.field input{display:block;width:100%;margin-top:.3rem;padding:.7rem;font:inherit;color:inherit;background:var(--back);border:1px solid var(--line);border-radius:.5rem}
        [hidden]{display:none!important}form:has(input[data-phone="0"]:checked) [data-phone-field]{display:none}
        .button.app{display:none}@media(hover:none) and (pointer:coarse),(max-width:30rem){.button.app{display:block}}
        .choice .hint{display:block}
        .hint{font-weight:400;color:var(--soft);font-size:.95rem}
        button,.button{display:block;width:100%;padding:.8rem;margin:.4rem 0;font:inherit;font-weight:600;text-align:center;text-decoration:none;color:var(--on);background:var(--main);border:1px solid var(--main);border-radius:.5rem;cursor:pointer}
        .quiet{color:var(--main);background:transparent}
        :focus-visible{outline:3px solid var(--main);outline-offset:2px}
        .error{color:var(--bad);font-weight:600}
        .good{color:var(--good)}.bad{color:var(--bad)}
        .qr{display:block;width:min(100%,17rem);margin:.6rem auto;background:#fff}
        details{margin:.8rem 0}summary{cursor:pointer;padding:.4rem 0;font-weight:600}
        .time{font-variant-numeric:tabular-nums}
        """

    /// Follows the payment by server-sent events, or by reading the page anew where no stream is to be had, counts down, forwards forms, tells an embedding shop the end.
    static let script = """
        (function(){'use strict';
        var main=document.querySelector('main');if(!main)return;
        var embedded=window.parent!==window;
        function tell(code){var s=main.dataset;if(!embedded||!s.payment)return;
        var m={source:'payrouter',payment:s.payment,status:s.status,final:s.final==='1',ready:s.ready==='1'||!!code};
        if(code)m.code=code;window.parent.postMessage(m,'*')}
        function hand(f){var n=main.querySelector('[data-handed]');tell(f.elements.code.value.trim());f.hidden=true;if(n){n.hidden=false;n.tabIndex=-1;n.focus()}}
        function left(){document.querySelectorAll('time[data-end]').forEach(function(t){
        var s=Math.max(0,Math.round((Number(t.dataset.end)-Date.now())/1000));
        t.textContent=Math.floor(s/60)+':'+String(s%60).padStart(2,'0')})}
        function forward(){var f=main.querySelector('form[data-forward]');if(!f)return;
        var k='payrouter:'+main.dataset.payment+':'+f.dataset.forward;
        try{if(sessionStorage.getItem(k))return;sessionStorage.setItem(k,'1')}catch(e){return}f.submit()}
        function need(){var c=main.querySelector('input[name=channel]:checked'),p=main.querySelector('[data-phone-field]');
        if(p)p.hidden=!!(c&&c.dataset.phone==='0')}
        function dress(){left();need();tell();forward();
        main.querySelectorAll('form').forEach(function(f){f.addEventListener('submit',function(e){
        if(embedded&&f.hasAttribute('data-hand')){e.preventDefault();return hand(f)}
        if(f.dataset.sent){e.preventDefault();return}f.dataset.sent='1'})})}
        document.addEventListener('change',function(e){if(e.target.name==='channel')need()});
        setInterval(left,1000);dress();
        var busy=false;
        function refresh(){if(busy)return;busy=true;
        fetch(location.pathname+location.search,{headers:{accept:'text/html'}}).then(function(r){return r.text()}).then(function(h){
        var n=new DOMParser().parseFromString(h,'text/html').querySelector('main');
        if(n&&n.dataset.mark!==main.dataset.mark){main.replaceWith(n);main=n;dress();
        var t=main.querySelector('h1');if(t){t.tabIndex=-1;t.focus()}}})
        .catch(function(){}).then(function(){busy=false})}
        function poll(){if(main.dataset.final!=='1')setTimeout(function(){refresh();poll()},4000+Math.random()*3000)}
        if(main.dataset.mark&&main.dataset.final!=='1'&&!window.EventSource)poll();
        if(main.dataset.mark&&main.dataset.final!=='1'&&window.EventSource){
        var s=new EventSource(location.pathname+'/events'+location.search);
        s.addEventListener('error',function(){if(s.readyState===2)poll()});
        s.addEventListener('mark',function(e){if(e.data!==main.dataset.mark)refresh();if(main.dataset.final==='1')s.close()});
        s.addEventListener('end',function(){s.close();refresh()})}
        window.addEventListener('pageshow',function(e){if(e.persisted)refresh()});
        })();
        """
}
