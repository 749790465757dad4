'use strict';
// One screen for each column; events of the server change them in place.
const $ = (sel, at = document) => at.querySelector(sel);
const el = (tag, cls, text) => { const e = document.createElement(tag); if (cls) e.className = cls; if (text) e.textContent = text; return e; };
let screens = [], source, about = '';

async function post(path, fields, status = $('#status')) {
  const form = new FormData();
  for (const [k, v] of Object.entries(fields || {})) for (const x of [].concat(v)) form.append(k, x);
  try {
    const r = await fetch('demo/' + path, { method: 'POST', body: form });
    if (!r.ok) return say(await r.text());
  } catch { say('Program di komputer ini tidak menjawab.'); }
}
let sayTimer;
function say(text) { $('#status').textContent = text; clearTimeout(sayTimer); sayTimer = setTimeout(() => { $('#status').textContent = ''; }, 4000); }

async function load() {
  if (source) source.close();
  let state;
  try { state = await (await fetch('demo/state')).json(); } catch { setTimeout(load, 1000); return; }
  about = state.about;
  const shown = Math.max(0, screens.findIndex(s => s.root.classList.contains('shown')));
  $('#screens').replaceChildren(); $('#tabs').replaceChildren();
  screens = state.screens.map(build);
  show(shown);
  source = new EventSource('demo/events?after=' + state.last);
  source.onmessage = m => take(JSON.parse(m.data));
  source.addEventListener('reload', load);
  source.onerror = () => { source.close(); setTimeout(load, 1000); };
}

function build(s, i) {
  const root = $('#screen').content.firstElementChild.cloneNode(true);
  const sc = { ...s, root, chat: $('.chat', root), byId: new Map(), i };
  root.id = 'screen' + i; $('h2', root).textContent = s.title;
  hint(sc);
  root.setAttribute('aria-label', s.title);
  const tab = el('button', '', s.title.split(', ').pop()); tab.setAttribute('role', 'tab'); tab.onclick = () => show(i);
  tab.setAttribute('aria-controls', root.id); sc.tab = tab; $('#tabs').append(tab); $('#screens').append(root);
  s.messages.forEach(m => put(sc, m));
  if (s.private && !s.messages.length) greet(sc);
  board(sc, s.board);
  const form = $('form', root), box = $('textarea', root), popup = $('.popup', root), files = $('input', root);
  const fit = () => { box.style.height = 'auto'; box.style.height = Math.min(box.scrollHeight + 2, 128) + 'px'; };
  box.oninput = fit;
  box.onkeydown = e => {
    if (e.key === 'Enter' && !e.shiftKey) { e.preventDefault(); form.requestSubmit(); }
    if (e.key === 'Escape') { popup.hidden = true; stopEdit(sc); }
  };
  form.onsubmit = e => {
    e.preventDefault();
    const text = box.value; if (!text.trim()) return;
    if (sc.edits) act(sc, { do: 'edit', message: sc.edits, text }); else act(sc, { do: 'say', text });
    box.value = ''; stopEdit(sc); fit();
  };
  $('.menu', root).onclick = () => menu(sc, sc.commands.map(c => ['/' + c.command, c.description, () => act(sc, { do: 'say', text: '/' + c.command })]));
  $('.attach', root).onclick = () => {
    const pick = kind => () => { files.accept = kind === 'photo' ? 'image/*' : ''; files.onchange = () => { act(sc, { do: kind, text: box.value, file: [...files.files] }); files.value = ''; box.value = ''; }; files.click(); };
    const list = [['Foto', 'satu atau beberapa', pick('photo')], ['Berkas', '', pick('document')]];
    if (s.private) list.push(['Kontak saya', '', () => act(sc, { do: 'contact' })], ['Kontak orang lain', '', () => act(sc, { do: 'card' })], ['Lokasi', '', () => act(sc, { do: 'location' })]);
    list.push(['Stiker', '', () => act(sc, { do: 'sticker' })], ['Pesan suara', '', () => act(sc, { do: 'voice' })], ['Polling', '', () => act(sc, { do: 'poll' })]);
    if (s.private) list.push(['Blokir bot', '', () => act(sc, { do: 'block' })], ['Buka blokir', '', () => act(sc, { do: 'unblock' })]);
    menu(sc, list);
  };
  $('.editing button', root).onclick = () => stopEdit(sc);
  sc.chat.scrollTop = sc.chat.scrollHeight;
  return sc;
}

