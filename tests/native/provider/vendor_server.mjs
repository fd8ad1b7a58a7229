// A vendor that answers by script: the account in the path names the answer. Prints "listening PORT", then one JSON line
// for each request it has read whole.
import http from "node:http";

const json = (response, status, body, headers = {}) => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text), ...headers });
  response.end(text);
};
const fault = (code, message, status) => ({ code, message, status, more_info: `https://www.twilio.com/docs/errors/${code}` });

let made = 0;
const answers = {
  created: (response) => json(response, 201, { sid: `SM${++made}`, status: "queued" }),
  limited: (response) => json(response, 429, fault(20429, "Too Many Requests", 429), { "retry-after": "7" }),
  limited_date: (response) =>
    json(response, 429, fault(20429, "Too Many Requests", 429), {
      date: "Sun, 22 Nov 2026 09:30:00 GMT",
      "retry-after": "Sun, 22 Nov 2026 09:30:12 GMT",
    }),
  limited_bare: (response) => json(response, 429, ""),
  limited_by_code: (response) => json(response, 400, fault(20429, "Too Many Requests", 400)),
  unavailable: (response) => json(response, 503, "", { "retry-after": "3" }),
  broken: (response) => json(response, 500, fault(20500, "Internal Server Error", 500)),
  bad_gateway: (response) => json(response, 502, "<html>Bad gateway</html>"),
  gateway_timeout: (response) => json(response, 504, ""),
  unauthorised: (response) => json(response, 401, fault(20003, "Authenticate", 401)),
  opted_out: (response) => json(response, 400, fault(21610, "Attempt to send to unsubscribed recipient", 400)),
  new_fault: (response) => json(response, 400, fault(29999, "Something new\r\nX: y", 400)),
  not_found: (response) => json(response, 404, "<html>nothing here</html>"),
  moved: (response) => json(response, 307, "", { location: "/2010-04-01/Accounts/created/Messages.json" }),
  malformed: (response) => json(response, 201, '{"sid":"SM1",'),
  without_sid: (response) => json(response, 201, { status: "queued" }),
  list_instead: (response) => json(response, 201, "[1,2]"),
  huge: (response) => json(response, 201, `{"sid":"SM1","x":"${"y".repeat(5_000_000)}"}`),
  huge_refusal: (response) => json(response, 400, "z".repeat(5_000_000)),
  cut_short: (response) => {
    response.writeHead(201, { "content-length": 1000 });
    response.write('{"sid":"SM1"', () => response.destroy());
  },
  silent: () => {},
  reset_after_reading: (response) => response.socket.resetAndDestroy(),
};

const found = (url) => {
  const query = url.searchParams;
  const message = (body, extra = {}) => ({
    sid: "SMfound", to: query.get("To"), from: query.get("From"), body, direction: "outbound-api", status: "delivered",
    date_created: "Sun, 22 Nov 2026 09:30:01 +0000", ...extra,
  });
  const lists = {
    found: [message("another text", { sid: "SMother" }), message("Hi Ana")],
    found_nothing: [],
    found_other_text: [message("Hi Eva")],
    found_inbound: [message("Hi Ana", { direction: "inbound" })],
    found_older: [message("Hi Ana", { date_created: "Sun, 22 Nov 2026 09:29:00 +0000" })],
  };
  return lists[url.pathname.split("/")[3]];
};

const server = http.createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    const url = new URL(request.url, "http://127.0.0.1");
    const name = url.pathname.split("/")[3];
    if (!process.argv.includes("--quiet")) {
      const { method, headers } = request;
      console.log(JSON.stringify({ name, method, url: request.url, headers, body: Buffer.concat(parts).toString() }));
    }
    if (request.method === "GET" && found(url)) return json(response, 200, { messages: found(url) });
    (answers[name] ?? answers.not_found)(response);
  });
});
server.listen(0, "127.0.0.1", () => console.log(`listening ${server.address().port}`));
