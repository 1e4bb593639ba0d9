import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import Provider from 'oidc-provider';

/** What Hatang is called at the sign-on services of these stories. */
export const CLIENT = { id: 'hatang', secret: 'a-secret-of-the-stories' };

/** The identities that a service knows: the login, and what it says of its address. */
const PEOPLE = {
  'can-bo': { email: 'Can-Bo@vinhbao.example', email_verified: true },
  'khong-xac-minh': { email: 'can-bo@vinhbao.example', email_verified: false },
  'nguoi-la': { email: 'nguoi-la@vinhbao.example', email_verified: true },
};

/** A real OpenID Connect provider on a port of its own. Its page takes any password. */
export async function startProvider(hatang) {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const silent = console.warn;
  console.warn = () => {};
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${hatang}/api/v1/session/sign-on/callback`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    findAccount: (_, login) => ({ accountId: login, claims: () => ({ sub: login, ...PEOPLE[login] }) }),
    cookies: { keys: ['of-the-stories'] },
  });
  server.on('request', provider.callback());
  console.warn = silent;
  return { issuer, close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))) };
}

/**
 * A service that lies. It lets everybody in as `can-bo` at once; `lie` says how its identity token is wrong, given an honest one's
 * claims, or a redirect that its token endpoint answers with.
 */
export async function startLiar() {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const { privateKey: another } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const liar = { lie: 'none', asked: [], nonce: null };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, liar.issuer);
    liar.asked.push(url.pathname);
    const json = (value) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    if (url.pathname === '/.well-known/openid-configuration') {
      return json({
        issuer: liar.issuer,
        authorization_endpoint: `${liar.issuer}/auth`,
        token_endpoint: liar.lie === 'elsewhere' ? liar.elsewhere : `${liar.issuer}/token`,
        jwks_uri: `${liar.issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      });
    }
    if (url.pathname === '/jwks') return json({ keys: [jwk] });
    if (url.pathname === '/token') {
      if (liar.lie === 'redirect') return response.writeHead(307, { location: liar.elsewhere }).end();
      return json({ access_token: 'a', token_type: 'Bearer', id_token: await liar.token() });
    }
    return response.writeHead(404).end();
  });
  const now = () => Math.floor(Date.now() / 1000);
  liar.token = async () => {
    const honest = {
      iss: liar.issuer, sub: 'can-bo', aud: CLIENT.id, nonce: liar.nonce, iat: now(), exp: now() + 300,
      email: 'can-bo@vinhbao.example', email_verified: true,
    };
    const changed = {
      'another nonce': { nonce: 'another' },
      'no nonce': { nonce: undefined },
      'for another client': { aud: 'another' },
      'of another issuer': { iss: 'https://elsewhere.example' },
      'too old': { iat: now() - 7200, exp: now() - 3600 },
    };
    const claims = { ...honest, ...changed[liar.lie] };
    if (liar.lie === 'unsigned') {
      const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
    }
    if (liar.lie === 'signed with the secret') {
      return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(CLIENT.secret));
    }
    const key = liar.lie === 'signed with another key' ? another : privateKey;
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(key);
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  liar.issuer = `http://127.0.0.1:${server.address().port}`;
  // Somewhere that must never be asked.
  const trap = createServer((_, response) => ((liar.trapped = true), response.end('{}'))).listen(0, '127.0.0.1');
  await once(trap, 'listening');
  liar.elsewhere = `http://127.0.0.1:${trap.address().port}/token`;
  liar.close = async () => {
    for (const one of [server, trap]) await new Promise((resolve) => (one.closeAllConnections(), one.close(resolve)));
  };
  return liar;
}
