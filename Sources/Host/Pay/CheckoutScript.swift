// swift-format-ignore-file
/// `checkout.js`: what a shop's page embeds with one script tag.
enum CheckoutScript {
    /// Puts a button where the tag stands, opens the hosted page in a dialog, and hands the end to the shop's form.
    static let text = """
        (function(){'use strict';
        var tag=document.currentScript;if(!tag)return;
        var data=tag.dataset,base=new URL(tag.src).origin,form=tag.closest('form');
        function nonce(){var b=new Uint8Array(16);crypto.getRandomValues(b);
        return Array.prototype.map.call(b,function(x){return('0'+x.toString(16)).slice(-2)}).join('')}
        function key(){var k='payrouter:'+location.pathname+':'+[data.amount,data.currency,data.reference].join(':');
        try{var n=sessionStorage.getItem(k);if(!n){n=nonce();sessionStorage.setItem(k,n)}return n}catch(e){return nonce()}}
        function forget(){try{sessionStorage.removeItem('payrouter:'+location.pathname+':'+[data.amount,data.currency,data.reference].join(':'))}catch(e){}}
        function address(){var q=new URLSearchParams();q.set('key',data.key||'');
        if(data.payment)q.set('payment',data.payment);
        else{q.set('amount',data.amount||'');q.set('currency',data.currency||'');q.set('nonce',key());
        ['reference','description','channel'].forEach(function(n){if(data[n])q.set(n,data[n])})}
        if(data.lang)q.set('lang',data.lang);return base+'/checkout?'+q}
        function field(name,value){if(!form)return;var f=form.querySelector('input[name="'+name+'"]');
        if(!f){f=document.createElement('input');f.type='hidden';f.name=name;form.appendChild(f)}f.value=value}
        function open(){var d=document.createElement('dialog'),f=document.createElement('iframe'),x=document.createElement('button'),result=null;
        d.setAttribute('aria-label',data.label||'Payment');
        d.style.cssText='padding:0;border:0;border-radius:12px;width:min(100vw,30rem);height:min(100vh,44rem);max-width:100vw;max-height:100vh;overflow:hidden';
        f.src=address();f.title=data.label||'Payment';f.allow='payment';
        f.style.cssText='border:0;width:100%;height:calc(100% - 3rem);display:block';
        x.type='button';x.textContent='\u{00D7}';x.setAttribute('aria-label',data.close||'Close');
        x.style.cssText='display:block;margin-inline-start:auto;width:3rem;height:3rem;font-size:1.5rem;border:0;background:none;cursor:pointer';
        function hear(e){if(e.origin!==base||e.source!==f.contentWindow||!e.data||e.data.source!=='payrouter')return;
        result=e.data;tag.dispatchEvent(new CustomEvent('payrouter',{detail:e.data,bubbles:true}));
        if(e.data.final){forget();setTimeout(function(){d.close()},1500)}}
        function end(){window.removeEventListener('message',hear);d.remove();button.focus();
        if(result){field('payment_id',result.payment);field('payment_status',result.status);
        if(result.final&&form&&data.submit!=='false'){if(form.requestSubmit)form.requestSubmit();else form.submit()}}}
        window.addEventListener('message',hear);d.addEventListener('close',end);x.addEventListener('click',function(){d.close()});
        d.appendChild(x);d.appendChild(f);document.body.appendChild(d);d.showModal()}
        var button=document.createElement('button');button.type='button';button.className='payrouter-button';
        button.textContent=data.label||'Pay';button.addEventListener('click',open);
        tag.parentNode.insertBefore(button,tag.nextSibling);
        })();
        """
}
