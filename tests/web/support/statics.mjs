// A plain file server, as anybody has one: no service, no rewriting. Folders are mounted at the beginnings of addresses.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".json": "application/json",
};

/** `mounts`: beginning of the address ("/examples/") → folder. Gives the address and the paths that were asked for. */
export async function serveFolders(mounts) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    asked.push(`${request.method} ${pathname}`);
    const mount = Object.keys(mounts).find((each) => pathname.startsWith(each));
    const name = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const path = mount && join(mounts[mount], normalize(`/${name.slice(mount.length)}`));
    if (!path || !(await stat(path).catch(() => null))?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      "Content-Type": TYPES[extname(path)] ?? "application/octet-stream",
    });
    createReadStream(path).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections()));
  return { url: `http://127.0.0.1:${server.address().port}`, asked, stop };
}
