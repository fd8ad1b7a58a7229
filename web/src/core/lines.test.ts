import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Switchboard, type LineReply, type LineRequest } from "./lines";

class FakeWorker {
  onmessage: ((event: { data: LineReply<string> }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  ended = false;
  readonly sent: LineRequest<string>[] = [];
  postMessage(message: LineRequest<string>): void {
    this.sent.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
}

const workers: FakeWorker[] = [];
const board = (): Switchboard<string, string> =>
  new Switchboard(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });

beforeEach(() => {
  vi.useFakeTimers();
  workers.length = 0;
});
afterEach(() => vi.useRealTimers());

test("two lines share one worker, and each hears its own answers only", () => {
  const switchboard = board();
  const [a, b] = [switchboard.open(), switchboard.open()];
  const heard: string[] = [];
  a.onmessage = ({ data }) => heard.push(`a ${data}`);
  b.onmessage = ({ data }) => heard.push(`b ${data}`);
  a.postMessage("one");
  b.postMessage("two");
  expect(workers).toHaveLength(1);
  const [worker] = workers;
  for (const { line, request } of worker?.sent ?? [])
    worker?.onmessage?.({ data: { line, reply: `to ${request ?? ""}` } });
  expect(heard).toEqual(["a to one", "b to two"]);
});

test("a worker that stops is told to everybody", () => {
  const switchboard = board();
  const lines = [switchboard.open(), switchboard.open()];
  const told = vi.fn();
  for (const line of lines) line.onerror = told;
  workers[0]?.onerror?.({ message: "gone" });
  expect(told).toHaveBeenCalledTimes(2);
});

test("the worker ends after the last line is hung up, and not before", () => {
  const switchboard = board();
  const [a, b] = [switchboard.open(), switchboard.open()];
  a.terminate();
  vi.runAllTimers();
  expect(workers[0]?.ended).toBe(false);
  b.terminate();
  b.terminate();
  vi.runAllTimers();
  expect(workers[0]?.ended).toBe(true);
  expect(workers[0]?.sent.map(({ request }) => request)).toEqual([null, null]);
});

test("a line that is opened meanwhile keeps the worker; a later one starts another", () => {
  const switchboard = board();
  switchboard.open().terminate();
  const again = switchboard.open();
  vi.runAllTimers();
  expect(workers).toHaveLength(1);
  expect(workers[0]?.ended).toBe(false);
  again.terminate();
  vi.runAllTimers();
  switchboard.open();
  expect(workers).toHaveLength(2);
});