// greet is what Telegram shows in a chat with a bot that nobody started.
function greet(sc) {
  const box = el('div', 'greet'), b = el('button', '', 'MULAI');
  box.append(el('b', '', 'Apa yang bisa dilakukan bot ini?'), el('p', '', about || 'Bot laporan WKSBM'), b);
  b.type = 'button'; b.onclick = () => act(sc, { do: 'say', text: '/start' });
  sc.greeting = box; sc.chat.append(box);
}

// hint says what to try on this screen, until it is put away.
function hint(sc) {
  const box = $('.hint', sc.root), key = 'hint ' + sc.person + ' ' + sc.chat_id; $('span', box).textContent = sc.hint || '';
  let away = false; try { away = sessionStorage.getItem(key); } catch { /* shown each time */ }
  box.hidden = !sc.hint || !!away;
  $('button', box).onclick = () => { box.hidden = true; try { sessionStorage.setItem(key, '1'); } catch { /* shown each time */ } };
}

function act(sc, fields) { return post('act', { person: sc.person_id, chat: sc.chat_id, ...fields }); }

function menu(sc, list) {
  const popup = $('.popup', sc.root);
  if (!popup.hidden) { popup.hidden = true; return; }
  popup.replaceChildren(...list.map(([label, about, go]) => {
    const b = el('button', '', label); b.type = 'button';
    if (about) b.append(' ', el('small', '', about));
    b.onclick = () => { popup.hidden = true; go(); };
    return b;
  }));
  if (!list.length) popup.append(el('button', '', 'Belum ada perintah'));
  popup.hidden = false; popup.firstElementChild.focus();
  popup.onkeydown = e => { if (e.key === 'Escape') { popup.hidden = true; $('textarea', sc.root).focus(); } };
}

function show(i) {
  screens.forEach((s, j) => { s.root.classList.toggle('shown', i === j); s.tab.setAttribute('aria-selected', i === j); });
  if (screens[i]) { screens[i].tab.classList.remove('news'); screens[i].chat.scrollTop = screens[i].chat.scrollHeight; }
}

function take(e) {
  if (e.kind === 'migrate' || e.kind === 'commands') return load();
  for (const sc of screens) {
    if (sc.chat_id !== e.chat) continue;
    if (e.kind === 'toast') { if (e.person === sc.person_id && e.text) toast(sc, e.text); continue; }
    if (e.kind === 'message' || e.kind === 'edit' || e.kind === 'reaction') put(sc, e.message);
    if (e.kind === 'delete') { sc.byId.get(e.message.id)?.remove(); sc.byId.delete(e.message.id); }
    if (e.kind === 'pin') sc.chat.append(el('div', 'service', '📌 ' + e.message.text.split('\n')[0]));
    if (e.kind === 'block' || e.kind === 'unblock') sc.chat.append(el('div', 'service', e.kind === 'block' ? 'Bot diblokir' : 'Blokir dibuka'));
    board(sc, e.board);
    if (!sc.root.classList.contains('shown')) sc.tab.classList.add('news');
  }
}

function toast(sc, text) {
  const t = $('.toast', sc.root); t.textContent = text; t.hidden = false;
  clearTimeout(sc.toastTimer); sc.toastTimer = setTimeout(() => { t.hidden = true; }, 3500);
}

