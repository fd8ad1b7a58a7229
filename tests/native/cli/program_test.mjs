// What only the real process can show: pipes, exit codes, a reader that goes away, the time-zone and language data inside.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { test } from "node:test";

const bin = process.env.RECADO_BIN;
const run = (args, input = "", env = {}) =>
  spawnSync(bin, args, { input, encoding: "utf8", env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 });

test("usage, faulty input and success have their exit codes", () => {
  assert.equal(run([]).status, 2);
  assert.equal(run(["fly"]).status, 2);
  assert.equal(run(["validate", "/nonexistent.json"]).status, 2);
  assert.equal(run(["render", "--batch"], "{broken\n").status, 1);
  assert.equal(run(["render", "--batch"], '{"template":"x","data":{}}\n').status, 0);
  assert.equal(run(["--help"]).status, 0);
});

test("each answer comes before the next question is asked", async () => {
  for (const command of ["render", "sms"]) {
    const child = spawn(bin, [command, "--batch"], { stdio: ["pipe", "pipe", "inherit"] });
    child.stdout.setEncoding("utf8");
    for (let i = 0; i < 3; ++i) {
      const answer = new Promise((resolve) => child.stdout.once("data", resolve));
      child.stdin.write(command === "render" ? `{"template":"${i}","data":{}}\n` : `{"text":"${"x".repeat(i + 1)}"}\n`);
      const json = JSON.parse(await answer);
      assert.equal(command === "render" ? json.text : String(json.units - 1), String(i));
    }
    child.stdin.end();
    assert.equal(await new Promise((resolve) => child.on("exit", resolve)), 0);
  }
});

test("a hundred thousand lines keep their order", () => {
  const lines = Array.from({ length: 100_000 }, (_, i) => `{"template":"{{ n }}","data":{"n":${i}}}`);
  const answer = run(["render", "--batch"], lines.join("\n"));
  const texts = answer.stdout.trimEnd().split("\n").map((line) => JSON.parse(line).text);
  assert.deepEqual(texts, lines.map((_, i) => String(i)));
});

test("a reader that goes away ends the command quietly", () => {
  const lines = Array.from({ length: 200_000 }, () => '{"text":"hello"}').join("\n");
  const answer = spawnSync("bash", ["-c", `"$RECADO_BIN" sms --batch | head -n 1`], { input: lines, encoding: "utf8" });
  assert.match(answer.stdout, /^\{"encoding":"gsm7"/);
  assert.equal(answer.stderr, "");
});

test("answers depend on nothing of the machine: locale, zone, home", () => {
  const request = '{"template":"{{ 1234.5 }} {{ n | money }} {{ d | date: \\"%d.%m.%Y %H:%M\\" }}","data":{"n":{"amount":"1234.50","currency":"EUR"},"d":"2026-07-01T10:00:00Z"},"language":"de","time_zone":"America/Mexico_City"}\n';
  const plain = run(["render", "--batch"], request, { LC_ALL: "C", TZ: "UTC" }).stdout;
  assert.equal(run(["render", "--batch"], request, { LC_ALL: "tr_TR.UTF-8", LANG: "ar_EG", TZ: "Asia/Tokyo", HOME: "/nonexistent" }).stdout, plain);
  assert.match(plain, /04:00/); // no summer time in Mexico since 2022
});

test("version names what the answers depend on", () => {
  const { stdout, status } = run(["version"]);
  assert.equal(status, 0);
  assert.match(stdout, /ICU 72\.1/);
  assert.match(stdout, /time zones 20\d\d[a-z]/);
});
