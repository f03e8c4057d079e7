// An issuer of sign-ins for the journeys: a certified OpenID Connect provider on this machine, with teachers and pupils, and
// with new keys whenever POST /rotate asks for them.
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const issuer = process.env.ANKER_OIDC_ISSUER;
const portal = process.env.ANKER_TEST_PORTAL;

/** A provider with keys of its own. `inToken` says whether claims are in the ID token, or only told to those who ask. */
function makeProvider(inToken) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig", alg: "RS256" };
  return new Provider(issuer, {
    jwks: { keys: [key] },
    cookies: { keys: [randomUUID()] },
    clients: [
      {
        client_id: process.env.ANKER_OIDC_CLIENT,
        client_secret: process.env.ANKER_OIDC_SECRET,
        redirect_uris: [`${portal}/log-ind/openid`],
      },
    ],
    claims: { openid: ["sub", "aktoer_gruppe"] },
    conformIdTokenClaims: !inToken,
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, aktoer_gruppe: id.startsWith("elev") ? "Elev" : "Medarbejder" }),
    }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid");
      await grant.save();
      return grant;
    },
  });
}

let provider = makeProvider(false);

async function body(request) {
  let text = "";
  for await (const part of request) text += part;
  return new URLSearchParams(text);
}

const page = `<!doctype html><html lang="da"><meta charset="utf-8"><title>Udsteder</title><h1>Hvem er du?</h1>
<form method="post"><label>Bruger <input name="who"></label><button>Log ind</button><button name="cancel" value="yes">Afbryd</button></form></html>`;

const server = createServer(async (request, response) => {
  try {
    if (request.method === "POST" && request.url === "/rotate") {
      provider = makeProvider(true);
      response.writeHead(204).end();
    } else if (!request.url?.startsWith("/interaction/")) {
      await provider.callback()(request, response);
    } else if (request.method === "POST") {
      const form = await body(request);
      const result = form.has("cancel") ? { error: "access_denied" } : { login: { accountId: form.get("who") } };
      await provider.interactionFinished(request, response, result);
    } else {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
    }
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});
server.listen(Number(new URL(issuer).port), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
