import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openPage, closeBrowser } from '../support/browser.js';
import { CLIENT, startLiar, startProvider } from '../support/provider.js';
import { Server } from '../support/server.js';

after(closeBrowser);

const SERVICE = 'Cổng thử nghiệm';
const BEGIN = '/api/v1/session/sign-on';

/** A server for real whose people may sign on with a service. One account expects an address of it. */
async function withService(issuer, server) {
  const expects = ['--sign-on-email', 'can-bo@vinhbao.example', '--invite'];
  await server.command('account', 'add', 'van-hanh', '--role', 'operator', '--invite');
  await server.command('account', 'add', 'tham-tra', '--role', 'assessor', ...expects);
  await server.serve(
    ['--sign-on-issuer', issuer, '--sign-on-client-id', CLIENT.id, '--sign-on-name', SERVICE, '--public-url', server.address],
    { HATANG_SIGN_ON_CLIENT_SECRET: CLIENT.secret },
  );
}

test('somebody signs on with a real provider, and every answer of it is good once', { timeout: 90_000 }, async () => {
  const server = await Server.prepare();
  const provider = await startProvider(server.address);
  const page = await openPage();
  try {
    await withService(provider.issuer, server);
    const answers = [];
    page.on('request', (request) => request.url().includes(`${BEGIN}/callback`) && answers.push(request.url()));
    await page.goto(`${server.address}/?desk=screening`);
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    await page.getByRole('link', { name: `Đăng nhập qua ${SERVICE}` }).click();
    await signsOn(page, server, 'can-bo');
    await page.locator('header .who', { hasText: 'tham-tra' }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get('desk'), 'screening', 'back where it began');
    const session = await asks(page, '/api/v1/session');
    assert.deepEqual([session.account, session.role], ['tham-tra', 'assessor']);
    const kept = await page.context().cookies();
    const cookie = kept.find(({ name }) => name === 'hatang_session');
    assert.ok(cookie.httpOnly && cookie.secure && cookie.sameSite === 'Lax');

    // The answer again, in the same browser and in another; then an answer that this server never asked for.
    for (const replayed of [answers[0], answers[0].replace(/state=[^&]+/, 'state=invented')]) {
      await page.evaluate(() => fetch('/api/v1/session', { method: 'DELETE' }));
      assert.equal(await landsAt(page, replayed), 'sign_on.stale');
    }
    // Whoever is not expected gets no account, also with the right address unverified.
    for (const login of ['khong-xac-minh', 'nguoi-la']) {
      await page.context().clearCookies();
      await page.goto(`${server.address}${BEGIN}`);
      await signsOn(page, server, login);
      await page.getByText('Chưa có tài khoản nào gắn với danh tính này').waitFor();
    }
    assert.equal((await asks(page, '/api/v1/session')).account, null);
  } finally {
    await page.context().close();
    await server.remove();
    await provider.close();
  }
});

test('no lie of a sign-on service opens an account', { timeout: 90_000 }, async () => {
  const server = await Server.prepare();
  const liar = await startLiar();
  try {
    await withService(liar.issuer, server);
    const lies = [
      'another nonce', 'no nonce', 'for another client', 'of another issuer', 'too old', 'unsigned', 'signed with the secret',
      'signed with another key', 'redirect', 'elsewhere',
    ];
    for (const lie of lies) {
      liar.lie = lie;
      const { location, session } = await answered(server, liar);
      assert.equal(session, undefined, lie);
      assert.equal(location, '/?problem=sign_on.refused', lie);
    }
    assert.ok(!liar.trapped, 'only the configured service is asked');
    liar.lie = 'none';
    const honest = await answered(server, liar);
    assert.ok(honest.session, 'the same service, for once honest, is believed');
    const stolen = await answered(server, liar, { browser: 'hatang_sign_on=another' });
    assert.deepEqual([stolen.location, stolen.session], ['/?problem=sign_on.stale', undefined], 'begun in another browser');
    const abroad = await answered(server, liar, { returnTo: 'https://elsewhere.example/' });
    assert.equal(abroad.location, '/', 'nobody is sent to another site');
  } finally {
    await server.remove();
    await liar.close();
  }
});

/** Signs in at the provider's own page and agrees. */
async function signsOn(page, server, login) {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.locator('input[name=prompt][value=consent]').waitFor({ state: 'attached' });
  await page.locator('button[type=submit]').click();
  await page.waitForURL((url) => url.origin === server.address);
}

const asks = (page, path) => page.evaluate(async (path) => (await fetch(path)).json(), path);

/** The problem that an address of this server leads to, asked with all that the browser keeps. */
async function landsAt(page, address) {
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const reply = await fetch(address, { redirect: 'manual', headers: { cookie } });
  return new URL(reply.headers.get('location'), address).searchParams.get('problem');
}

/** One sign-on without a page: begun here, answered by the liar, brought back. */
async function answered(server, liar, { browser = null, returnTo = '/' } = {}) {
  const begun = await fetch(`${server.address}${BEGIN}?return_to=${encodeURIComponent(returnTo)}`, { redirect: 'manual' });
  const asked = new URL(begun.headers.get('location')).searchParams;
  assert.equal(asked.get('code_challenge_method'), 'S256');
  liar.nonce = asked.get('nonce');
  const cookie = browser ?? begun.headers.getSetCookie()[0].split(';')[0];
  const back = await fetch(`${server.address}${BEGIN}/callback?code=c&state=${asked.get('state')}`, { redirect: 'manual', headers: { cookie } });
  const set = back.headers.getSetCookie().find((one) => one.startsWith('hatang_session='));
  return { location: back.headers.get('location'), session: set };
}
