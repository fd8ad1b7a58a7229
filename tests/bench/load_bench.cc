// The load of road.py: events into the service, and bare requests at a provider for the ceiling.
//
//   recado_load_bench events HOST PORT TOKEN COUNT BATCH PRODUCERS
//   recado_load_bench ask GET|POST URL COUNT CONCURRENT
//
// `events` posts COUNT stage changes over PRODUCERS kept-alive connections, BATCH a request; the bodies are
// made before the clock starts. `ask` is libcurl's multi interface and nothing else: no queue, no disk, no
// order; the text goes in the body (POST) or behind the URL (GET). Both print one line of JSON.
#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <curl/curl.h>
#include <memory>
#include <netinet/tcp.h>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace recado {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double CpuSeconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](timeval t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void Print(int64_t good, int64_t bad, double seconds) {
  std::printf("{\"good\": %lld, \"bad\": %lld, \"seconds\": %.4f, \"cpu\": %.4f}\n",
              static_cast<long long>(good), static_cast<long long>(bad), seconds, CpuSeconds());
}

// Six digits, so that every text has the same length.
std::string NumberOf(int number) {
  return std::to_string(100'000 + number);
}

std::string EventOf(int number) {
  const std::string n = NumberOf(number);
  return R"({"id":"evt-)" + n +
         R"(","type":"stage_changed","at":"2020-01-01T09:30:00Z","entity":"deal","entity_id":"D-)" + n +
         R"(","pipeline":"sales","from":"new","to":"paid","snapshot":{"deal":{"id":"D-)" + n +
         R"(","title":"Two bikes","number":")" + n +
         R"(","pipeline":"sales","stage":"paid","amount":{"amount":"129.90","currency":"EUR"}},)" +
         R"("contacts":[{"id":"C-)" + n + R"(","first_name":"Ana","last_name":"Souza",)" +
         R"("phones":[{"type":"mobile","value":"+49151)" + n +
         R"(78"}],"emails":[{"type":"home","value":"ana@example.com"}]}]}})" + "\n";
}

// The message that the rule of road.py makes of it.
std::string TextOf(int number) {
  return "Hi Ana, we have received your payment of \xE2\x82\xAC"
         "129.90 for order " +
         NumberOf(number) + ". It leaves our house tomorrow morning and we will write to you again soon.";
}

// ---- events

class Caller {
 public:
  Caller(const char* host, int port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    inet_pton(AF_INET, host, &address.sin_addr);
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
  }
  ~Caller() { close(socket_); }
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  // The status; the answers are small and end with "}".
  int Ask(std::string_view request) {
    while (!request.empty()) {
      const ssize_t sent = send(socket_, request.data(), request.size(), MSG_NOSIGNAL);
      if (sent <= 0) return 0;
      request.remove_prefix(static_cast<size_t>(sent));
    }
    std::string answer;
    char bytes[4096];
    while (!answer.ends_with("}") && !answer.ends_with("}\n")) {
      const ssize_t got = recv(socket_, bytes, sizeof bytes, 0);
      if (got <= 0) return 0;
      answer.append(bytes, static_cast<size_t>(got));
    }
    return answer.size() > 12 ? std::atoi(answer.c_str() + 9) : 0;
  }

 private:
  int socket_;
};

int Events(char** argv) {
  const char* host = argv[0];
  const int port = std::atoi(argv[1]);
  const std::string token = argv[2];
  const int count = std::atoi(argv[3]);
  const int batch = std::atoi(argv[4]);
  const auto producers = static_cast<size_t>(std::atoi(argv[5]));
  struct Ready {
    std::string request;
    int events;
  };
  std::vector<std::vector<Ready>> work(producers);
  size_t turn = 0;
  for (int i = 0; i < count;) {
    std::string body;
    int events = 0;
    for (; events < batch && i < count; ++events, ++i) body += EventOf(i);
    const std::string head =
        "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token +
        "\r\nContent-Type: application/x-ndjson\r\nContent-Length: " + std::to_string(body.size()) +
        "\r\n\r\n";
    work[turn++ % producers].push_back({head + body, events});
  }
  std::atomic<int64_t> good = 0;
  std::atomic<int64_t> bad = 0;
  const auto start = Clock::now();
  std::vector<std::thread> threads;
  for (const auto& requests : work) {
    threads.emplace_back([&] {
      Caller caller(host, port);
      for (const Ready& ready : requests) (caller.Ask(ready.request) == 202 ? good : bad) += ready.events;
    });
  }
  for (auto& thread : threads) thread.join();
  Print(good, bad, SecondsSince(start));
  return bad == 0 ? 0 : 1;
}

// ---- ask

struct Asking {
  CURL* easy = nullptr;
  std::string url;
  std::string body;
};

size_t Drop(char*, size_t size, size_t count, void*) {
  return size * count;
}

void Next(Asking& asking, CURLM* multi, bool post, const std::string& url, int number) {
  char* text = curl_easy_escape(asking.easy, TextOf(number).c_str(), 0);
  const std::string to = "+49151" + NumberOf(number) + "78";
  if (post) {
    asking.url = url;
    asking.body = "To=%2B" + to.substr(1) + "&From=%2B4915100000000&Body=" + text;
    curl_easy_setopt(asking.easy, CURLOPT_POSTFIELDS, asking.body.c_str());
    curl_easy_setopt(asking.easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(asking.body.size()));
  } else {
    asking.url = url + "&to=%2B" + to.substr(1) + "&text=" + text;
  }
  curl_free(text);
  curl_easy_setopt(asking.easy, CURLOPT_URL, asking.url.c_str());
  curl_easy_setopt(asking.easy, CURLOPT_PRIVATE, &asking);
  curl_easy_setopt(asking.easy, CURLOPT_WRITEFUNCTION, &Drop);
  curl_multi_add_handle(multi, asking.easy);
}

int Ask(char** argv) {
  const bool post = std::string_view(argv[0]) == "POST";
  const std::string url = argv[1];
  const int count = std::atoi(argv[2]);
  const int concurrent = std::min(std::atoi(argv[3]), count);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  CURLM* multi = curl_multi_init();
  std::vector<Asking> askings(static_cast<size_t>(concurrent));
  int64_t good = 0;
  int64_t bad = 0;
  int begun = 0;
  const auto start = Clock::now();
  for (Asking& asking : askings) {
    asking.easy = curl_easy_init();
    Next(asking, multi, post, url, begun++);
  }
  while (good + bad < count) {
    int running = 0;
    curl_multi_perform(multi, &running);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
      Asking* asking = nullptr;
      long status = 0;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &asking);
      curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
      ++(message->data.result == CURLE_OK && status >= 200 && status < 300 ? good : bad);
      curl_multi_remove_handle(multi, asking->easy);
      if (begun < count) Next(*asking, multi, post, url, begun++);
    }
    if (good + bad < count) curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
  }
  Print(good, bad, SecondsSince(start));
  for (const Asking& asking : askings) curl_easy_cleanup(asking.easy);
  curl_multi_cleanup(multi);
  return bad == 0 ? 0 : 1;
}

}  // namespace
}  // namespace recado

int main(int argc, char** argv) {
  const std::string_view what = argc > 1 ? argv[1] : "";
  if (what == "events" && argc == 8) return recado::Events(argv + 2);
  if (what == "ask" && argc == 6) return recado::Ask(argv + 2);
  std::fputs("usage: see the head of load_bench.cc\n", stderr);
  return 2;
}
