import { describe, expect, it } from 'vitest';
import { hasRemoteImages, policyFor, withoutCode, withoutRemote } from './mail-html.ts';

describe('the HTML of strangers', () => {
  it.each([
    ['<p>a</p><script>alert(1)</script><p>b</p>', '<p>a</p><p>b</p>'],
    ['<SCRIPT SRC=//x.example></SCRIPT>hola', 'hola'],
    ['<img src=x onerror="alert(1)">', '<img src=x>'],
    ["<a href='javascript:alert(1)'>x</a>", "<a href='#'>x</a>"],
    ['<meta http-equiv=refresh content="0;url=//x.example">a', 'a'],
    ['<form action="//x.example"><input name=p>a</form>', ''],
    ['<base href="//x.example"><a href="/b">a</a>', '<a href="/b">a</a>'],
    ['<a href="https://tienda.example/p?a=1">Ver</a>', '<a href="https://tienda.example/p?a=1">Ver</a>'],
  ])('%s', (html, safe) => {
    expect(withoutCode(html)).toBe(safe);
  });

  it('may neither run nor fetch, whatever it says; pictures of others only when asked for', () => {
    expect(policyFor(false)).toMatch(/default-src 'none'.*img-src data:;.*sandbox/);
    expect(policyFor(false)).not.toMatch(/allow-scripts|allow-same-origin|script-src|https:/);
    expect(policyFor(true)).toContain('img-src data: https:');
  });

  it('asks other servers for nothing', () => {
    const html =
      '<img src="https://r.example/p.gif" alt=x><td background=//r.example/f.png><p style="background:url(http://r.example/a.png)">a</p><img src="cid:logo">';
    expect(withoutRemote(html)).toBe('<img  alt=x><td ><p style="background:none">a</p><img src="cid:logo">');
    expect(hasRemoteImages(withoutRemote(html))).toBe(false);
  });

  it.each([
    ['<img width=1 src="https://rastro.example/p.gif">', true],
    ['<td background=//rastro.example/f.png>', true],
    ['<div style="background:url(http://rastro.example/f.png)">', true],
    ['<img src="cid:logo@x"><a href="https://tienda.example">tienda</a>', false],
  ])('%s: pictures of others %s', (html, remote) => {
    expect(hasRemoteImages(html)).toBe(remote);
  });
});
