// A Bitrix24 account on loopback, as far as its schema goes: two pipelines, stages, one custom field, one custom type; for
// whoever brings the right webhook or token.
import { createServer } from "node:http";

const FIELDS = {
  title: { type: "string", title: "Title" },
  ufCrmTrack: { type: "string", upperName: "UF_CRM_TRACK", title: "Tracking" },
};
const stages = (names) => names.map((name, index) => ({ STATUS_ID: `S${index}`, NAME: name }));

const ANSWERS = {
  profile: () => ({ ID: "1", NAME: "Eva", LAST_NAME: "Lind", ADMIN: true }),
  "crm.category.list": () => ({ categories: [{ id: 0, name: "Shop" }] }),
  "crm.item.fields": () => ({ fields: FIELDS }),
  "crm.status.list": () => stages(["Asked", "Ordered", "Paid in full"]),
};

function callOf(method, form) {
  const answer = ANSWERS[method];
  return answer ? { result: answer(form), total: 1 } : { error: "ERROR_METHOD_NOT_FOUND" };
}

function batch(form) {
  const [results, errors] = [{}, {}];
  for (const [name, value] of form) {
    const key = /^cmd\[(.*)\]$/.exec(name)?.[1];
    if (key === undefined) continue;
    const answer = callOf(value.split("?")[0], form);
    if (answer.error) errors[key] = answer;
    else results[key] = answer.result;
  }
  return { result: { result: results, result_error: errors } };
}

/** `webhook`: "1/s3cret"; `token`: an application's. Gives the address and how to stop it. */
export async function startPortal({ webhook, token }) {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    const form = new URLSearchParams(body);
    const [, user, method] = /^\/rest\/(?:(\d+\/\w+)\/)?([\w.]+)\.json$/.exec(request.url) ?? [];
    const isKnown = user === webhook || (user === undefined && form.get("auth") === token);
    const answer = !isKnown
      ? { error: "INVALID_CREDENTIALS", error_description: "Invalid request credentials" }
      : method === "batch"
        ? batch(form)
        : callOf(method, form);
    response.writeHead(isKnown ? (answer.error ? 400 : 200) : 401, { "Content-Type": "application/json" });
    response.end(JSON.stringify(answer));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections()));
  return { url: `http://127.0.0.1:${server.address().port}`, stop };
}
