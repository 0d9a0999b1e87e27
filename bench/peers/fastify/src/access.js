// Who calls, in which tenant, and what they may do there.
import { createVerifier } from 'fast-jwt';

const secret =
  process.env.PEERS_SECRET ?? 'a secret of the bench, of more than thirty-two characters';
// Milliseconds for which a process believes a membership that it has read: as long as an access token of Terrace lives.
const membershipLife = 300_000;

const findMembership = `
  select tenant.time_zone, array(
    select permission from role_permission
    where role_permission.tenant_id = $1 and role_permission.role_slug = membership.role_slug) as permissions
  from membership join tenant on tenant.id = membership.tenant_id
  where membership.tenant_id = $1 and membership.user_id = $2`;

const refusal = (statusCode, message) => Object.assign(new Error(message), { statusCode });

function memberships(database) {
  const known = new Map();
  return async (tenant, user) => {
    const key = `${tenant}/${user}`;
    const found = known.get(key);
    if (found && Date.now() < found.until) return found.membership;
    const [row] = await database.read('membership', findMembership, [tenant, user]);
    if (!row) throw refusal(401, 'The person is no member of this organisation.');
    const membership = { timeZone: row.time_zone, permissions: new Set(row.permissions) };
    known.set(key, { until: Date.now() + membershipLife, membership });
    return membership;
  };
}

// A hook that sets `request.caller`; the route names the permission in its `config`.
export function authenticator(database) {
  const verify = createVerifier({
    key: secret,
    algorithms: ['HS256'],
    requiredClaims: ['exp', 'sub', 'tid', 'sid'],
    cache: 10_000,
    // The whole token is its own key, which cannot collide; fast-jwt warns of builders that can.
    cacheKeyBuilder: (token) => token,
  });
  const find = memberships(database);
  return async (request) => {
    const header = request.headers.authorization;
    if (!header?.startsWith('Bearer ')) throw refusal(401, 'A Bearer token is needed.');
    let claims;
    try {
      claims = verify(header.slice(7));
    } catch {
      throw refusal(401, 'The token is not valid.');
    }
    const membership = await find(claims.tid, claims.sub);
    if (!membership.permissions.has(request.routeOptions.config.permission))
      throw refusal(403, 'The role does not allow this.');
    request.caller = {
      tenant: claims.tid,
      user: claims.sub,
      session: claims.sid,
      timeZone: membership.timeZone,
    };
  };
}
