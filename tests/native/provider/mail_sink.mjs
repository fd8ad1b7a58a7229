// A mail server that takes everything as fast as it can and keeps nothing: the other end of a measurement.
import net from "node:net";

const server = net.createServer((socket) => {
  let line = "";
  let data = false;
  socket.setNoDelay(true);
  socket.on("error", () => {});
  socket.write("220 sink\r\n");
  socket.on("data", (bytes) => {
    line += bytes.toString("latin1");
    if (data) {
      if (!line.endsWith("\r\n.\r\n")) return;
      data = false;
      line = "";
      socket.write("250 2.0.0 taken\r\n");
      return;
    }
    if (!line.endsWith("\r\n")) return;
    const word = line.slice(0, 4).toUpperCase();
    line = "";
    if (word === "DATA") data = true;
    socket.write(data ? "354 go\r\n" : word === "QUIT" ? "221 bye\r\n" : "250 ok\r\n");
  });
});
server.listen(0, "127.0.0.1", () => console.log(`listening ${server.address().port}`));