function put(sc, m) {
  const near = sc.chat.scrollHeight - sc.chat.scrollTop - sc.chat.clientHeight < 120;
  const node = draw(sc, m), old = sc.byId.get(m.id);
  sc.greeting?.remove();
  if (old) old.replaceWith(node); else sc.chat.append(node);
  sc.byId.set(m.id, node);
  if (!old || near) requestAnimationFrame(() => { sc.chat.scrollTop = sc.chat.scrollHeight; });
}

const services = s => s.joined ? 'bot ditambahkan' : s.left ? 'keluar' : 'grup menjadi supergrup';

function draw(sc, m) {
  if (m.kind === 'service') return el('div', 'service', services(m.service));
  const mine = m.from === sc.person_id, box = el('div', 'msg' + (mine ? ' mine' : ''));
  const bubble = el('div', 'bubble');
  if (!sc.private && !mine) bubble.append(el('div', 'name', m.name));
  const to = m.reply_to && sc.chat.querySelector(`[data-id="${m.reply_to}"] .text`);
  if (to) bubble.append(el('span', 'quote', to.textContent));
  if (m.kind === 'photo') {
    const a = el('a'), img = el('img'); a.href = img.src = 'demo/file/' + m.file.id; a.target = '_blank'; img.alt = 'Foto'; a.append(img); bubble.append(a);
  } else if (m.kind === 'document') {
    const name = m.file.name || 'berkas', a = el('a', 'doc'), about = el('span');
    a.href = 'demo/file/' + m.file.id; a.download = name; a.title = 'Unduh'; a.onclick = e => e.stopPropagation();
    about.append(el('b', '', name), el('small', '', size(m.file.size) + ' · Unduh'));
    a.append(el('i', '', (/\.(\w{1,4})$/.exec(name) || ['', 'file'])[1].toUpperCase()), about); bubble.append(a);
  } else if (m.kind !== 'text') {
    bubble.append({ contact: '👤 ' + m.contact?.name + ' ' + m.contact?.phone, location: '📍 Lokasi', sticker: '👍', voice: '🎤 Pesan suara', poll: '📊 Polling' }[m.kind] || m.kind);
  }
  const text = el('span', 'text'); rich(sc, text, m.text || '', m.entities || []); bubble.append(text);
  const at = new Date(m.at).toLocaleTimeString('id-ID', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Makassar' });
  bubble.append(el('span', 'time', (m.edited && mine ? 'diubah ' : '') + at));
  if (mine) {
    bubble.tabIndex = 0; bubble.setAttribute('role', 'button'); bubble.title = 'Ubah atau hapus';
    const open = () => menu(sc, (m.kind === 'text' ? [['Ubah pesan', '', () => edit(sc, m)]] : []).concat([['Hapus pesan', '', () => act(sc, { do: 'delete', message: m.id })]]));
    bubble.onclick = open; bubble.onkeydown = e => { if (e.key === 'Enter') open(); };
  }
  if (m.reaction) bubble.append(el('span', 'reaction', m.reaction));
  box.dataset.id = m.id; box.append(bubble);
  if (m.buttons) box.append(rows(sc, m));
  return box;
}

function size(n) { return n < 1e6 ? Math.max(1, Math.round(n / 1e3)) + ' kB' : (n / 1e6).toFixed(1).replace('.', ',') + ' MB'; }

function rows(sc, m) {
  const out = el('div', 'rows');
  for (const row of m.buttons) {
    const line = el('div', row.length > 4 ? 'tight' : '');
    for (const b of row) {
      if (b.url) { const a = el('a', '', b.label + ' ↗'); a.href = b.url; a.target = '_blank'; a.rel = 'noopener'; follow(sc, a); line.append(a); continue; }
      const x = el('button', '', b.label); x.type = 'button'; x.disabled = !!b.off;
      x.onclick = () => b.copy ? navigator.clipboard.writeText(b.copy).then(() => toast(sc, 'Disalin')) : act(sc, { do: 'tap', message: m.id, label: b.label });
      line.append(x);
    }
    out.append(line);
  }
  return out;
}

// rich builds formatted text from entities; offsets count UTF-16 units, as strings here do.
function rich(sc, into, text, entities) {
  const tags = { bold: 'b', italic: 'i', underline: 'u', strikethrough: 's', code: 'code', pre: 'pre', text_link: 'a' };
  const cuts = new Set([0, text.length]);
  entities.forEach(e => { cuts.add(e.offset); cuts.add(e.offset + e.length); });
  const at = [...cuts].sort((a, b) => a - b);
  for (let i = 0; i + 1 < at.length; i++) {
    let node = document.createDocumentFragment();
    link(sc, node, text.slice(at[i], at[i + 1]));
    for (const e of entities) if (tags[e.type] && e.offset <= at[i] && e.offset + e.length >= at[i + 1]) {
      const t = document.createElement(tags[e.type]);
      if (e.url && /^https?:/.test(e.url)) { t.href = e.url; t.target = '_blank'; }
      t.append(node); node = t;
    }
    into.append(node);
  }
}

// link makes addresses and commands pressable, as Telegram does.
function link(sc, into, text) {
  for (const part of text.split(/(https?:\/\/\S+)/)) {
    if (/^https?:/.test(part)) { const a = el('a', '', part); a.href = part; a.target = '_blank'; a.rel = 'noopener'; invite(sc, a); into.append(a); } else into.append(part);
  }
}

const deep = /^https:\/\/t\.me\/\w+(?:\?start=([\w-]+))?$/;

// follow lets a button with a link of the bot open the own phone of whoever presses it, as Telegram does.
function follow(sc, a) {
  const m = deep.exec(a.href); if (!m) return;
  a.onclick = e => {
    const to = screens.find(s => s.private && s.person === sc.person); if (!to) return;
    e.preventDefault(); e.stopPropagation();
    show(to.i); to.root.scrollIntoView({ inline: 'nearest', block: 'nearest' }); act(to, { do: 'say', text: m[1] ? '/start ' + m[1] : '/start' });
  };
}

// invite lets one of the phones here follow a deep link of the bot.
function invite(sc, a) {
  const m = deep.exec(a.href); if (!m || !m[1]) return;
  a.onclick = e => {
    e.preventDefault(); e.stopPropagation();
    menu(sc, screens.filter(s => s.private).sort((x, y) => (y.person === sc.person) - (x.person === sc.person)).map(s => ['Buka sebagai: ' + s.title, '', () => { show(s.i); act(s, { do: 'say', text: '/start ' + m[1] }); }]));
  };
}

function edit(sc, m) {
  sc.edits = m.id; const box = $('textarea', sc.root), bar = $('.editing', sc.root);
  $('span', bar).textContent = 'Mengubah: ' + m.text.slice(0, 40); bar.hidden = false; box.value = m.text; box.focus();
}
function stopEdit(sc) { sc.edits = 0; $('.editing', sc.root).hidden = true; }

function board(sc, k) {
  const box = $('.board', sc.root);
  box.hidden = !k || !k.rows; if (box.hidden) return;
  box.replaceChildren(...k.rows.map(row => {
    const line = el('div');
    row.forEach(key => {
      const b = el('button', '', key.label); b.type = 'button';
      b.onclick = () => act(sc, key.contact ? { do: 'contact' } : key.location ? { do: 'location' } : { do: 'say', text: key.label });
      line.append(b);
    });
    return line;
  }));
}

document.querySelectorAll('[data-post]').forEach(b => b.onclick = async () => {
  b.disabled = true; say(b.dataset.post === 'reset' ? 'Memulai ulang…' : 'Bot dimatikan dan dihidupkan…');
  await post(b.dataset.post); b.disabled = false; $('#tools').open = false;
});
$('#trouble').onchange = e => { if (e.target.value) { post('trouble', { kind: e.target.value }); say('Gangguan: ' + e.target.selectedOptions[0].textContent); } e.target.value = ''; };
document.addEventListener('click', e => { if (!e.target.closest('.popup, form button, .bubble')) document.querySelectorAll('.popup').forEach(p => { p.hidden = true; }); });
load();
